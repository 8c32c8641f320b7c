"""Forms of shared work: a section handed to a colleague, what is put off all at once."""

from collections.abc import Sequence

from wtforms import SelectField, StringField
from wtforms.fields.choices import SelectChoice

from participation.collectivities.models import Membership
from participation.foundation.i18n import lazy_gettext as _
from participation.projects.dossier.field import SECTIONS, Section
from participation.projects.forms.days import DayField
from participation.web.forms import Form, at_most, long_text, required


class HandoverForm(Form):
    """To whom a section is handed, by which day."""

    colleague = SelectField(
        _("To which colleague?"),
        description=_("Those who write the dossiers of your collectivity."),
        validate_choice=False,
        validators=[required(_("Choose a colleague."))],
    )
    due_on = DayField(
        _("By which day"),
        description=_("For example 12/03/2027. Your colleague is reminded on that day, once."),
    )
    note = long_text(
        _("A word for your colleague (optional)"), _("It is in the e-mail and on their desk."), longest=600
    )

    def offer(self, colleagues: Sequence[Membership]) -> None:
        """Fills the list with those who may have it."""
        self.colleague.choices = [SelectChoice("", _("Choose"))]
        self.colleague.choices += [SelectChoice(str(one.id), _in_words(one)) for one in colleagues]

    def chosen(self, colleagues: Sequence[Membership]) -> Membership | None:
        """Returns the colleague that was chosen, None when it is nobody of the list."""
        return next((one for one in colleagues if str(one.id) == self.colleague.data), None)


class PutOffForm(Form):
    """What isn't known yet, all at once: why, who will answer, by which day."""

    section = SelectField(
        _("For which questions?"),
        choices=[
            SelectChoice("", _("All those of the dossier that hold nothing")),
            *(SelectChoice(section.value, words) for section, words in SECTIONS.items()),
        ],
        validate_choice=False,
    )
    reason = StringField(
        _("Why it isn’t known yet"),
        description=_("Residents read this sentence. For example: “The supplier has not answered yet”."),
        validators=[required(_("Say why, in one sentence.")), at_most(1000)],
    )
    owner = StringField(
        _("Who will answer"),
        description=_("A function, not a name."),
        validators=[required(_("Say who will answer: a function, not a name.")), at_most(200)],
    )
    due_on = DayField(_("By which day"), description=_("For example 12/03/2027."))

    def chosen(self) -> Section | None:
        """Returns the section that was chosen, None for the whole dossier."""
        known = {section.value: section for section in Section}
        return known.get(self.section.data or "")


def _in_words(one: Membership) -> str:
    name = one.person.display_name or one.function
    return f"{name}, {one.function}" if one.function and name != one.function else name

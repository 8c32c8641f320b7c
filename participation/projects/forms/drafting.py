"""The form of a first draft: ten minutes, ten fields."""

from wtforms import RadioField, StringField
from wtforms.fields.choices import SelectChoice

from participation.foundation.i18n import lazy_gettext as _
from participation.projects.dossier.choices import AUTOMATION_LEVELS
from participation.web.forms import Form, at_most, long_text, required


class DraftForm(Form):
    """The ten fields of a draft: public body and stage are known, eight are asked."""

    name = StringField(
        _("Name of the project"),
        description=_("As you would say it to a neighbour, without a brand."),
        validators=[required(_("Give the project a name.")), at_most(100)],
    )
    description_short = long_text(
        _("In short, what does it do?"),
        _("Two or three sentences, 350 characters at most."),
        longest=350,
        validators=[required(_("Say in two sentences what it does."))],
    )
    contact = StringField(
        _("Whom can residents ask?"),
        description=_("A team with its address or telephone, not a name."),
        validators=[at_most(500)],
    )
    goal = long_text(_("Which problem is to be solved?"), longest=2500)
    alternatives_considered = long_text(
        _("Why not without AI?"), _("The other solutions looked at."), longest=2500
    )
    impact = long_text(_("What does it change for people?"), longest=2500)
    automation_level = RadioField(
        _("Who decides in the end, a person or the machine?"),
        choices=[SelectChoice(value, words) for value, words in AUTOMATION_LEVELS.items()],
        validate_choice=False,
    )
    open_questions = long_text(
        _("What can still change?"),
        _("One point on each line. Everything else can be filled in later."),
        longest=2500,
    )
    already_decided = long_text(_("What is already decided?"), _("One point on each line."), longest=2500)

    def answers(self) -> dict[str, dict[str, str]]:
        """Returns what was answered besides name and summary, by field."""
        texts = {
            name: self[name].data or "" for name in ("contact", "goal", "alternatives_considered", "impact")
        }
        given = {name: {"text": text} for name, text in texts.items() if text}
        if self.automation_level.data in AUTOMATION_LEVELS:
            given["automation_level"] = {"choice": self.automation_level.data}
        return given

    def points(self) -> list[tuple[str, bool]]:
        """Returns each point with whether it is already decided."""
        can_change = [(line, False) for line in _lines(self.open_questions.data)]
        return can_change + [(line, True) for line in _lines(self.already_decided.data)]


def _lines(text: str | None) -> list[str]:
    return [line.strip(" -•\t") for line in (text or "").splitlines() if line.strip(" -•\t")][:30]

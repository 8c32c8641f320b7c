"""Forms of what the public sees: a version with its reason, the dates after the decision, the photograph."""

import re

from wtforms import FileField, StringField

from participation.foundation.i18n import lazy_gettext as _
from participation.projects.forms.days import DayField
from participation.web.forms import Form, at_most, long_text, required


class PublishForm(Form):
    """The public reason of a version."""

    reason = StringField(
        _("What changes with this version, and why?"),
        description=_("This sentence is published. For example: “First version”, “The cost is known”."),
        validators=[required(_("Say what changes and why: this sentence is published.")), at_most(300)],
    )
    contributions = long_text(
        _("Following which contributions? (optional)"),
        _("Their references or their addresses, one on each line. Their authors are told by e-mail."),
    )

    def references(self) -> list[str]:
        """Returns the references typed, each once, in their order; whole addresses lose what is around."""
        words = re.split(r"[\s,;]+", (self.contributions.data or "").lower())
        return list(dict.fromkeys(_reference(word) for word in words if word))


class LifeForm(Form):
    """The dates after the decision."""

    in_service_on = DayField(_("In service since"), description=_("For example 12/03/2027."))
    evaluated_on = DayField(_("Evaluated on"), description=_("For example 12/03/2027."))
    stopped_on = DayField(_("Stopped on"), description=_("For example 12/03/2027."))


class PhotoForm(Form):
    """A photograph, and what it shows for those who don't see it."""

    photo = FileField(_("Photograph"), description=_("JPEG, PNG or WebP, 900 kB at most."))
    alternative = StringField(
        _("What the picture shows"),
        description=_("One sentence, for people who don’t see it."),
        validators=[required(_("Describe the picture in one sentence.")), at_most(250)],
    )
    credit = StringField(_("Author of the photograph (optional)"), validators=[at_most(150)])


class ConfirmForm(Form):
    """A button that changes something, without field."""


def _reference(word: str) -> str:
    address = re.search(r"/contributions/([^/?#]+)", word)
    return address[1] if address else word

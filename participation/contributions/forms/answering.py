"""The answer of a service to a question."""

from collections.abc import Sequence

from wtforms import (
    HiddenField,
    RadioField,
    SelectChoice,
    SelectField,
)
from wtforms.validators import ValidationError

from participation.contributions.models import AnswerOutcome, ServiceAnswer
from participation.contributions.wording import (
    OUTCOMES,
)
from participation.foundation.errors import Invalid
from participation.foundation.i18n import lazy_gettext as _
from participation.projects.models import DossierVersion
from participation.web.forms import Form, at_least, long_text, required

LONGEST_ANSWER = 5000


class AnswerForm(Form):
    """The answer of a service: the dossier is updated, or it isn't and one says why."""

    outcome = RadioField(
        _("What does this question change in the dossier?"),
        choices=[],
        validate_choice=False,
        validators=[required(_("Choose what it changes in the dossier."))],
    )
    version = SelectField(_("Which version answers it?"), choices=[], validate_choice=False)
    body = long_text(
        _("Your answer"),
        _("Published under the question with your function. Plain words, also when nothing changes."),
        longest=LONGEST_ANSWER,
        validators=[required(_("Write the answer.")), at_least(3)],
    )
    revision = HiddenField(default="0")

    def __init__(self, *, versions: Sequence[DossierVersion]) -> None:
        super().__init__()
        outcomes = [*(["version"] if versions else []), "next", "unchanged"]
        self.outcome.choices = [SelectChoice(one, OUTCOMES[one]) for one in outcomes]
        self.version.choices = [
            SelectChoice(
                str(one.number), _("Version %(number)d: %(reason)s", number=one.number, reason=one.reason)
            )
            for one in versions
        ]

    def take_from(self, known: ServiceAnswer | None) -> None:
        """Shows the answer that waits for a version, to be rewritten or given at once."""
        if known is None or not known.waits or self.is_submitted():
            return
        self.outcome.data, self.body.data, self.revision.data = "next", known.body, str(known.revision)

    def validate_outcome(self, field: RadioField) -> None:
        """Refuses what is not offered."""
        if field.data not in {choice.value for choice in field.choices}:
            raise ValidationError(_("Choose what it changes in the dossier."))

    def chosen_outcome(self) -> AnswerOutcome:
        """Returns what the question led to."""
        return AnswerOutcome.UNCHANGED if self.outcome.data == "unchanged" else AnswerOutcome.UPDATED

    def chosen_version(self, versions: Sequence[DossierVersion]) -> DossierVersion | None:
        """Returns the version that answers, None when the next one will or nothing changes."""
        if self.outcome.data != "version":
            return None
        found = next((one for one in versions if str(one.number) == self.version.data), None)
        if found is None:
            raise Invalid(_("Choose a version published after the question was asked."), "version")
        return found

    def seen_revision(self) -> int:
        """Returns which waiting answer was read, 0 for none or for what is no number."""
        seen = self.revision.data or ""
        return int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 9 else 0

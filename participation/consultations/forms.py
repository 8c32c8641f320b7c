"""What a moderator fills in to prepare a consultation, or to change its period."""

import enum
import re
from datetime import date, datetime
from typing import TypedDict
from zoneinfo import ZoneInfo

from wtforms import DateField, DateTimeLocalField, Field, RadioField, SelectChoice, StringField
from wtforms.validators import Optional, StopValidation, ValidationError

from participation.consultations.models import Assurance, Consultation, Ground, ModerationTime
from participation.foundation import dates
from participation.foundation.errors import Invalid
from participation.foundation.i18n import lazy_gettext as _
from participation.web.forms import Form, at_least, at_most, long_text, required

HTML_MOMENT = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"]
POSTCODE = re.compile(r"[0-9]{5}")
MOST_POSTCODES = 100
EARLIEST_YEAR, LATEST_YEAR = 2000, 2100


def moment_field(label: object, description: object, missing: object | None) -> DateTimeLocalField:
    """Returns a field for a day and an hour by the collectivity's clocks.

    `missing` asks for it; without that sentence it may stay empty.
    """
    return DateTimeLocalField(
        label,
        description=description,
        format=HTML_MOMENT,
        validators=[required(missing) if missing else Optional(), _of_our_time],
        invalid_value_message=_("Enter a day and an hour, such as 2026-12-12 18:00."),
    )


def local(moment: datetime, timezone: str, field: str = "closes_at") -> datetime:
    """Returns in UTC the moment a naive local time means in that zone.

    Raises Invalid, beside the field, for an hour that the change of the clocks jumps over or repeats: the
    period would begin or end at a moment that nobody can read from the page.
    """
    if dates.never_comes(moment, timezone):
        raise Invalid(
            _(
                "That night the clocks go forward: this hour doesn’t exist. Choose one before or after it, "
                "such as noon."
            ),
            field,
        )
    if dates.comes_twice(moment, timezone):
        raise Invalid(
            _(
                "That night the clocks go back: this hour comes twice, and nobody could tell which is meant. "
                "Choose one before or after it, such as noon."
            ),
            field,
        )
    return dates.moment_of(moment, timezone)


def _of_our_time(_form: object, field: Field) -> None:
    if field.data is not None and not EARLIEST_YEAR <= field.data.year <= LATEST_YEAR:
        raise StopValidation(_("Enter a year between 2000 and 2100."))


class DraftValues(TypedDict):
    """What a draft says, as the actions take it."""

    title: str
    opens_at: datetime
    closes_at: datetime
    perimeter: str
    use_of_answers: str
    decided_by: str
    answer_due_on: date
    moderation: ModerationTime
    minimum_assurance: Assurance
    postcodes: list[str]


class ConsultationForm(Form):
    """A draft: what is asked, when, of whom, and what will be done with the answers."""

    title = StringField(
        _("What is the consultation called?"),
        validators=[required(_("Enter a title.")), at_least(5), at_most(160)],
    )
    opens_at = moment_field(
        _("When does it open?"),
        _("Local time of the collectivity."),
        _("Enter the day and the hour of the opening."),
    )
    closes_at = moment_field(
        _("When does it close?"),
        _("At least fifteen days after the opening, at the same hour or later."),
        _("Enter the day and the hour of the closing."),
    )
    perimeter = long_text(
        _("Who is asked?"),
        _("One sentence: the people and the places concerned."),
        longest=500,
        validators=[required(_("Say who is asked."))],
    )
    postcodes = StringField(
        _("Which postcodes are concerned? (optional)"),
        description=_(
            "With a comma between them. Whoever takes part may then say theirs: results tell how many live "
            "inside and outside. It refuses nobody and gives no vote more weight."
        ),
    )
    minimum_assurance = RadioField(
        _("Who may take part online?"),
        description=_("On paper, at a meeting, by telephone or at the desk, everybody may."),
        choices=[
            SelectChoice(Assurance.EMAIL.value, _("Anybody who confirms an e-mail address")),
            SelectChoice(Assurance.ACCOUNT.value, _("People who sign in")),
            SelectChoice(
                Assurance.VERIFIED.value, _("People whom an agent has seen at the desk, with a document")
            ),
        ],
        invalid_choice_message=_("Choose who may take part online."),
        default=Assurance.EMAIL.value,
        validators=[required(_("Choose who may take part online."))],
    )
    use_of_answers = long_text(
        _("What will be done with the answers?"),
        _("Published as it is: it binds you."),
        validators=[required(_("Say what will be done with the answers."))],
    )
    decided_by = StringField(
        _("Who decides afterwards?"),
        description=_("A body or a function, such as the municipal council."),
        validators=[required(_("Say who decides.")), at_most(160)],
    )
    answer_due_on = DateField(
        _("When will the answer be published at the latest?"),
        validators=[required(_("Enter the day by which an answer is owed.")), _of_our_time],
        invalid_value_message=_("Enter a day, such as 2026-12-12."),
    )
    moderation = RadioField(
        _("When does a moderator read the texts?"),
        choices=[
            SelectChoice(ModerationTime.BEFORE.value, _("Before they appear")),
            SelectChoice(ModerationTime.AFTER.value, _("After they appear")),
        ],
        invalid_choice_message=_("Choose when the texts are read."),
        default=ModerationTime.BEFORE.value,
        validators=[required(_("Choose when the texts are read."))],
    )

    def validate_postcodes(self, field: StringField) -> None:
        """Refuses what is no French postcode, and says which."""
        wrong = [code for code in _codes(field.data) if not POSTCODE.fullmatch(code)]
        if wrong:
            raise ValidationError(_("“%(code)s” is not a postcode of five digits.", code=wrong[0]))
        if len(_codes(field.data)) > MOST_POSTCODES:
            raise ValidationError(_("Enter at most one hundred postcodes."))

    def show(self, consultation: Consultation, timezone: str) -> None:
        """Fills the form with what a draft says now."""
        zone = ZoneInfo(timezone)
        for name in ("title", "perimeter", "use_of_answers", "decided_by", "answer_due_on"):
            self[name].data = getattr(consultation, name)
        self.opens_at.data = consultation.opens_at.astimezone(zone).replace(tzinfo=None)
        self.closes_at.data = consultation.closes_at.astimezone(zone).replace(tzinfo=None)
        self.moderation.data = consultation.moderation.value
        self.minimum_assurance.data = consultation.minimum_assurance.value
        self.postcodes.data = ", ".join(consultation.postcodes)

    def values(self, timezone: str) -> DraftValues:
        """Returns what was filled in, as the actions take it."""
        return {
            "title": self.title.data,
            "opens_at": local(self.opens_at.data, timezone, "opens_at"),
            "closes_at": local(self.closes_at.data, timezone),
            "perimeter": self.perimeter.data,
            "use_of_answers": self.use_of_answers.data,
            "decided_by": self.decided_by.data,
            "answer_due_on": self.answer_due_on.data,
            "moderation": ModerationTime(self.moderation.data),
            "minimum_assurance": Assurance(self.minimum_assurance.data),
            "postcodes": sorted(set(_codes(self.postcodes.data))),
        }


def _codes(typed: str | None) -> list[str]:
    """Returns the codes between commas, semicolons or spaces."""
    return re.split(r"[\s,;]+", typed.strip(" ,;")) if typed and typed.strip(" ,;") else []


class AnnounceForm(Form):
    """Only a button: everything was said in the draft."""


class ExtendForm(Form):
    """A later closing, and why."""

    closes_at = moment_field(
        _("When will it close?"),
        _("Later than today’s closing."),
        _("Enter the day and the hour of the new closing."),
    )
    reason = long_text(
        _("Why is it made longer?"),
        _("Published as it is."),
        longest=500,
        validators=[required(_("Say why: the reason is published."))],
    )


class CancelForm(Form):
    """A cancellation needs its public reason."""

    reason = long_text(
        _("Why is it cancelled?"),
        _("Published as it is."),
        longest=500,
        validators=[required(_("Say why: the reason is published."))],
    )


class PauseForm(Form):
    """One of two grounds, and the public reason."""

    ground = RadioField(
        _("On which ground?"),
        choices=[
            SelectChoice(Ground.COURT_ORDER.value, _("A court order")),
            SelectChoice(Ground.ELECTION.value, _("An election period")),
        ],
        invalid_choice_message=_("Choose the ground: there is no other one."),
        validators=[required(_("Choose the ground: there is no other one."))],
    )
    reason = long_text(
        _("Why is it suspended?"),
        _("Published as it is. Name the order or the election."),
        longest=500,
        validators=[required(_("Say why: the reason is published."))],
    )


class ResumeForm(Form):
    """Why it may go on."""

    reason = long_text(
        _("Why does it resume?"),
        _("Published as it is."),
        longest=500,
        validators=[required(_("Say why: the reason is published."))],
    )


class ClosingForm(Form):
    """An earlier closing, and why."""

    closes_at = moment_field(
        _("When would it close?"),
        _("Leave it empty to close as soon as somebody else confirms. Local time of the collectivity."),
        missing=None,
    )
    reason = long_text(
        _("Why does it close early?"),
        _("Published as it is, once somebody else confirms."),
        longest=500,
        validators=[required(_("Say why: the reason is published."))],
    )


class ClosingAnswer(enum.StrEnum):
    """What the second person says."""

    CONFIRM = "confirm"
    REFUSE = "refuse"


class ClosingAnswerForm(Form):
    """The answer of the second person."""

    answer = RadioField(
        _("Your answer"),
        choices=[
            SelectChoice(ClosingAnswer.CONFIRM.value, _("I confirm: it closes early")),
            SelectChoice(ClosingAnswer.REFUSE.value, _("I refuse: it closes on the date announced")),
        ],
        invalid_choice_message=_("Choose whether you confirm."),
        validators=[required(_("Choose whether you confirm."))],
    )

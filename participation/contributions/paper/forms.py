"""What staff fill in, in the order of the sheet: how it came, what stands on it, where to answer."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from wtforms import DateField, FileField, RadioField, SelectChoice, StringField
from wtforms.validators import Optional, Regexp, ValidationError

from participation.consultations.models import Channel
from participation.contributions.forms import LONGEST_CONDITION, LONGEST_TEXT
from participation.contributions.forms.guest import about_choices, about_field, said, sense_field
from participation.contributions.models import Choice, Kind, Stance
from participation.contributions.paper.actions import Filled
from participation.contributions.paper.models import PaperForm
from participation.contributions.paper.wording import CHANNELS, NO_CHOICE, NO_CHOICE_LABEL
from participation.contributions.wording import CHOICES, Subject
from participation.foundation.i18n import current_language
from participation.foundation.i18n import lazy_gettext as _
from participation.web.forms import (
    Form,
    OnceForm,
    at_least,
    at_most,
    email_field,
    long_text,
    name_field,
    required,
)

LONGEST_ADDRESS = 300
MOST_CONDITIONS = 50


class EntryForm(OnceForm):
    """One form that somebody handed in. The first three fields stay as they were for the next one."""

    channel = RadioField(
        _("How did it come?"),
        choices=[SelectChoice(channel.value, words) for channel, words in CHANNELS.items()],
        default=Channel.PAPER.value,
        validators=[required(_("Choose how it came."))],
        invalid_choice_message=_("Choose how it came."),
    )
    received_on = DateField(
        _("On which day was it received?"),
        validators=[required(_("Enter the day on which it was received."))],
        invalid_value_message=_("Enter a day, such as 2026-12-12."),
    )
    source = StringField(
        _("Where was it handed in?"),
        description=_("An urn, a desk, a meeting. No name of a person."),
        validators=[required(_("Say where this form was handed in.")), at_most(120)],
    )
    number = StringField(
        _("Number of the form"),
        description=_("The one you wrote on the sheet, in this pile."),
        validators=[at_most(20)],
    )
    choice = RadioField(
        _("Position"),
        choices=[
            *(SelectChoice(choice.value, label) for choice, label in CHOICES.items()),
            SelectChoice(NO_CHOICE, NO_CHOICE_LABEL),
        ],
        validators=[required(_("Choose the position ticked, or that there is none."))],
        invalid_choice_message=_("Choose the position ticked, or that there is none."),
    )
    conditions = StringField(
        _("Conditions ticked"),
        description=_("Their numbers, such as 1 4 7."),
        validators=[at_most(200)],
    )
    new_condition = StringField(_("Condition added"), validators=[at_most(LONGEST_CONDITION)])
    body = long_text(
        _("Text"),
        _("Word for word, mistakes included: moderation comes afterwards."),
        longest=LONGEST_TEXT,
    )
    sense = sense_field(_("The text is…"))
    about = about_field()
    display_name = name_field(
        _("Name to be shown"),
        _("As it stands on the form; empty when none is given."),
    )
    postcode = StringField(
        _("Postcode declared"),
        description=_("Only whether it is inside the perimeter is kept."),
        validators=[Optional(), Regexp(r"[0-9]{5}", message=_("Enter the five figures of a postcode."))],
    )
    email = email_field(
        _("E-mail address for the answer"),
        _("A mail will say what was recorded."),
        is_required=False,
    )
    postal_address = long_text(
        _("Or name and postal address for the answer"),
        _("Three to five lines, as on an envelope."),
        longest=LONGEST_ADDRESS,
    )
    scan = FileField(
        _("Scan of the form"),
        description=_("PDF, PNG or JPEG, 5 MB at most. Only staff who give a reason can see it."),
    )
    scan_purge_on = DateField(
        _("Delete the scan on"),
        description=_("One year from now at the latest; half a year when nothing is chosen."),
        validators=[Optional()],
        invalid_value_message=_("Enter a day, such as 2026-12-12."),
    )
    anyway = StringField(_("Why it is another form"), validators=[at_most(300)])

    def __init__(
        self, *, subjects: Sequence[Subject], last: PaperForm | None, latest_day: date, asks_postcode: bool
    ) -> None:
        super().__init__()
        self.about.choices = about_choices(subjects)
        if not asks_postcode:
            del self.postcode
        if not self.is_submitted():
            self._resemble(last, latest_day)

    def _resemble(self, last: PaperForm | None, latest_day: date) -> None:
        """Shows what the next form of a pile has in common with the last one, and its number."""
        self.received_on.data = latest_day
        if last is None:
            return
        self.channel.data = last.channel.value
        self.source.data = last.source
        self.received_on.data = last.received_on
        if last.number and last.number.isascii() and last.number.isdigit():
            self.number.data = str(int(last.number) + (1 if last.stands else 0))

    def validate_conditions(self, field: StringField) -> None:
        """Refuses what is no list of numbers."""
        if not re.fullmatch(r"[0-9\s,;.]*", field.data or "", re.ASCII) or len(self.condition_numbers()) > (
            MOST_CONDITIONS
        ):
            raise ValidationError(_("Enter the numbers of the conditions, such as 1 4 7."))

    def condition_numbers(self) -> tuple[int, ...]:
        """Returns the numbers typed, each once."""
        typed = re.findall(r"[0-9]{1,6}", self.conditions.data or "", re.ASCII)
        return tuple(dict.fromkeys(int(one) for one in typed))

    def filled(self) -> Filled:
        """Returns what is to be recorded."""
        choice = None if self.choice.data == NO_CHOICE else Choice(self.choice.data)
        words: dict[str, Any] = said(
            self.sense.data, self.about, asks=choice is Choice.INFORMATION and bool(self.body.data)
        )
        return Filled(
            channel=Channel(self.channel.data),
            received_on=self.received_on.data,
            source=self.source.data or "",
            number=_plain_number(self.number.data or ""),
            choice=choice,
            conditions=self.condition_numbers(),
            new_condition=self.new_condition.data or "",
            body=self.body.data or "",
            kind=Kind(words["kind"]),
            stance=Stance(words["stance"]),
            dossier_field=words["dossier_field"],
            open_point=words["open_point"],
            display_name=self.display_name.data or "",
            postcode=(self.postcode.data or "") if "postcode" in self else "",
            email=self.email.data or "",
            postal_address=self.postal_address.data or "",
            language=current_language(),
            anyway=self.anyway.data or "",
        )


class ReasonForm(Form):
    """Undoing, erasing or looking: with a reason, which is recorded."""

    reason = StringField(
        _("Why?"),
        description=_("One sentence, without any name. It is recorded."),
        validators=[required(_("Give a reason in one sentence at least.")), at_least(10), at_most(300)],
    )


def _plain_number(number: str) -> str | None:
    """Returns a number in its one spelling, None when none was given: 012 and 12 are the same sheet."""
    plain = " ".join(number.split()).upper()
    if plain.isascii() and plain.isdigit():
        plain = plain.lstrip("0") or "0"
    return plain or None

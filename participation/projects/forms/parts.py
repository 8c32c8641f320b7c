"""One field of a form for each kind of part; each gives back the text that is stored."""

from datetime import date
from typing import Any

from wtforms import RadioField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice

from participation.foundation.i18n import lazy_gettext as _
from participation.projects.dossier.field import Field, Kind, Part, PartKind
from participation.projects.forms.days import DayField, MonthField
from participation.web.forms import at_most


class _Kept:
    """A field that takes what is stored and gives back what is to be."""

    data: Any

    def take(self, value: str) -> None:
        """Shows a stored value."""
        self.data = value

    def given(self) -> str:
        """Returns what was typed, as it is stored."""
        return str(self.data or "").strip()


class LinePart(_Kept, StringField):
    """A line."""


class TextPart(_Kept, TextAreaField):
    """A few sentences."""


class NumberPart(_Kept, StringField):
    """A number, with a comma or a point."""

    def given(self) -> str:
        """Returns the number with a point, without the spaces French people put in it."""
        return super().given().replace(",", ".").replace(" ", "").replace("\u00a0", "").replace("\u202f", "")


class ChoicePart(_Kept, SelectField):
    """One of a closed list, or nothing."""


class ChoicesPart(SelectMultipleField):
    """Several of a closed list."""

    def take(self, value: str) -> None:
        """Shows stored values."""
        self.data = value.split(",")

    def given(self) -> str:
        """Returns what was ticked, joined by commas."""
        return ",".join(self.data or [])


class DayPart(DayField):
    """A day."""

    def take(self, value: str) -> None:
        """Shows a stored day."""
        self.data = date.fromisoformat(value)

    def given(self) -> str:
        """Returns the day as 2027-03-12."""
        return self.data.isoformat() if self.data else ""


class MonthPart(_Kept, MonthField):
    """A month."""


def part_field(part: Part) -> Any:
    """Returns the form's field of a part."""
    if part.kind is PartKind.CHOICE:
        chosen = [SelectChoice("", _("Choose")), *(SelectChoice(*one) for one in part.choices.items())]
        return ChoicePart(part.label, description=part.hint, choices=chosen, validate_choice=False)
    if part.kind is PartKind.CHOICES:
        options = [SelectChoice(*one) for one in part.choices.items()]
        return ChoicesPart(part.label, description=part.hint, choices=options, validate_choice=False)
    if part.kind is PartKind.DAY:
        return DayPart(part.label, description=part.hint or _("For example 12/03/2027."))
    kinds: dict[PartKind, type] = {
        PartKind.TEXT: TextPart,
        PartKind.MONTH: MonthPart,
        PartKind.NUMBER: NumberPart,
    }
    made = kinds.get(part.kind, LinePart)
    hint = part.hint or (_("For example 03/2027.") if part.kind is PartKind.MONTH else "")
    return made(part.label, description=hint, validators=[at_most(part.limit)])


def choices_field(one: Field) -> Any:
    """Returns the form's field of the closed list of a dossier's field."""
    options = [SelectChoice(value, words) for value, words in one.choices.items()]
    if one.kind is Kind.CHOICES:
        return SelectMultipleField(_("Which ones?"), choices=options, validate_choice=False)
    return RadioField(_("Which one?"), choices=options, validate_choice=False)

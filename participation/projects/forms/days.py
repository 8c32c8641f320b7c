"""A day or a month in a form, and our own sentence when it can't be read."""

import re
from datetime import date
from typing import Any

from wtforms import DateField, StringField

from participation.foundation.i18n import lazy_gettext as _


class DayField(DateField):
    """A day that may stay empty, with our own sentence when it can't be read."""

    data: date | None  # type: ignore[assignment]

    def __init__(self, label: object, **settings: Any) -> None:
        super().__init__(label, format=["%d/%m/%Y", "%Y-%m-%d"], **settings)

    def process_formdata(self, valuelist: list[str]) -> None:
        """Reads the day in either of its two spellings; empty is None."""
        if not valuelist or not valuelist[0].strip():
            self.data = None
            return
        try:
            super().process_formdata([valuelist[0].strip()])
        except ValueError as error:
            raise ValueError(_("Enter a day such as 12/03/2027.")) from error


class MonthField(StringField):
    """A month that may stay empty, typed as 03/2027 or 2027-03; its data is 2027-03."""

    data: str | None

    def process_formdata(self, valuelist: list[str]) -> None:
        """Reads the month in either of its two spellings; what can't be read is kept as it was typed."""
        super().process_formdata(valuelist)
        typed = (valuelist[0] if valuelist else "").strip()
        found = re.fullmatch(r"(\d{1,2})\s*[/.-]\s*(\d{4})", typed)
        self.data = f"{found[2]}-{int(found[1]):02d}" if found else typed

    def _value(self) -> str:
        """Shows the month as French people write it."""
        found = re.fullmatch(r"(\d{4})-(\d{2})", self.data or "")
        return f"{found[2]}/{found[1]}" if found else str(self.data or "")

"""What others said in nearly the same words, as one choice of a form."""

from collections.abc import Sequence
from typing import Any

from wtforms import (
    RadioField,
    SelectChoice,
)
from wtforms.validators import ValidationError

from participation.contributions.models import Contribution
from participation.foundation.i18n import lazy_gettext as _


class AlikeField(RadioField):
    """What others said in nearly the same words: one of these, or one's own words all the same."""

    OWN = "own"

    def __init__(self, label: object, own: object, **kwargs: Any) -> None:
        super().__init__(label, choices=[], validate_choice=False, **kwargs)
        self.own = own
        self.offered: Sequence[Contribution] = ()

    def offer(self, found: Sequence[Contribution]) -> None:
        """Offers these texts; whoever sent the form without choosing among them is asked first."""
        self.offered = found
        offered = [SelectChoice(one.ref, one.body) for one in found]
        self.choices = [*offered, SelectChoice(self.OWN, self.own)] if found else []

    def pre_validate(self, form: Any) -> None:
        """Asks for a choice where there is one to make; nothing was published before."""
        if self.choices and self.data not in {choice.value for choice in self.choices}:
            raise ValidationError(_("Somebody has said nearly the same. Choose before you send."))

    def chosen(self) -> str:
        """Returns the reference of the text that says it already, empty for one's own words."""
        return self.data if self.data in {one.ref for one in self.offered} else ""

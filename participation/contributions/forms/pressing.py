"""Small forms on one thing: vote, take back, withdraw, change the words, confirm."""

from typing import Any

from wtforms import (
    HiddenField,
)

from participation.accounts.models import Person
from participation.contributions.forms.guest import LONGEST_TEXT, TEXT_HINT, GuestForm, put_in_order
from participation.foundation.i18n import lazy_gettext as _
from participation.web.forms import Form, at_least, at_most, long_text, required


class VoteForm(GuestForm):
    """One press of a button: useful, supported, withdrawn."""

    QUICKEST = 0.7
    # Which words of a text were on the page: see `Contribution.wording`.
    wording = HiddenField(validators=[at_most(40)])

    field_order = ("display_name", "email")

    def __init__(self, *, person: Person | None) -> None:
        super().__init__(person=person)
        del self.display_name

    def pressed(self) -> dict[str, Any]:
        """Returns what is to be applied, with the words that were read where the page said which."""
        read = {} if self.wording.data is None else {"wording": self.wording.data}
        return {**self.common(), **read}


class TakingBackForm(VoteForm):
    """Taking back what one chose: the address is the one it was given under."""

    def __init__(self, *, person: Person | None) -> None:
        super().__init__(person=person)
        if self.email:
            self.email.description = _(
                "The one you gave when you chose. A link will be sent to it, to confirm that it is you."
            )


class WithdrawalForm(VoteForm):
    """Taking a text back: the address is the one it was written under, no answer will follow."""

    def __init__(self, *, person: Person | None) -> None:
        super().__init__(person=person)
        if self.email:
            self.email.description = _(
                "The one you gave when you wrote this text. "
                "A link will be sent to it, to confirm that it is you."
            )


class EditForm(VoteForm):
    """Other words for one's own text; a guest confirms them from the address it was written under."""

    body = long_text(
        _("Your text"),
        TEXT_HINT,
        longest=LONGEST_TEXT,
        validators=[required(_("Write your text.")), at_least(3)],
    )

    field_order = ("body", "email")

    def __init__(self, *, person: Person | None, present: str) -> None:
        super().__init__(person=person)
        if not self.is_submitted():
            self.body.data = present
        if self.email:
            self.email.description = _(
                "The one you gave when you wrote this text. "
                "A link will be sent to it, to confirm that it is you."
            )
        put_in_order(self, self.field_order)

    def payload(self) -> dict[str, Any]:
        """Returns what is to be applied."""
        return {**self.common(), "body": self.body.data}


class ConfirmForm(Form):
    """Only a button: mail programs open links by themselves, people press."""

"""A comment, a reply, a question to the service."""

from collections.abc import Sequence
from typing import Any

from participation.accounts.models import Person
from participation.contributions.forms.alike import AlikeField
from participation.contributions.forms.guest import (
    LONGEST_TEXT,
    TEXT_HINT,
    GuestForm,
    about_choices,
    about_field,
    put_in_order,
    said,
    sense_field,
)
from participation.contributions.wording import (
    Subject,
)
from participation.foundation.i18n import lazy_gettext as _
from participation.web.forms import at_least, long_text, required


class CommentForm(GuestForm):
    """A text of its own or a reply."""

    body = long_text(
        _("Your text"),
        TEXT_HINT,
        longest=LONGEST_TEXT,
        validators=[required(_("Write your text.")), at_least(3)],
    )
    sense = sense_field(_("Your text is…"))
    about = about_field()

    field_order = ("body", "sense", "about", "display_name", "email")

    def __init__(
        self,
        *,
        person: Person | None,
        subjects: Sequence[Subject] = (),
        about: str = "",
        spoken_as: str = "",
        is_reply: bool = False,
    ) -> None:
        super().__init__(person=person)
        self.spoken_as = spoken_as
        self.about.choices = about_choices(subjects)
        if not self.is_submitted() and about in {one.value for one in subjects}:
            self.about.data = about
        if is_reply:
            del self.about
        if spoken_as:
            del self.sense
        put_in_order(self, self.field_order)

    def payload(self) -> dict[str, Any]:
        """Returns what is to be applied."""
        sense = self.sense.data if "sense" in self else "neutral"
        return {
            **self.common(),
            **said(sense, self.about if "about" in self else None),
            "body": self.body.data,
            "spoken_as": self.spoken_as,
        }


class QuestionForm(GuestForm):
    """A question to the service, on one answer of the dossier, one point, or the whole of it."""

    body = long_text(
        _("Your question"),
        TEXT_HINT,
        longest=LONGEST_TEXT,
        validators=[required(_("Write your question.")), at_least(3)],
    )
    alike = AlikeField(
        _("Is it one of these questions?"), own=_("No, mine asks something else: send it as I wrote it")
    )
    about = about_field()

    field_order = ("body", "alike", "about", "display_name", "email")

    def __init__(self, *, person: Person | None, subjects: Sequence[Subject], about: str) -> None:
        super().__init__(person=person)
        self.about.choices = about_choices(subjects, whole=_("The dossier as a whole"))
        if not self.is_submitted() and about in {one.value for one in subjects}:
            self.about.data = about
        put_in_order(self, self.field_order)

    def payload(self) -> dict[str, Any]:
        """Returns what is to be applied: a question, whoever asks, never an official reply."""
        return {**self.common(), **said("question", self.about), "body": self.body.data, "spoken_as": ""}

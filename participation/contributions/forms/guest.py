"""What every form of the public shares: who sends it, what it is about, in which order it is read."""

from collections.abc import Iterable, Sequence
from typing import Any

from wtforms import RadioField, SelectChoice, SelectField

from participation.accounts.models import Person
from participation.contributions.wording import SENSE_LABELS, SENSES, Subject
from participation.foundation.i18n import current_language
from participation.foundation.i18n import lazy_gettext as _
from participation.web.forms import Form, email_field, name_field
from participation.web.watched import WatchedForm

LONGEST_TEXT = 2000
TEXT_HINT = _(
    "Published under the name that you choose. Write nothing by which somebody could be recognised."
)


class GuestForm(WatchedForm):
    """A form that a guest confirms by e-mail; for somebody signed in the address is already known."""

    display_name = name_field(
        _("Which name should be shown?"),
        _("A first name or a pseudonym: your choice. It is published with your texts."),
    )
    email = email_field(
        _("Your e-mail address"),
        _(
            "Never published, and erased when you ask. A link will be sent to it, to confirm that it is you, "
            "and later the answer."
        ),
    )

    def __init__(self, *, person: Person | None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        if person is not None:
            del self.email
            if not self.is_submitted() and not self.display_name.data:
                self.display_name.data = person.display_name

    def common(self) -> dict[str, Any]:
        """Returns what every payload holds."""
        name = self.display_name.data if "display_name" in self else ""
        return {"display_name": name or "", "language": current_language()}


def sense_field(label: object) -> RadioField:
    """Returns the choice of what a text is: an argument, a remark, a question, something experienced."""
    return RadioField(
        label,
        choices=[SelectChoice(value, words) for value, words in SENSE_LABELS.items()],
        default="neutral",
        validate_choice=False,
    )


def about_field() -> SelectField:
    """Returns the list of what a text may be about; the form fills it with `about_choices`."""
    return SelectField(_("It is about"), choices=[], validate_choice=False)


def about_choices(subjects: Iterable[Subject], whole: object = None) -> list[SelectChoice]:
    """Returns the list of what a text may be about, the whole project first."""
    return [
        SelectChoice("", whole or _("The whole project")),
        *(SelectChoice(one.value, one.label) for one in subjects),
    ]


def said(sense: str | None, about: SelectField | None, *, asks: bool = False) -> dict[str, Any]:
    """Returns kind, stance and subject; a bare remark of somebody who needs to know more is a question."""
    kind, stance = SENSES.get(sense or "", SENSES["neutral"])
    if asks and sense in (None, "", "neutral"):
        kind, stance = SENSES["question"]
    chosen = ""
    if about is not None and about.data in {choice.value for choice in about.choices}:
        chosen = about.data
    where, _colon, name = chosen.partition(":")
    return {
        "kind": kind.value,
        "stance": stance.value,
        "dossier_field": name if where == "field" else None,
        "open_point": name if where == "point" else None,
    }


def put_in_order(form: Form, names: Sequence[str]) -> None:
    """Lists the fields as the page shows them, which inheritance does not."""
    rest = [name for name in form._fields if name not in names]
    form._fields = {name: form._fields[name] for name in [*rest, *names] if name in form._fields}

"""What people fill in: their opinion, a comment or a reply, a vote; guests add their e-mail address."""

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from wtforms import (
    HiddenField,
    RadioField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    StringField,
)
from wtforms.validators import Regexp, ValidationError

from participation.accounts.models import Person
from participation.contributions.models import AnswerOutcome, Choice, Contribution, ServiceAnswer
from participation.contributions.wording import (
    CHOICES,
    OUTCOMES,
    SENSE_LABELS,
    SENSES,
    Subject,
)
from participation.foundation.errors import Invalid
from participation.foundation.i18n import current_language
from participation.foundation.i18n import lazy_gettext as _
from participation.projects.models import DossierVersion
from participation.web.forms import Form, at_least, at_most, email_field, long_text, name_field, required
from participation.web.watched import WatchedForm

LONGEST_TEXT = 2000
LONGEST_CONDITION = 300
LONGEST_ANSWER = 5000
TEXT_HINT = _(
    "Published under the name that you choose. Write nothing by which somebody could be recognised. "
    "An empty line begins a paragraph, a hyphen at the start of a line a list; web addresses become links."
)


class GuestForm(WatchedForm):
    """A form that a guest confirms by e-mail; for somebody signed in the address is already known."""

    display_name = name_field(
        _("Which name should be shown?"),
        _("A first name or a pseudonym: your choice. It is published with your texts."),
    )
    email = email_field(
        _("Your e-mail address"),
        _("Never published. A link will be sent to it, to confirm that it is you, and later the answer."),
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


class OpinionForm(GuestForm):
    """A position, conditions to support or to add, and a text if one wishes."""

    choice = RadioField(
        _("What is your position on this project?"),
        choices=[SelectChoice(choice.value, label) for choice, label in CHOICES.items()],
        validators=[required(_("Choose your position."))],
        invalid_choice_message=_("Choose one of the four positions."),
    )
    conditions = SelectMultipleField(_("Which conditions?"), validate_choice=False)
    new_condition = StringField(
        _("Add a condition"),
        description=_("One condition, in one sentence."),
        validators=[at_most(LONGEST_CONDITION)],
    )
    alike = AlikeField(
        _("Does one of these already say it?"), own=_("No, mine says something else: add it as I wrote it")
    )
    body = long_text(
        _("Why? (optional)"),
        TEXT_HINT,
        longest=LONGEST_TEXT,
    )
    sense = RadioField(
        _("Your text is…"),
        choices=[SelectChoice(value, label) for value, label in SENSE_LABELS.items()],
        default="neutral",
        validate_choice=False,
    )
    about = SelectField(_("It is about"), choices=[], validate_choice=False)

    postcode = StringField(
        _("Your postcode (optional)"),
        description=_(
            "Counted as inside or outside the perimeter, then forgotten. It refuses nobody and gives no vote "
            "more weight. Leave it empty to say nothing, or to keep what you said before."
        ),
        validators=[Regexp(r"^([0-9]{5})?$", message=_("Enter a postcode of five digits, or nothing."))],
    )

    # The order in which an error summary lists them is that of the page.
    field_order = (
        "choice",
        "conditions",
        "new_condition",
        "alike",
        "body",
        "sense",
        "about",
        "postcode",
        "display_name",
        "email",
    )

    def __init__(
        self,
        *,
        person: Person | None,
        conditions: Sequence[Contribution],
        subjects: Sequence[Subject],
        asks_postcode: bool = False,
    ) -> None:
        super().__init__(person=person)
        if not asks_postcode:
            del self.postcode
        self.conditions.choices = [SelectChoice(one.ref, one.body) for one in conditions]
        self.about.choices = about_choices(subjects)
        _put_in_order(self, self.field_order)

    def show(self, *, choice: Choice | None, supported: Sequence[str], display_name: str) -> None:
        """Fills the form with what this person chose before: sending it again replaces that."""
        self.choice.data = choice.value if choice else None
        self.conditions.data = list(supported)
        self.display_name.data = display_name

    def payload(self, *, supported: Collection[str] = ()) -> dict[str, Any]:
        """Returns what is to be applied; conditions supported before and no longer ticked are dropped."""
        known = {choice.value for choice in self.conditions.choices}
        ticked = [ref for ref in self.conditions.data or [] if ref in known]
        said_already = self.alike.chosen()
        if said_already and said_already not in ticked:
            ticked.append(said_already)
        return {
            **self.common(),
            **said(self.sense.data, self.about, asks=self.choice.data == Choice.INFORMATION.value),
            "choice": self.choice.data,
            "conditions": ticked,
            "dropped": [ref for ref in supported if ref in known and ref not in ticked],
            "new_condition": "" if said_already else self.new_condition.data or "",
            "body": self.body.data or "",
            "postcode": (self.postcode.data or "") if "postcode" in self else "",
        }


class CommentForm(GuestForm):
    """A text of its own or a reply."""

    body = long_text(
        _("Your text"),
        TEXT_HINT,
        longest=LONGEST_TEXT,
        validators=[required(_("Write your text.")), at_least(3)],
    )
    sense = RadioField(
        _("Your text is…"),
        choices=[SelectChoice(value, label) for value, label in SENSE_LABELS.items()],
        default="neutral",
        validate_choice=False,
    )
    about = SelectField(_("It is about"), choices=[], validate_choice=False)

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
        _put_in_order(self, self.field_order)

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
    about = SelectField(_("It is about"), choices=[], validate_choice=False)

    field_order = ("body", "alike", "about", "display_name", "email")

    def __init__(self, *, person: Person | None, subjects: Sequence[Subject], about: str) -> None:
        super().__init__(person=person)
        self.about.choices = about_choices(subjects, whole=_("The dossier as a whole"))
        if not self.is_submitted() and about in {one.value for one in subjects}:
            self.about.data = about
        _put_in_order(self, self.field_order)

    def payload(self) -> dict[str, Any]:
        """Returns what is to be applied: a question, whoever asks, never an official reply."""
        return {**self.common(), **said("question", self.about), "body": self.body.data, "spoken_as": ""}


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
        _put_in_order(self, self.field_order)

    def payload(self) -> dict[str, Any]:
        """Returns what is to be applied."""
        return {**self.common(), "body": self.body.data}


class ConfirmForm(Form):
    """Only a button: mail programs open links by themselves, people press."""


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


def _put_in_order(form: Form, names: Sequence[str]) -> None:
    """Lists the fields as the page shows them, which inheritance does not."""
    rest = [name for name in form._fields if name not in names]
    form._fields = {name: form._fields[name] for name in [*rest, *names] if name in form._fields}

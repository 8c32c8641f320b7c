"""The form of one field of the dossier, made from its declaration: choice, parts, rows and figures."""

from datetime import date
from functools import lru_cache
from typing import Any

from flask import request
from wtforms import Field as FormField
from wtforms import HiddenField, RadioField, StringField
from wtforms.fields.choices import SelectChoice

from participation.foundation.i18n import lazy_gettext as _
from participation.projects.dossier.field import MOST_ROWS, SHORT_LIMIT, Field, Kind
from participation.projects.dossier.fields import BY_NAME
from participation.projects.dossier.parts import FIGURES
from participation.projects.forms.days import DayField
from participation.projects.forms.parts import choices_field, part_field
from participation.projects.models import AnswerState, DossierAnswer, Provenance
from participation.web.forms import Form, at_most, long_text, required

STATES = {
    AnswerState.ANSWERED: _("Here is the answer"),
    AnswerState.NOT_KNOWN_YET: _("Not known yet"),
    AnswerState.NOT_APPLICABLE: _("Doesn’t apply to this project"),
}
PROVENANCES = {
    Provenance.SERVICE: _("The service itself"),
    Provenance.VENDOR: _("The vendor"),
    Provenance.AUDIT: _("An audit"),
}
# Empty rows offered beyond those that are filled in.
SPARE_ROWS = 2
_PLAIN = ("text", "short", "reason", "owner", "due_on", "answered_by", "claim", "claim_source")


class AnswerForm(Form):
    """The answer to one field; `revision` is the one the writer saw. `answer_form` adds what is asked."""

    field: Field
    rows: int
    figures: int

    revision = HiddenField(default="0")

    def is_sent(self) -> bool:
        """Tells whether it was sent to be kept: asking for one more row, or for hints, keeps nothing."""
        return not self.is_for_more() and super().is_sent()

    def is_for_more(self) -> bool:
        """Tells whether it was sent to get more rows, hints on what was written, or a text proposed."""
        return self.is_submitted() and bool({"more", "check", "propose"} & request.form.keys())

    def is_for_proposal(self) -> bool:
        """Tells whether it was sent to put the text that is proposed into the answer."""
        return self.is_submitted() and "propose" in request.form

    def take_proposal(self, proposal: str) -> None:
        """Puts a proposed text into the answer, after what was typed already: nothing typed is lost."""
        typed = self["text"].data or ""
        if proposal not in typed.replace("\r\n", "\n"):
            self["text"].data = f"{typed}\n\n{proposal}".strip()

    def part_fields(self) -> list[FormField]:
        """Returns the fields of the parts, in their order."""
        return [self[f"parts-{part.name}"] for part in self.field.parts]

    def row_fields(self, place: str) -> list[list[FormField]]:
        """Returns the fields of each row of `rows` or `figures`."""
        parts = FIGURES if place == "figures" else self.field.rows
        count = self.figures if place == "figures" else self.rows
        return [[self[f"{place}-{number}-{part.name}"] for part in parts] for number in range(count)]

    def take_from(self, answer: DossierAnswer | None) -> None:
        """Shows the working copy, unless something was just sent."""
        if answer is None or self.is_submitted():
            return
        for name in _PLAIN:
            if name in self:
                self[name].data = getattr(answer, name)
        if "choice" in self:
            many = self.field.kind is Kind.CHOICES
            self["choice"].data = answer.choice.split(",") if many else answer.choice
        if "state" in self:
            self["state"].data = answer.state.value
        self["provenance"].data = answer.provenance.value
        self.revision.data = str(answer.revision)
        for name, value in _flat(answer.details):
            if name in self:
                self[name].take(value)

    def seen_revision(self) -> int:
        """Returns the revision the writer saw, 0 when there was none or the client sent no number."""
        sent = self.revision.data or ""
        return int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 9 else 0

    def values(self) -> dict[str, Any]:
        """Returns what was typed, as the domain takes it."""
        names = ("state", "text", "short", "reason", "owner", "provenance", "answered_by", "claim")
        typed: dict[str, Any] = {name: self[name].data or "" for name in (*names, "claim_source")
                                 if name in self}  # fmt: skip
        if "choice" in self:
            chosen = self["choice"].data or ""
            typed["choice"] = ",".join(chosen) if isinstance(chosen, list) else chosen
        due_on: date | None = self["due_on"].data if "due_on" in self else None
        return {"state": AnswerState.ANSWERED.value, "due_on": due_on, "details": self._details(), **typed}

    def _details(self) -> dict[str, Any]:
        return {
            "parts": {part.name: self[f"parts-{part.name}"].given() for part in self.field.parts},
            "rows": self._given_rows("rows", self.field.rows, self.rows),
            "figures": self._given_rows("figures", FIGURES, self.figures),
        }

    def _given_rows(self, place: str, parts: Any, count: int) -> list[dict[str, str]]:
        return [
            {part.name: self[f"{place}-{number}-{part.name}"].given() for part in parts}
            for number in range(count)
        ]


def answer_form(one: Field, answer: DossierAnswer | None) -> AnswerForm:
    """Returns the form of a field, with as many rows as the answer or what was sent holds, and a few more."""
    details = answer.details if answer else {}
    rows = _row_count("rows", details) if one.rows else 0
    figures = _row_count("figures", details) if one.has_figures else 0
    return _form_class(one.name, rows, figures)()


def _row_count(place: str, details: dict[str, Any]) -> int:
    stored = len(details.get(place, []))
    if request.method != "POST":
        return min(stored + SPARE_ROWS, MOST_ROWS)
    numbers = [name.split("-")[1] for name in request.form if name.startswith(f"{place}-")]
    sent = 1 + max((int(one) for one in numbers if one.isascii() and one.isdigit() and len(one) < 3),
                   default=-1)  # fmt: skip
    more = SPARE_ROWS if request.form.get("more") == place else 0
    return min(max(sent + more, SPARE_ROWS), MOST_ROWS)


@lru_cache(maxsize=500)
def _form_class(name: str, rows: int, figures: int) -> type[AnswerForm]:
    return type("FieldForm", (AnswerForm,), _attributes(BY_NAME[name], rows, figures))


def _attributes(one: Field, rows: int, figures: int) -> dict[str, Any]:
    """Returns the fields of the form in the order of the page, which the list of errors follows."""
    made: dict[str, Any] = {"field": one, "rows": rows, "figures": figures}
    if not one.is_hard:
        # A hard field accepts only an answer: nothing else is asked.
        made["state"] = RadioField(
            _("Is there an answer?"),
            choices=[SelectChoice(state.value, words) for state, words in STATES.items()],
            default=AnswerState.ANSWERED.value,
            validators=[required(_("Say whether there is an answer."))],
        )
    if one.choices:
        made["choice"] = choices_field(one)
    for part in one.parts:
        made[f"parts-{part.name}"] = part_field(part)
    made["text"] = long_text(
        _("The answer") if one.kind in (Kind.TEXT, Kind.LINE) else _("In sentences (optional)"),
        _("Two to four sentences, in everyday words."),
        longest=one.limit,
    )
    if one.has_short:
        made["short"] = StringField(
            _("The same in one line (optional)"),
            description=_("For the thirty-second card: 90 characters at most."),
            validators=[at_most(SHORT_LIMIT)],
        )
    for number in range(rows):
        made.update({f"rows-{number}-{part.name}": part_field(part) for part in one.rows})
    for number in range(figures):
        made.update({f"figures-{number}-{part.name}": part_field(part) for part in FIGURES})
    if not one.is_hard:
        made["reason"] = long_text(_("Why it isn’t known, or doesn’t apply"), longest=1000)
        made["owner"] = StringField(
            _("Who will answer"), description=_("A function, not a name."), validators=[at_most(200)]
        )
        made["due_on"] = DayField(_("By which day"), description=_("For example 12/03/2027."))
    return {**made, **_who_says()}


def _who_says() -> dict[str, Any]:
    return {
        "provenance": RadioField(
            _("Who says so?"),
            choices=[SelectChoice(kind.value, words) for kind, words in PROVENANCES.items()],
            default=Provenance.SERVICE.value,
            validators=[required(_("Say who says so."))],
        ),
        "answered_by": StringField(_("Answered by (function)"), validators=[at_most(200)]),
        "claim": long_text(_("A claim of the vendor that nobody verified (optional)"), longest=500),
        "claim_source": StringField(_("Where it was read, and when"), validators=[at_most(300)]),
    }


def _flat(details: dict[str, Any]) -> list[tuple[str, str]]:
    flat = [(f"parts-{name}", value) for name, value in details.get("parts", {}).items()]
    for place in ("rows", "figures"):
        for number, row in enumerate(details.get(place, [])):
            flat += [(f"{place}-{number}-{name}", value) for name, value in row.items()]
    return flat

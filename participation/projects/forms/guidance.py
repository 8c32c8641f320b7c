"""The form of the questions on the law: the fourteen questions, then the check-lists that they call for."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from flask import request
from wtforms import Field as FormField
from wtforms import HiddenField, RadioField, SelectMultipleField, StringField
from wtforms.fields.choices import SelectChoice

from participation.foundation.i18n import lazy_gettext as _
from participation.projects.dossier.guidance.checklists import CHECKLISTS, Checklist
from participation.projects.dossier.guidance.parts import GUIDANCE_PARTS
from participation.projects.dossier.guidance.questions import QUESTIONS, YES_NO, Question
from participation.projects.dossier.guidance.reading import open_checklists, read
from participation.projects.forms.parts import part_field
from participation.projects.models import DossierAnswer
from participation.web.forms import Form, at_most, long_text, required

_ANSWER = _("Answer, or say that you don’t know.")
_BESIDE = {part.name: part for part in GUIDANCE_PARTS if part.name.startswith(("confirmed_", "note_"))}


class GuidanceForm(Form):
    """The answers; `lists` are the check-lists shown, None while a question lacks its answer."""

    lists: tuple[Checklist, ...] | None

    revision = HiddenField(default="0")

    def is_sent(self) -> bool:
        """Tells whether it was sent to be kept: asking for the check-lists keeps nothing."""
        return not self.is_for_lists() and super().is_sent()

    def is_for_lists(self) -> bool:
        """Tells whether it was sent to see the check-lists that the answers call for."""
        return self.is_submitted() and "lists" in request.form

    def check_questions(self) -> None:
        """Says which of the fourteen questions lack an answer."""
        for one in self.question_fields():
            one.validate(self)

    def question_fields(self) -> list[FormField]:
        """Returns the fields of the fourteen questions, in their order."""
        return [self[f"parts-{one.key}"] for one in QUESTIONS]

    def item_fields(self, checklist: Checklist) -> list[FormField]:
        """Returns the fields of a check-list."""
        return [self[f"parts-{item.key}"] for item in checklist.items]

    def beside(self, start: str) -> list[FormField]:
        """Returns the fields of the confirmation or of the lawyer's note."""
        return [self[f"parts-{name}"] for name in _BESIDE if name.startswith(start)]

    def take_from(self, answer: DossierAnswer | None, proposed: Mapping[str, str], function: str) -> None:
        """Shows the working copy, else what the dossier says already, unless something was just sent."""
        if self.is_submitted():
            return
        kept = answer.details.get("parts", {}) if answer else {}
        self.answered_by.data = function
        if answer:
            self.revision.data = str(answer.revision)
            self.text.data, self.answered_by.data = answer.text, answer.answered_by
        for name, value in {**proposed, **kept}.items():
            field = self._fields.get(f"parts-{name}")
            if isinstance(field, SelectMultipleField):
                field.data = value.split(",")
            elif name in _BESIDE and field is not None:
                field.take(value)  # type: ignore[attr-defined]
            elif field is not None:
                field.data = value

    def seen_revision(self) -> int:
        """Returns the revision the writer saw, 0 when there was none or the client sent no number."""
        sent = self.revision.data or ""
        return int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 9 else 0

    def answers(self) -> dict[str, str]:
        """Returns what was answered to questions and check-lists."""
        shown = [
            *self.question_fields(),
            *(one for each in self.lists or () for one in self.item_fields(each)),
        ]
        return {field.name.removeprefix("parts-"): _joined(field.data) for field in shown}

    def values(self) -> dict[str, Any]:
        """Returns what was typed beside the answers, as the action takes it."""
        typed = {name: self[f"parts-{name}"].data or "" for name in _BESIDE}
        days = {name: self[f"parts-{name}"].data for name in ("confirmed_on", "note_on")}
        return {**typed, **days, "text": self.text.data or "", "answered_by": self.answered_by.data or ""}


def guidance_form(answer: DossierAnswer | None) -> GuidanceForm:
    """Returns the form with the check-lists that what was sent, or what is kept, calls for."""
    if request.method == "POST":
        given = {one.key: ",".join(request.form.getlist(f"parts-{one.key}")) for one in QUESTIONS}
    else:
        given = answer.details.get("parts", {}) if answer else {}
    whole = all(given.get(one.key) for one in QUESTIONS)
    return _form_class(tuple(one.key for one in open_checklists(read(given))) if whole else None)()


@lru_cache(maxsize=200)
def _form_class(keys: tuple[str, ...] | None) -> type[GuidanceForm]:
    shown = None if keys is None else tuple(one for one in CHECKLISTS if one.key in keys)
    made: dict[str, Any] = {"lists": shown}
    made.update({f"parts-{one.key}": _question_field(one) for one in QUESTIONS})
    for checklist in shown or ():
        made.update({f"parts-{item.key}": _choice(item.words, YES_NO) for item in checklist.items})
    made["text"] = long_text(
        _("In your own words (optional)"),
        _("What this means for the project; it is published."),
        longest=2500,
    )
    made["answered_by"] = StringField(
        _("Answered by (function)"), description=_("A function, not a name."), validators=[at_most(200)]
    )
    made.update({f"parts-{name}": part_field(part) for name, part in _BESIDE.items()})
    return type("QuestionsOnTheLaw", (GuidanceForm,), made)


def _question_field(one: Question) -> Any:
    if not one.several:
        return _choice(one.words, one.choices, one.help)
    options = [SelectChoice(value, words) for value, words in one.choices.items()]
    return SelectMultipleField(
        one.words,
        description=one.help,
        choices=options,
        validate_choice=False,
        validators=[required(_ANSWER)],
    )


def _choice(words: object, choices: Mapping[str, object], help_text: object = "") -> Any:
    options = [SelectChoice(value, said) for value, said in choices.items()]
    return RadioField(
        words, description=help_text, choices=options, validate_choice=False, validators=[required(_ANSWER)]
    )


def _joined(data: object) -> str:
    return ",".join(data) if isinstance(data, list) else str(data or "")

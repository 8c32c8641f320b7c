"""A row of a register as a draft of a dossier: nothing that was said is lost, nothing is made up."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from participation.foundation.errors import DomainError
from participation.foundation.i18n import gettext as _
from participation.importing.read_decidim import plain
from participation.importing.registers.guessing import normalised
from participation.importing.registers.states import read_state
from participation.importing.registers.table import TableRow
from participation.importing.registers.targets import BODY, IDENTIFIER, LINK, SIRET, TARGETS, UPDATED, Target
from participation.importing.registers.values import read_day, read_part, read_values
from participation.projects.actions import DraftAnswer
from participation.projects.dossier.details import checked_details, words_of_part
from participation.projects.dossier.exports.cells import one_line
from participation.projects.dossier.field import Kind, PartKind
from participation.projects.dossier.fields import BY_NAME
from participation.projects.models import AnswerState

LONGEST_TITLE = 300
# What registers write where they know nothing.
NOTHING = frozenset(
    {"", "nsp", "ne sait pas", "inconnu", "onbekend", "unknown", "n a", "na", "non renseigne"}
)


@dataclass(frozen=True)
class Remark:
    """Something to tell of a row: the column, and why; a refusal or a change."""

    line: int
    column: str
    why: str
    is_refusal: bool = False


class BadRow(Exception):
    """Why a row can't be taken: its column and the sentence."""

    def __init__(self, column: str, why: str) -> None:
        super().__init__(why)
        self.column = column
        self.why = why


@dataclass
class Draft:
    """What a row becomes."""

    key: str
    title: str
    source: str
    answers: dict[str, DraftAnswer] = field(default_factory=dict)
    # What can still change and what is decided, in the words of `add_open_point`.
    points: list[dict[str, Any]] = field(default_factory=list)
    # Cases elsewhere, in the words of `add_precedent`.
    precedents: list[dict[str, Any]] = field(default_factory=list)
    # The language its texts are written in; empty for that of whoever brings the file in.
    language: str = ""
    remarks: list[Remark] = field(default_factory=list)


def draft_of(row: TableRow, mapping: Mapping[str, str], register: str, *, siret: str = "") -> Draft:
    """Returns the draft of a row.

    `siret`: only rows of that public body are taken, when given. Raises BadRow when it names no project, or
    belongs to somebody else.
    """
    if row.surplus:
        raise BadRow("", _("it has more values than the header has columns"))
    named = {place: column for column, place in mapping.items() if place.startswith("row.")}
    said = {place: row.cells.get(column, "") for place, column in named.items()}
    title = one_line(plain(_joined(row, mapping, "name")))
    if not title:
        raise BadRow(_column_of(mapping, "name"), _("the name of the project is empty"))
    number = re.sub(r"\s", "", said.get(SIRET, ""))
    if siret and number and number != siret:
        raise BadRow(named[SIRET], _("this record belongs to another public body (%(siret)s)", siret=number))
    draft = Draft(_key(said, number, title), title[:LONGEST_TITLE], _source(register, said))
    if len(title) > LONGEST_TITLE:
        draft.remarks.append(Remark(row.line, _column_of(mapping, "name"), _("the name is cut short")))
    for place in dict.fromkeys(place for place in mapping.values() if place in TARGETS and place != "name"):
        _take(draft, row, mapping, TARGETS[place])
    _say_parts_in_words(draft)
    return draft


def _say_parts_in_words(draft: Draft) -> None:
    """Writes a sentence where only parts were said and the answer must be one."""
    for name, answer in draft.answers.items():
        one = BY_NAME[name]
        if one.kind is Kind.TEXT and not answer.text:
            for part in one.parts:
                if part.name in answer.parts:
                    words = words_of_part(part, answer.parts[part.name])
                    answer.add_text(_("%(label)s: %(words)s", label=part.label, words=words))


def _take(draft: Draft, row: TableRow, mapping: Mapping[str, str], target: Target) -> None:
    cell = plain(_joined(row, mapping, target.key)).strip()
    if not cell or normalised(cell) in NOTHING:
        return
    answer = draft.answers.setdefault(target.field.name, DraftAnswer())
    said = read_state(cell)
    if said is not None:
        state, answer.columns["reason"] = said
        if state is AnswerState.NOT_APPLICABLE:
            answer.columns["state"] = state
        return
    if target.part is not None:
        value, unread = read_part(target.key, target.part, cell)
        if value and not _fits(target, value):
            value, unread = "", [cell]
        if value:
            answer.parts[target.part.name] = value
    elif target.field.choices:
        answer.choice, unread, sentences = read_values(target.field, cell)
        if sentences:
            answer.add_text(sentences)
    else:
        unread = []
        answer.add_text(cell)
    if unread:
        _keep_in_words(draft, answer, row, mapping, target, ", ".join(unread))


def _keep_in_words(
    draft: Draft, answer: DraftAnswer, row: TableRow, mapping: Mapping[str, str], target: Target, words: str
) -> None:
    """Keeps a value that fits no list as the source wrote it, in the sentences of the answer."""
    answer.add_text(_("%(label)s, as the register says it: %(words)s", label=target.label, words=words))
    why = _("“%(words)s” isn’t one of the values of “%(label)s”: kept as a sentence",
            words=words[:80], label=target.label)  # fmt: skip
    draft.remarks.append(Remark(row.line, _column_of(mapping, target.key), why))


def _fits(target: Target, value: str) -> bool:
    assert target.part is not None
    if target.part.kind is PartKind.LINK and not urlsplit(value).scheme:
        return False
    try:
        checked_details(target.field, {"parts": {target.part.name: value}})
    except DomainError:
        return False
    return True


def _joined(row: TableRow, mapping: Mapping[str, str], place: str) -> str:
    """Returns the cells of every column given to a place, one under the other."""
    cells = [row.cells.get(column, "") for column, given in mapping.items() if given == place]
    return "\n\n".join(dict.fromkeys(cell for cell in cells if cell))


def _column_of(mapping: Mapping[str, str], place: str) -> str:
    return next((column for column, given in mapping.items() if given == place), "")


def _key(said: Mapping[str, str], siret: str, title: str) -> str:
    """Returns what makes a record the same one next time: its number, its public body and its name."""
    body = siret or normalised(said.get(BODY, ""))
    identity = "|".join((said.get(IDENTIFIER, ""), body, title.casefold()))
    return hashlib.sha256(identity.encode()).hexdigest()[:32]


def _source(register: str, said: Mapping[str, str]) -> str:
    """Returns where a draft comes from, as it is cited: register, public body, address, date."""
    day = read_day(said.get(UPDATED, ""))
    link = said.get(LINK, "")
    parts = [
        register,
        said.get(BODY, ""),
        link if urlsplit(link).scheme in ("http", "https") else "",
        day.strftime("%d/%m/%Y") if day else "",
    ]
    return ", ".join(" ".join(part.split()) for part in parts if part)

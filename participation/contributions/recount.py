"""The recount file: what was chosen, line by line, for whoever wants to count it again. See decision 0020."""

import csv
import enum
import hashlib
import io
import json
from collections import Counter
from datetime import UTC, datetime
from typing import Any

from participation.consultations.models import Consultation
from participation.contributions.actions.confirming import confirmed_until
from participation.contributions.queries import Counted, LevelTally, Tally

FORMAT, VERSION = "participation-recount", 1
COLUMNS = {
    "row": "Number of the line in this file only: it changes whenever anything in the file does.",
    "kind": "position, support (of a condition) or useful (a vote on a text).",
    "choice": "Of a position: favourable, conditions, opposed or information.",
    "channel": "Of a position: online, paper, meeting, phone or desk; empty where small groups are merged.",
    "assurance": "Of a position: declared, email, account or verified; empty where small groups are merged.",
    "text": "Of a support or a vote: the reference of the published text.",
    "state": "provisional while figures can still change, then final.",
}
CHOICES = ("favourable", "conditions", "opposed", "information")
NUMBER_LENGTH = 16

Line = dict[str, str]


class Because(enum.StrEnum):
    """Why the figures are provisional; empty once they are final."""

    OPEN = "open"
    SUSPENDED = "suspended"
    CONFIRMATIONS = "confirmations"
    PAPER = "paper"
    FINAL = ""


def provisional_because(consultation: Consultation, now: datetime) -> Because:
    """Returns why figures can still change.

    What was sent in time counts if it is confirmed within 48 hours (domain.md, rule 8), and what was received
    in time on paper if it is typed in before the summary is published (decision 0016).
    """
    moment = consultation.moment(now)
    if consultation.cancelled_at is not None:
        return Because.FINAL
    if consultation.is_paused:
        return Because.SUSPENDED
    if not consultation.is_closed(moment):
        return Because.OPEN
    if confirmed_until(consultation, moment) is not None:
        return Because.CONFIRMATIONS
    return Because.FINAL if _has_summary(consultation) else Because.PAPER


def _has_summary(consultation: Consultation) -> bool:
    published_at = consultation.project.summary_published_at
    return published_at is not None and published_at >= consultation.closes_at


def as_json(consultation: Consultation, counted: Counted, because: Because) -> str:
    """Returns the file with its totals and the meaning of its columns; the same data give the same bytes."""
    document = {
        "format": FORMAT,
        "version": VERSION,
        "state": _state(because),
        "because": because.value,
        "consultation": _consultation(consultation),
        "columns": COLUMNS,
        "totals": _totals(counted),
        "rows": _lines(consultation, counted, because),
    }
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def as_csv(consultation: Consultation, counted: Counted, because: Because) -> str:
    """Returns the same lines as a table, with commas; UTF-8 without mark, lines end as RFC 4180 says."""
    written = io.StringIO()
    table = csv.DictWriter(written, list(COLUMNS))
    table.writeheader()
    table.writerows(_lines(consultation, counted, because))
    return written.getvalue()


def _lines(consultation: Consultation, counted: Counted, because: Because) -> list[Line]:
    """Returns the lines in the order of their numbers, which says nothing of when or by whom."""
    state = _state(because)
    blank = dict.fromkeys(COLUMNS, "")
    lines = [
        {**blank, "kind": "position", "choice": choice, "channel": channel, "assurance": assurance}
        for choice, channel, assurance in counted.positions
    ]
    lines += [{**blank, "kind": "support", "text": ref} for ref in counted.supports]
    lines += [{**blank, "kind": "useful", "text": ref} for ref in counted.useful]
    whole = _digest(json.dumps([_consultation(consultation), state, _totals(counted), lines]))
    seen: Counter[str] = Counter()
    for line in lines:
        content = "|".join(line.values())
        seen[content] += 1
        line["row"] = _digest(f"{whole}|{content}|{seen[content]}")[:NUMBER_LENGTH]
        line["state"] = state
    return sorted(lines, key=lambda line: line["row"])


def _totals(counted: Counted) -> dict[str, Any]:
    return {
        "positions": _tally(counted.total),
        "levels": [_level(level) for level in counted.levels],
        "texts": [
            {"text": text.ref, "kind": text.kind, "supports": text.supports, "useful": text.useful}
            for text in counted.texts
        ],
    }


def _level(level: LevelTally) -> dict[str, Any]:
    channel = level.channel.value if level.channel else ""
    assurance = level.assurance.value if level.assurance else ""
    return {"channel": channel, "assurance": assurance, **_tally(level.tally)}


def _tally(tally: Tally) -> dict[str, int]:
    return {choice: getattr(tally, choice) for choice in CHOICES}


def _consultation(consultation: Consultation) -> dict[str, Any]:
    return {
        "ref": consultation.ref,
        "slug": consultation.slug,
        "title": consultation.title,
        "language": consultation.language,
        "opens_at": _written(consultation.opens_at),
        "closes_at": None if consultation.is_paused else _written(consultation.closes_at),
        "cancelled_at": _written(consultation.cancelled_at) if consultation.cancelled_at else None,
    }


def _written(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _state(because: Because) -> str:
    return "final" if because is Because.FINAL else "provisional"


def _digest(content: str) -> str:
    return hashlib.sha256(content.encode()).hexdigest()

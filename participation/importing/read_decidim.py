"""What a Decidim export holds, as plain records; a row that can't be understood is reported."""

import html
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TypeVar
from zoneinfo import ZoneInfo

import nh3

from participation.contributions.models import Stance
from participation.foundation import text
from participation.foundation.i18n import gettext as _
from participation.importing.reading import Row, read_table
from participation.importing.report import ImportReport

STANCES = {"1": Stance.FOR, "-1": Stance.AGAINST, "0": Stance.NEUTRAL, "": Stance.NEUTRAL}
EARLIEST_YEAR, LATEST_YEAR = 1990, 2100
_SPACE_BEFORE_ZONE = re.compile(r"(\d) ([+-]\d\d:?\d\d)$")
_MARKUP = re.compile(r"<(p|br|strong|em|ul|ol|li|div|a|h[1-6])\b[^>]*>", re.I)
_ENDS_LINE = re.compile(r"<br\s*/?>|</(p|li|div|h[1-6])>", re.I)
_IN_URL = re.compile(r"/(debates|proposals)/(\d+)")


@dataclass(frozen=True)
class DebateRecord:
    """A debate: it becomes a theme."""

    row: Row
    key: str
    title: str
    description: str
    url: str


@dataclass(frozen=True)
class CommentRecord:
    """A comment; `parent` is `comment:12`, `debate:3` or `proposal:7`, `debate` its root if known."""

    row: Row
    key: str
    body: str
    author: str
    stance: Stance
    created_at: datetime
    parent: str
    debate: str


@dataclass(frozen=True)
class ProposalRecord:
    """A proposal, with its votes as a total: who voted is not in the export."""

    row: Row
    key: str
    category: str
    title: str
    body: str
    votes: int
    comments: int
    created_at: datetime


Record = TypeVar("Record", DebateRecord, CommentRecord, ProposalRecord)


class BadRow(Exception):
    """Why a row was refused."""


def read_debates(path: Path, report: ImportReport) -> list[DebateRecord]:
    """Returns the debates in the order of the file; bad rows go to the report."""
    rows = read_table(path, required=[["id"], ["title"]])
    return _understood(rows, _debate, report)


def read_comments(path: Path, timezone: str, report: ImportReport) -> list[CommentRecord]:
    """Returns the comments in the order of the file; bad rows go to the report."""
    needed = [["id"], ["body"], ["created_at"], ["commentable_id"], ["commentable_type"]]
    rows = read_table(path, required=needed)
    return _understood(rows, lambda row: _comment(row, timezone), report)


def read_proposals(path: Path, timezone: str, report: ImportReport) -> list[ProposalRecord]:
    """Returns the proposals in the order of the file; bad rows go to the report."""
    rows = read_table(path, required=[["id"], ["title"], ["body"], ["created_at"]])
    return _understood(rows, lambda row: _proposal(row, timezone), report)


def _understood(
    rows: Sequence[Row], understand: Callable[[Row], Record], report: ImportReport
) -> list[Record]:
    """Counts every row as read and keeps those that can be understood, each key once."""
    records: list[Record] = []
    keys: set[str] = set()
    for row in rows:
        report.read += 1
        try:
            if not row.is_whole:
                raise BadRow(_("it has not as many values as the header"))
            record = understand(row)
            if record.key in keys:
                raise BadRow(_("its number appears twice"))
        except BadRow as error:
            report.refuse(row.file, row.line, str(error))
            continue
        keys.add(record.key)
        records.append(record)
    return records


def _debate(row: Row) -> DebateRecord:
    title = " ".join(row.get("title").split())
    if not title:
        raise BadRow(_("its title is empty"))
    return DebateRecord(
        row,
        f"debate:{_number(row)}",
        title,
        plain(row.get("description", "description_html")),
        row.get("url"),
    )


def _comment(row: Row, timezone: str) -> CommentRecord:
    kind = row.get("commentable_type").rpartition("::")[2].lower()
    if kind not in ("debate", "comment", "proposal"):
        raise BadRow(_("what it comments on is not known"))
    if row.get("alignment") not in STANCES:
        raise BadRow(_("its side is neither 1, 0 nor -1"))
    return CommentRecord(
        row=row,
        key=f"comment:{_number(row)}",
        body=_text(row),
        author=row.get("author_id", "author_name"),
        stance=STANCES[row.get("alignment")],
        created_at=_moment(row, timezone),
        parent=f"{kind}:{row.get('commentable_id')}",
        debate=_root_of(row, kind),
    )


def _proposal(row: Row, timezone: str) -> ProposalRecord:
    return ProposalRecord(
        row=row,
        key=f"proposal:{_number(row)}",
        category=row.get("category", "category_name"),
        title=" ".join(plain(row.get("title")).split()),
        body=_text(row),
        votes=_count(row, "votes", "supports", "proposal_votes"),
        comments=_count(row, "comments"),
        created_at=_moment(row, timezone),
    )


def plain(words: str) -> str:
    """Returns a text without its markup, its paragraphs kept apart; a text without markup stays as it was."""
    if not _MARKUP.search(words):
        return text.clean(html.unescape(words)) if "&nbsp;" in words else words
    broken = _ENDS_LINE.sub("\n\n", words)
    unmarked = html.unescape(nh3.clean(broken, tags=set())).replace("\u00a0", " ")
    return text.clean(re.sub(r"\n{3,}", "\n\n", re.sub(r"[ \t]+\n", "\n", unmarked)))


def _number(row: Row) -> str:
    number = row.get("id")
    if not (number.isascii() and number.isdigit() and len(number) < 19):
        raise BadRow(_("its number is missing"))
    return number


def _text(row: Row) -> str:
    body = plain(row.get("body"))
    if not body:
        raise BadRow(_("its text is empty"))
    return body


def _moment(row: Row, timezone: str) -> datetime:
    """Returns the moment of a row; one without zone is read on the collectivity's clocks."""
    written = _SPACE_BEFORE_ZONE.sub(r"\1\2", row.get("created_at", "published_at")).replace(" UTC", "+0000")
    try:
        moment = datetime.fromisoformat(written)
    except ValueError:
        raise BadRow(_("its date can’t be understood")) from None
    if not EARLIEST_YEAR <= moment.year <= LATEST_YEAR:
        raise BadRow(_("its date can’t be right"))
    return moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(timezone))


def _count(row: Row, *names: str) -> int:
    written = row.get(*names)
    return int(written) if written.isascii() and written.isdigit() and len(written) < 10 else 0


def _root_of(row: Row, kind: str) -> str:
    """Returns the debate a comment belongs to, as far as its own row tells."""
    if kind == "debate":
        return f"debate:{row.get('commentable_id')}"
    if row.get("root_debate_id"):
        return f"debate:{row.get('root_debate_id')}"
    found = _IN_URL.search(row.get("root_commentable_url"))
    return f"debate:{found[2]}" if found and found[1] == "debates" else ""

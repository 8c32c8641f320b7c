"""Reading the mails that were written as files, newest first."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.errors import MessageError
from pathlib import Path

from participation.foundation.written_mails import mails_folder

LISTED = 50
_ADDRESS = re.compile(r"(https?://\S+)")


@dataclass(frozen=True)
class ReadMail:
    """One mail as its reader sees it; the body in pieces, each with whether it is a link."""

    to: str
    subject: str
    date: datetime | None
    language: str
    pieces: list[tuple[bool, str]]


def latest_mails() -> list[ReadMail]:
    """Returns the last mails written; the name of a file begins with its date."""
    folder = mails_folder()
    files = sorted(folder.glob("*.eml"), reverse=True)[:LISTED] if folder.is_dir() else []
    return [mail for path in files if (mail := _read(path))]


def _read(path: Path) -> ReadMail | None:
    try:
        message = message_from_bytes(path.read_bytes(), policy=policy.default)
        content = message.get_content()
    except (OSError, MessageError, KeyError, LookupError):
        return None
    parts = _ADDRESS.split(str(content))
    return ReadMail(
        to=str(message["To"]),
        subject=str(message["Subject"]),
        date=_written_at(message["Date"]),
        language=str(message["Content-Language"] or "fr"),
        # `split` gives what is between the links at even places, the links at odd ones.
        pieces=[(place % 2 == 1, words) for place, words in enumerate(parts) if words],
    )


def _written_at(header: object) -> datetime | None:
    """Returns the moment of a Date header; one without a zone is in UTC."""
    moment = getattr(header, "datetime", None)
    return moment.replace(tzinfo=UTC) if moment and not moment.tzinfo else moment

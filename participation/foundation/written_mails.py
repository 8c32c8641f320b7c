"""Mails kept as files where no server sends them: read in the demonstration, and forgotten in their turn."""

from collections.abc import Collection
from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from flask import current_app

from participation.foundation import clock
from participation.foundation.references import contribution_reference

KEPT = timedelta(days=30)


def keep(message: EmailMessage) -> None:
    """Writes a mail as a file."""
    folder = mails_folder()
    folder.mkdir(parents=True, exist_ok=True)
    # The moment puts them in order; two workers may write within the same one.
    name = f"{clock.now():%Y%m%dT%H%M%S%f}-{contribution_reference()}.eml"
    part = folder / f".{name}.part"
    part.write_bytes(message.as_bytes())
    part.rename(folder / name)


def mails_folder() -> Path:
    """Returns where mails are kept, under the data folder."""
    return Path(current_app.config["DATA_DIR"]) / "mails"


def forget_old() -> None:
    """Deletes mails written a month ago, and those that a worker which was killed left half written."""
    before = (clock.now() - KEPT).timestamp()
    for path in _files("*.eml", ".*.part"):
        if path.stat().st_mtime < before:
            path.unlink(missing_ok=True)


def forget_sent_to(addresses: Collection[str]) -> None:
    """Deletes the mails of somebody who has left for good, known by their addresses."""
    for path in _files("*.eml"):
        if _reader_of(path) in addresses:
            path.unlink(missing_ok=True)


def _files(*names: str) -> list[Path]:
    folder = mails_folder()
    return [path for name in names for path in folder.glob(name)] if folder.is_dir() else []


def _reader_of(path: Path) -> str:
    return str(message_from_bytes(path.read_bytes(), policy=policy.default)["To"] or "")

"""Files under the data folder: uploaded pictures and scans, whose type is checked, and what is made here."""

import shutil
from collections.abc import Collection
from datetime import datetime
from pathlib import Path

from flask import current_app
from werkzeug.datastructures import FileStorage

from participation.foundation.errors import Invalid
from participation.foundation.i18n import lazy_gettext as _
from participation.foundation.references import contribution_reference, secret_token
from participation.foundation.scan_content import read_scan

LARGEST_PICTURE = 900 * 1024
LARGEST_SCAN = 5 * 1024 * 1024
_SIGNATURES = {".jpg": (b"\xff\xd8\xff",), ".png": (b"\x89PNG\r\n\x1a\n",), ".webp": (b"RIFF",)}


def store_picture(upload: FileStorage, field: str) -> str:
    """Returns the name under which a JPEG, PNG or WebP picture was kept; raises Invalid on anything else."""
    content = upload.stream.read(LARGEST_PICTURE + 1)
    if len(content) > LARGEST_PICTURE:
        raise Invalid(_("The picture is larger than 900 kB. Choose a smaller one."), field)
    ending = _real_ending(content)
    if ending is None:
        raise Invalid(_("Choose a picture in JPEG, PNG or WebP format."), field)
    name = contribution_reference() + ending
    keep_whole(pictures_folder(), name, content)
    return name


def pictures_folder() -> Path:
    """Returns where pictures are kept, under the data folder."""
    return Path(current_app.config["DATA_DIR"]) / "pictures"


def made_folder(*names: str) -> Path:
    """Returns where files that the product makes are kept; names are ours, never a visitor's words."""
    return Path(current_app.config["DATA_DIR"]).joinpath("made", *names)


def keep_whole(folder: Path, name: str, content: bytes) -> None:
    """Writes a file aside and puts it in place: nobody ever reads half of one."""
    folder.mkdir(parents=True, exist_ok=True)
    part = folder / f".{contribution_reference()}.part"
    part.write_bytes(content)
    part.replace(folder / name)


def drop_made(parent: Path, *, but: str) -> None:
    """Deletes every folder of made files under a place but one; those already gone are no matter."""
    for folder in parent.glob("*"):
        if folder.name != but:
            shutil.rmtree(folder, ignore_errors=True)


def _real_ending(content: bytes) -> str | None:
    for ending, signatures in _SIGNATURES.items():
        if content.startswith(signatures) and (ending != ".webp" or content[8:12] == b"WEBP"):
            return ending
    return None


def store_scan(upload: FileStorage, field: str) -> str:
    """Returns the name under which a PDF, PNG or JPEG was kept, away from what the public can ask for.

    Only its content tells what it is; the name it came with is kept nowhere. Raises Invalid otherwise.
    """
    content = upload.stream.read(LARGEST_SCAN + 1)
    # Large ones wait in a temporary file, which ends here.
    upload.close()
    if len(content) > LARGEST_SCAN:
        raise Invalid(_("The scan is larger than 5 MB. Scan it in black and white, or at 150 points."), field)
    found = read_scan(content)
    if found is None:
        raise Invalid(
            _("Choose a scan in PDF, PNG or JPEG format: whole, and a PDF without password."), field
        )
    ending, kept = found
    name = secret_token() + ending
    keep_whole(scans_folder(), name, kept)
    return name


def scans_folder() -> Path:
    """Returns where scans of forms are kept, under the data folder."""
    return Path(current_app.config["DATA_DIR"]) / "scans"


def delete_scan(name: str) -> None:
    """Deletes a scan; one that is gone already is no error."""
    (scans_folder() / Path(name).name).unlink(missing_ok=True)


def delete_lost_scans(known: Collection[str], *, older_than: datetime) -> int:
    """Deletes scans that nothing names, left by a form that was refused; returns how many."""
    folder = scans_folder()
    lost = [
        path
        for path in (folder.iterdir() if folder.is_dir() else ())
        if path.name not in known and path.stat().st_mtime < older_than.timestamp()
    ]
    for path in lost:
        path.unlink(missing_ok=True)
    return len(lost)

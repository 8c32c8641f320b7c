"""Files under the data folder: uploaded pictures, whose real type is checked, and what the product makes."""

import shutil
from pathlib import Path

from flask import current_app
from werkzeug.datastructures import FileStorage

from participation.foundation.errors import Invalid
from participation.foundation.i18n import lazy_gettext as _
from participation.foundation.references import contribution_reference

LARGEST_PICTURE = 900 * 1024
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
    folder = pictures_folder()
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(content)
    return name


def pictures_folder() -> Path:
    """Returns where pictures are kept, under the data folder."""
    return Path(current_app.config["DATA_DIR"]) / "pictures"


def made_folder(*names: str) -> Path:
    """Returns where files that the product makes are kept; names are ours, never a visitor's words."""
    return Path(current_app.config["DATA_DIR"]).joinpath("made", *names)


def keep_made(folder: Path, name: str, content: bytes) -> None:
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

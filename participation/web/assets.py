"""The one style sheet: our sources joined in their order, compressed once, named by their content."""

import gzip
import hashlib
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from flask import Blueprint, Response, abort, request

from participation.web.access import public

STYLES = Path(__file__).parent / "styles"
FOREVER = "public, max-age=31536000, immutable"

blueprint = Blueprint("assets", __name__)


@dataclass(frozen=True)
class StyleSheet:
    """The text of all style sheets, the same compressed, and the digest that names it."""

    css: bytes
    compressed: bytes
    digest: str


@cache
def style_sheet() -> StyleSheet:
    """Returns the joined sheet; read once for the life of the process."""
    names = (STYLES / "ORDER").read_text("utf-8").split()
    css = "\n".join((STYLES / name).read_text("utf-8") for name in names)
    return _named(_without_comments(css))


@cache
def accent_sheet(accent: str, dark_accent: str) -> StyleSheet:
    """Returns the few lines that give a collectivity its own accent, light and dark."""
    dark = f"@media (prefers-color-scheme: dark) {{:root {{--accent: {dark_accent}}}}}"
    return _named(f":root {{--accent: {accent}}}\n{dark}\n")


@blueprint.get("/style-<digest>.css")
@public
def style(digest: str) -> Response:
    """Sends the style sheet to be kept for ever: another content has another name."""
    sheet = style_sheet()
    if digest != sheet.digest:
        abort(404)
    return sent(sheet)


def sent(sheet: StyleSheet) -> Response:
    """Returns a sheet as an answer, compressed for whoever takes it so."""
    headers = {"Cache-Control": FOREVER, "Vary": "Accept-Encoding"}
    if request.accept_encodings["gzip"]:
        return Response(
            sheet.compressed, mimetype="text/css", headers={**headers, "Content-Encoding": "gzip"}
        )
    return Response(sheet.css, mimetype="text/css", headers=headers)


def _named(css: str) -> StyleSheet:
    content = css.encode()
    return StyleSheet(content, gzip.compress(content, 9, mtime=0), hashlib.sha256(content).hexdigest()[:12])


def _without_comments(css: str) -> str:
    lines = (line.strip() for line in re.sub(r"/\*.*?\*/", "", css, flags=re.S).splitlines())
    return "\n".join(line for line in lines if line)

"""Somewhere a form can no longer be sent because somebody was quicker: the text is shown, never dropped."""

from collections.abc import Collection

from flask import redirect, render_template
from flask.typing import ResponseReturnValue

from participation.foundation import text
from participation.web.kept_text import Kept, kept_text


def kept_beside(*known: str) -> Kept | None:
    """Returns what was typed; None when it is nothing else than what was recorded before."""
    kept = kept_text()
    return None if kept is None or _says_only(kept, known) else kept


def moved_on(url: str, sentence: str, *known: str) -> ResponseReturnValue:
    """Goes to another page; when a text was typed meanwhile, shows it to be copied first."""
    kept = kept_beside(*known)
    if kept is None:
        return redirect(url)
    return render_template("web/moved_on.html", kept=kept, sentence=sentence, url=url), 409


def _says_only(kept: Kept, known: Collection[str]) -> bool:
    return all(text.clean(one.words) in known for one in kept.typed)

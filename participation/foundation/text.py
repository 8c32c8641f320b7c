"""Words: slugs, excerpts, what a person typed cleaned."""

import re
import unicodedata

# Everything below a space but the line break and the tabulation, and halves of characters, which JSON can
# hold: databases and readers choke on them.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")

# Letters and signs that are drawn as nothing: fillers of Hangul, the empty pattern of Braille.
_BLANK = "\u115f\u1160\u2800\u3164\uffa0"

# Those that break a line: a no-break space before «:» or «?» stays one.
_SPACES = re.compile(r"[ \t\r\n\f\v]+")


def slugify(words: str, longest: int = 80) -> str:
    """Returns lower-case ASCII words joined by hyphens, «sans-titre» when nothing is left."""
    plain = unicodedata.normalize("NFKD", words.replace("œ", "oe").replace("æ", "ae"))
    plain = plain.encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    return slug[:longest].rstrip("-") or "sans-titre"


def excerpt(words: str, longest: int = 160) -> str:
    """Returns the beginning, cut between words, with an ellipsis when something was left out."""
    flat = _SPACES.sub(" ", words).strip()
    if len(flat) <= longest:
        return flat
    return flat[:longest].rsplit(" ", 1)[0].rstrip(" \u00a0\u202f,;:.") + "…"


def clean(words: str) -> str:
    """Returns what a person typed with plain line breaks, without control characters, trimmed.

    What nobody can see is nothing: a reason that is asked for isn't given by a zero-width space.
    """
    unix = words.replace("\r\n", "\n").replace("\r", "\n")
    kept = _CONTROL.sub("", unix).strip()
    return "" if all(_is_invisible(one) for one in kept) else kept


def _is_invisible(character: str) -> bool:
    return character in _BLANK or unicodedata.category(character) in ("Cc", "Cf", "Zl", "Zp", "Zs")

"""Words: slugs, excerpts, what a person typed cleaned."""

import re
import unicodedata

from participation.foundation import direction, marks

_BREAKS = re.compile("\r\n|[\r\x85\u2028\u2029]")
# Everything below a space but the line break and the tabulation, what is no character, halves of characters,
# which JSON can hold, and letters of tags, which hide words; those that draw a flag stay.
_CONTROL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff\U0010fffe\U0010ffff]"
    "|(?<![\U0001f3f4\U000e0020-\U000e007e])[\U000e0000-\U000e007f]+"
)

# Letters and signs that are drawn as nothing: fillers of Hangul, the empty pattern of Braille, the grapheme
# joiner, vowels of Khmer that are not written, variation selectors.
_BLANK = "\u115f\u1160\u2800\u3164\uffa0\u034f\u17b4\u17b5\u180b\u180c\u180d" + "".join(
    map(chr, range(0xFE00, 0xFE10))
)

# No language stacks more marks on one letter; more is meant to cover the lines above.
MARKS_IN_TEXT = 20
MARKS_IN_NAMES = 8

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

    Marks that pile up are cut, and a direction of writing ends with its line.

    What nobody can see is nothing: a reason that is asked for isn't given by a zero-width space.
    """
    kept = marks.at_most(readable(words).strip(), MARKS_IN_TEXT)
    return "" if all(_is_invisible(one) for one in kept) else direction.closed(kept)


def name_of(words: str) -> str:
    """Returns a name on one line, without signs that turn the direction of writing or are not seen."""
    seen = direction.without(words).replace("\u200b", "").replace("\u2060", "").replace("\ufeff", "")
    return _SPACES.sub(" ", seen).strip()


def readable(words: str) -> str:
    """Returns what a person typed with plain line breaks, without control characters, outer spaces kept."""
    return _CONTROL.sub("", _BREAKS.sub("\n", words))


def _is_invisible(character: str) -> bool:
    return character in _BLANK or unicodedata.category(character) in ("Cc", "Cf", "Zl", "Zp", "Zs")

"""A text cut into words as French writes them: what a comparison keeps whole."""

import re

# Spaces that hold together: between the figures of a number, before «:» or «%», after «”».
_HELD = "\u00a0\u202f"
_MARKS = "\u0300-\u036f\u200d\ufe00-\ufe0f\u20e3\U0001f3fb-\U0001f3ff"
_WORD = rf"\w[\w{_MARKS}]*(?:[’'‑-]\w[\w{_MARKS}]*)*[’']?"
_FIGURE = rf"\d+(?:[.,:/-]\d+)*(?:[ {_HELD}]\d{{3}}(?!\d)(?:,\d+)?)*"
_HELD_WORDS = rf"(?:{_FIGURE}|{_WORD})(?:[{_HELD}](?:{_FIGURE}|{_WORD}|[%€°]))*"

_TOKEN = re.compile(
    rf"""
    \n                                    # the end of a line
    | [^\S\n{_HELD}]+                     # ordinary spaces
    | {_HELD_WORDS}                         # «aujourd’hui», «12 000 €», «18 h 30»
    | «[{_HELD}]?
    | [{_HELD}]?[:;!?»%]                  # with the no-break space before it
    | [^\w\s][{_MARKS}]*(?:(?<=\u200d)[^\w\s][{_MARKS}]*)*   # any other sign, with what is put on it
    | .
    """,
    re.VERBOSE | re.DOTALL,
)


def tokens_of(text: str) -> list[str]:
    """Returns words, signs and spaces; joined, they are the text again."""
    return _TOKEN.findall(text)


def is_word(token: str) -> bool:
    """Tells whether something of it is read aloud, rather than a space or a sign."""
    return any(sign.isalnum() for sign in token)


def paragraphs_of(text: str) -> list[str]:
    """Returns the lines, each with its end; joined, they are the text again."""
    return re.findall(r"[^\n]*\n|[^\n]+", text)

"""Signs that turn the direction of writing (UAX #9): closed in texts, taken out of names."""

import re

_OPENING = "\u202a\u202b\u202d\u202e"
_CLOSING = "\u202c"
_ISOLATING = "\u2066\u2067\u2068"
_RELEASING = "\u2069"
_ANY = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def closed(words: str) -> str:
    """Returns words in which every direction that a line opens ends with it: nothing after it turns."""
    if _ANY.search(words) is None:
        return words
    return "\n".join(_closed(line) for line in words.split("\n"))


def without(words: str) -> str:
    """Returns words without any such sign: a name says nothing about the letters around it."""
    return _ANY.sub("", words)


def _closed(line: str) -> str:
    open_ones: list[str] = []
    for one in line:
        if one in _OPENING:
            open_ones.append(_CLOSING)
        elif one in _ISOLATING:
            open_ones.append(_RELEASING)
        elif one == _CLOSING and open_ones and open_ones[-1] == _CLOSING:
            open_ones.pop()
        elif one == _RELEASING and _RELEASING in open_ones:
            while open_ones.pop() != _RELEASING:
                pass
    return line + "".join(reversed(open_ones))

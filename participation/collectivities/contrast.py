"""Whether a colour can be read: contrast after WCAG 2.2, on both papers and under the text of buttons."""

import re

from participation.collectivities.site import dark_accent

LEAST = 4.5
# The tokens of web/styles/tokens.css on which an accent is written, and the ink written on it.
LIGHT_GROUNDS = ("#FBF9F6", "#F3EEE6", "#FFFFFF")
DARK_GROUNDS = ("#17141A", "#221D26", "#2B0A1E")


def is_colour(words: str) -> bool:
    """Tells whether this is a colour written as #RRGGBB."""
    return re.fullmatch(r"#[0-9A-Fa-f]{6}", words) is not None


def weakest_contrast(accent: str) -> float:
    """Returns the lowest contrast this accent would give anywhere, from 1 to 21, dark pages included."""
    light = [contrast(accent, ground) for ground in LIGHT_GROUNDS]
    dark = [contrast(dark_accent(accent), ground) for ground in DARK_GROUNDS]
    return min(light + dark)


def contrast(one: str, other: str) -> float:
    """Returns the contrast between two colours (WCAG 2.2, relative luminance)."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    parts = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue

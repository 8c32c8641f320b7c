"""Words reduced to what the eye reads: two that look alike have the same skeleton (UTS #39, section 4).

The letters are our choice from `confusables.txt` of Unicode 16 (Cyrillic, Greek, Armenian, Latin and figures
that pass for Latin letters), besides what NFKD undoes: accents, full width, mathematical and circled letters.
Both sides are reduced, so a wrong guess makes two words alike, never a word lost.
"""

import re
import unicodedata

_ALIKE = {
    "a": "аαɑᴀа4@",
    "b": "ЬьвВβϐʙɓ",
    "c": "сϲᴄςҫ",
    "d": "ԁɗᴅժ",
    "e": "еєҽεᴇɛэ3",
    "f": "ғƒſքꜰ",
    "g": "ɡցԍɢ9",
    "h": "һнНհʜΗη",
    "i": "іΙιɩıɪӏ1lłІǀ|!ⅼℓɭӀљїj",
    "k": "кκҝᴋ",
    "m": "мΜᴍϻ",
    "n": "пոɴռицй",
    "o": "оοσөᴏօөо0øθѳ",
    "p": "рρϱᴘþ",
    "q": "ԛզգ",
    "r": "гʀɾɼяᴦ",
    "s": "ѕꜱʂ5$",
    "t": "тτᴛŧ7",
    "u": "υսᴜʋц",
    "v": "νѵᴠ",
    "w": "ѡԝɯωшᴡ",
    "x": "хχҳ",
    "y": "уүγʏყ",
    "z": "ᴢʐζ2",
}
_ONE = {ord(alike): letter for letter, several in _ALIKE.items() for alike in several.casefold()}
# Pairs that pass for one letter, and ligatures written out.
_PAIRS = (("rn", "m"), ("vv", "w"), ("œ", "oe"), ("æ", "ae"))
_NO_WORD = re.compile(r"[^a-z]+")


def skeleton(words: str) -> list[str]:
    """Returns the words as the eye reads them, without case, accents, figures' tricks or invisible signs."""
    plain = "".join(one for one in unicodedata.normalize("NFKD", words) if _is_drawn(one)).casefold()
    for pair, letter in (*_PAIRS[2:],):
        plain = plain.replace(pair, letter)
    latin = plain.translate(_ONE)
    for pair, letter in _PAIRS[:2]:
        latin = latin.replace(pair, letter)
    return [word for word in _NO_WORD.split(latin) if word]


def _is_drawn(character: str) -> bool:
    return unicodedata.category(character) not in ("Mn", "Me", "Cf", "Cc")

"""Hints on the wording of an answer: what a resident may stumble over, and what to do about it.

They never refuse anything and give no mark. A word is what stands between two spaces, as French word counters
do: «l’annonce» is one, a lone «:» is none.
"""

import enum
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from participation.foundation.i18n import lazy_gettext as _
from participation.projects.dossier.glossary import Term

LONGEST_SENTENCE = 25
LONGEST_PARAGRAPH = 100
MOST_HINTS = 12
# Known to everybody who reads a town's letters, or part of a number.
PLAIN_ABBREVIATIONS = frozenset(
    {"IA", "AI", "UE", "EU", "SMS", "PDF", "TV", "HT", "TTC", "OK", "SA", "QR", "II", "III", "IV", "VI", "XX"}
)

_SENTENCE_END = re.compile(r"(?<=[.!?…])[»”\")\u00a0\u202f ]*\s+(?=[«“\"(\dA-ZÀ-Ý–-])|\n+")
_TOO_EARLY = re.compile(r"(?:\b(?:art|al|p|n°|M|Mme|env|cf|ex|etc)|\b[A-Z])\.$", re.I)
_WORD = re.compile(r"\w")
_TOKEN = re.compile(r"\w+", re.U)
_ABBREVIATION = re.compile(r"\b[A-ZÀ-Ý][A-ZÀ-Ý0-9]{1,7}\b")
_FIGURE = re.compile(
    r"\d[\d\u00a0\u202f  .,]*(?:%|€|euros?\b|kWh\b|Wh\b|tonnes?\b|fois\b|(?:mille|millions?|milliards?)\b)"
    r"|\b\d+\s+(?:sur|out of)\s+\d+\b"
)
_SOURCED = re.compile(
    r"selon|estim|d[’']après|source|mesur|relev|compt[ée]|devis|rapport|étude|enquête|délibération|marché"
    r"|budget \d{4}|according|measured|counted|quote|report|study|survey|https?://",
    re.I,
)
_PASSIVE = re.compile(
    r"\b(?:est|sont|était|étaient|sera|seront|serait|seraient|été|être)\s+(?:\w+ment\s+)?"
    r"\w+(?:é|i|u|is|it|ert)e?s?\s+par\b|\b(?:is|are|was|were|be|been)\s+\w+(?:ed|en)\s+by\b",
    re.I,
)
_NEGATION = re.compile(r"\b(?:ne|n[’']\w+)\b|\bnot\b|n’t\b", re.I)


class HintKind(enum.StrEnum):
    """What is pointed at."""

    LONG_SENTENCE = "long_sentence"
    LONG_PARAGRAPH = "long_paragraph"
    ABBREVIATION = "abbreviation"
    JARGON = "jargon"
    FIGURE = "figure"
    PASSIVE = "passive"
    NEGATION = "negation"


@dataclass(frozen=True)
class Hint:
    """The passage, in the words of the text, and what to do about it; `term` when the glossary has it."""

    kind: HintKind
    passage: str
    advice: object
    term: Term | None = None


def hints_on(
    text: str,
    *,
    jargon: Sequence[tuple[Term, Sequence[str]]] = (),
    has_sourced_figures: bool = False,
) -> list[Hint]:
    """Returns what could be said more plainly, in the order of the kinds, at most twelve.

    `has_sourced_figures`: the answer lists its figures with their sources beside the text.
    """
    found = [
        *_sentences_too_long(text),
        *_paragraphs_too_long(text),
        *_abbreviations(text),
        *_jargon_in(text, jargon),
        *(() if has_sourced_figures else _figures_alone(text)),
        *_passives(text),
        *_double_negations(text),
    ]
    return found[:MOST_HINTS]


def words_in(text: str) -> int:
    """Counts words as French word counters do: what stands between two spaces and holds a letter or a digit.

    A no-break space inside a number or before a «%» separates nothing.
    """
    return sum(1 for piece in re.split(r"[ \t\r\n\f\v]+", text) if _WORD.search(piece))


def sentences_of(text: str) -> list[str]:
    """Returns the sentences of a text; each line of a list is one, «art. 5» and «M. Dupont» end none."""
    sentences: list[str] = []
    for piece in _SENTENCE_END.split(text):
        piece = piece.strip(" \t•–-")
        if sentences and _TOO_EARLY.search(sentences[-1]) and piece:
            sentences[-1] = f"{sentences[-1]} {piece}"
        elif piece:
            sentences.append(piece)
    return sentences


def _sentences_too_long(text: str) -> Iterator[Hint]:
    for sentence in sentences_of(text):
        count = words_in(sentence)
        if count > LONGEST_SENTENCE:
            advice = _("This sentence has %(count)s words: cut it in two, one idea in each.", count=count)
            yield Hint(HintKind.LONG_SENTENCE, sentence, advice)


def _paragraphs_too_long(text: str) -> Iterator[Hint]:
    for paragraph in re.split(r"\n\s*\n", text):
        count = words_in(paragraph)
        if count > LONGEST_PARAGRAPH:
            advice = _(
                "This paragraph has %(count)s words: leave an empty line where the subject changes.",
                count=count,
            )
            yield Hint(HintKind.LONG_PARAGRAPH, paragraph.strip(), advice)


def _abbreviations(text: str) -> Iterator[Hint]:
    if text.isupper():
        return
    for short in dict.fromkeys(_ABBREVIATION.findall(text)):
        if short in PLAIN_ABBREVIATIONS or short.isdigit() or _is_spelt_out(short, text):
            continue
        yield Hint(
            HintKind.ABBREVIATION,
            short,
            _("Not everybody knows this abbreviation: write it out the first time, the letters in brackets."),
        )


def _is_spelt_out(short: str, text: str) -> bool:
    """Tells whether it stands in brackets after its words, or its words in brackets after it."""
    letters = re.escape(short)
    return bool(re.search(rf"\w+\s*\({letters}\)|\b{letters}\s*\(\w+[\s’'-]\w+", text))


def _jargon_in(text: str, jargon: Sequence[tuple[Term, Sequence[str]]]) -> Iterator[Hint]:
    tokens = [(match.group(), match.start(), match.end()) for match in _TOKEN.finditer(text)]
    plain = [_plain(word) for word, _start, _end in tokens]
    for term, spellings in jargon:
        for spelling in spellings:
            looked_for = [_plain(word) for word in _TOKEN.findall(spelling)]
            place = _place_of(looked_for, plain)
            if place is not None:
                passage = text[tokens[place][1] : tokens[place + len(looked_for) - 1][2]]
                advice = _("A word of specialists: say it in everyday words, or explain it here.")
                yield Hint(HintKind.JARGON, passage, advice, term)
                break


def _place_of(looked_for: Sequence[str], words: Sequence[str]) -> int | None:
    length = len(looked_for)
    return next((at for at in range(len(words) - length + 1) if words[at : at + length] == looked_for), None)


def _plain(word: str) -> str:
    """Returns a word without case, accents and the mark of the plural: «Modèles» and «modele» are one."""
    letters = unicodedata.normalize("NFKD", word.casefold().replace("œ", "oe"))
    letters = "".join(letter for letter in letters if not unicodedata.combining(letter))
    if len(letters) > 4 and letters.endswith("aux"):
        return letters[:-3] + "al"
    return letters[:-1] if len(letters) > 3 and letters[-1] in "sx" else letters


def _figures_alone(text: str) -> Iterator[Hint]:
    for sentence in sentences_of(text):
        figure = _FIGURE.search(sentence)
        if figure and not _SOURCED.search(sentence):
            yield Hint(
                HintKind.FIGURE,
                figure.group().strip(),
                _("Say where this figure comes from and of when it is; what it is compared with, too."),
            )


def _passives(text: str) -> Iterator[Hint]:
    for passive in _PASSIVE.finditer(text):
        yield Hint(HintKind.PASSIVE, passive.group(), _("Begin with who does it: it reads more easily."))


def _double_negations(text: str) -> Iterator[Hint]:
    for sentence in sentences_of(text):
        if len(_NEGATION.findall(sentence)) > 1 and words_in(sentence) <= LONGEST_SENTENCE:
            yield Hint(
                HintKind.NEGATION, sentence, _("Two negations in one sentence: say what is, not what isn’t.")
            )

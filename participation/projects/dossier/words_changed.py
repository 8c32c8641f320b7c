"""The difference between two texts, word by word, paragraph by paragraph, as a person would tell it.

What stays and what was taken out, joined, is the old text; what stays and what was added, the new one. The
cost is bounded (see `aligning`): two texts of ten thousand words with nothing in common take no longer.
"""

import enum
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from participation.projects.dossier.aligning import kept_runs
from participation.projects.dossier.tokens import is_word, paragraphs_of, tokens_of

# Two paragraphs that share so much of their words are one that was rewritten, not two; so are two of which
# the longer one holds almost all the words of the other.
LIKE = 0.4
HELD = 0.8
FEW_WORDS = 4
# Among so many pairs, the paragraphs that answer each other are looked for.
MOST_PAIRS = 900
# One small word that stays between two changes: read on, rather than stopped at.
SMALL_WORD = 3
# How many words are shown on each side of a change, and how many it takes to fold the rest.
BESIDE = 14
WORTH_FOLDING = 20


class Fate(enum.StrEnum):
    """What became of a passage; a folded one stays, and is only shown when it is asked for."""

    KEPT = "kept"
    REMOVED = "removed"
    ADDED = "added"
    FOLDED = "folded"


@dataclass(frozen=True)
class Piece:
    """A passage and what became of it."""

    fate: Fate
    text: str

    @property
    def word_count(self) -> int:
        """Returns how many words it has."""
        return sum(map(is_word, tokens_of(self.text)))

    @property
    def is_blank(self) -> bool:
        """Tells whether nothing of it can be seen: only spaces and ends of lines."""
        return not self.text.strip()


def words_changed(before: str, after: str) -> list[Piece]:
    """Returns the passages of both texts in the order they are read, none of them empty."""
    return _readable(_compared(paragraphs_of(before), paragraphs_of(after)))


def folded(pieces: Iterable[Piece], beside: int = BESIDE) -> list[Piece]:
    """Returns the same passages, the middle of each long one that stays set apart as folded."""
    whole = list(pieces)
    last = len(whole) - 1
    return [
        part
        for place, piece in enumerate(whole)
        for part in _folded(piece, beside if place else 0, beside if place < last else 0)
    ]


def _compared(before: list[str], after: list[str]) -> Iterator[Piece]:
    """Yields whole paragraphs that stay, and what happened between them."""
    reached = 0, 0
    for run in kept_runs(before, after):
        yield from _rewritten(before[reached[0] : run.before], after[reached[1] : run.after])
        yield Piece(Fate.KEPT, "".join(before[run.before : run.before + run.length]))
        reached = run.before + run.length, run.after + run.length
    yield from _rewritten(before[reached[0] :], after[reached[1] :])


def _rewritten(before: list[str], after: list[str]) -> Iterator[Piece]:
    """Yields what happened to paragraphs none of which stays as it was."""
    if len(before) * len(after) > MOST_PAIRS:
        yield from _words_compared("".join(before), "".join(after))
        return
    reached = 0, 0
    for old, new in [*_answering(before, after), (len(before), len(after))]:
        yield Piece(Fate.REMOVED, "".join(before[reached[0] : old]))
        yield Piece(Fate.ADDED, "".join(after[reached[1] : new]))
        if old < len(before):
            yield from _words_compared(before[old], after[new])
        reached = old + 1, new + 1


def _answering(before: list[str], after: list[str]) -> list[tuple[int, int]]:
    """Returns the pairs of paragraphs that say the same otherwise, in order, together as alike as can be."""
    bags = [[Counter(filter(is_word, tokens_of(one))) for one in side] for side in (before, after)]
    # best[i][j]: the likeness of the best pairs among the paragraphs from i and from j on.
    best = [[0.0] * (len(after) + 1) for _one in range(len(before) + 1)]
    for i in reversed(range(len(before))):
        for j in reversed(range(len(after))):
            paired = _likeness(bags[0][i], bags[1][j])
            together = paired + best[i + 1][j + 1] if paired >= LIKE else 0.0
            best[i][j] = max(best[i + 1][j], best[i][j + 1], together)
    return list(_pairs(best))


def _pairs(best: list[list[float]]) -> Iterator[tuple[int, int]]:
    i = j = 0
    while best[i][j]:
        if best[i][j] == best[i + 1][j]:
            i += 1
        elif best[i][j] == best[i][j + 1]:
            j += 1
        else:
            yield i, j
            i, j = i + 1, j + 1


def _likeness(before: Counter[str], after: Counter[str]) -> float:
    """Returns the share of words in common, from 0 to 1; without any word, 1."""
    total, shorter = before.total() + after.total(), min(before.total(), after.total())
    shared = (before & after).total()
    if shorter >= FEW_WORDS and shared / shorter >= HELD:
        return shared / shorter
    return 2 * shared / total if total else 1.0


def _words_compared(before: str, after: str) -> Iterator[Piece]:
    old, new = tokens_of(before), tokens_of(after)
    reached = 0, 0
    for run in kept_runs(old, new):
        yield Piece(Fate.REMOVED, "".join(old[reached[0] : run.before]))
        yield Piece(Fate.ADDED, "".join(new[reached[1] : run.after]))
        yield Piece(Fate.KEPT, "".join(old[run.before : run.before + run.length]))
        reached = run.before + run.length, run.after + run.length
    yield Piece(Fate.REMOVED, "".join(old[reached[0] :]))
    yield Piece(Fate.ADDED, "".join(new[reached[1] :]))


def _readable(pieces: Iterable[Piece]) -> list[Piece]:
    """Joins changes that only a space, a sign or one small word parts; what was taken out comes first."""
    told: list[Piece] = []
    removed = added = between = ""
    for piece in pieces:
        if piece.fate is Fate.REMOVED and piece.text:
            removed, added, between = removed + between + piece.text, added + between, ""
        elif piece.fate is Fate.ADDED and piece.text:
            removed, added, between = removed + between, added + between + piece.text, ""
        elif piece.fate is Fate.KEPT:
            between += piece.text
            if not (removed or added) or not _is_small(between):
                told += _changed(removed, added, between)
                removed = added = between = ""
    told += _changed(removed, added, between)
    return _joined(told)


def _is_small(text: str) -> bool:
    words = [token for token in tokens_of(text) if is_word(token)]
    return "\n" not in text and len(words) <= 1 and all(len(word) <= SMALL_WORD for word in words)


def _changed(removed: str, added: str, kept: str) -> list[Piece]:
    told = [Piece(Fate.REMOVED, removed), Piece(Fate.ADDED, added), Piece(Fate.KEPT, kept)]
    return [piece for piece in told if piece.text]


def _joined(pieces: list[Piece]) -> list[Piece]:
    joined: list[Piece] = []
    for piece in pieces:
        if joined and joined[-1].fate is piece.fate:
            joined[-1] = Piece(piece.fate, joined[-1].text + piece.text)
        else:
            joined.append(piece)
    return joined


def _folded(piece: Piece, begins: int, ends: int) -> list[Piece]:
    tokens = tokens_of(piece.text)
    words = [place for place, token in enumerate(tokens) if is_word(token)]
    if piece.fate is not Fate.KEPT or len(words) < begins + ends + WORTH_FOLDING:
        return [piece]
    first = words[begins] if begins else 0
    last = words[-ends] if ends else len(tokens)
    cut = tokens[:first], tokens[first:last], tokens[last:]
    fates = Fate.KEPT, Fate.FOLDED, Fate.KEPT
    return [Piece(fate, "".join(part)) for fate, part in zip(fates, cut, strict=True) if part]

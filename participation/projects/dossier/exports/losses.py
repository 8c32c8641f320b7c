"""What a format can't hold of our dossier, computed from what each of its attributes takes."""

import enum
from collections.abc import Iterable
from dataclasses import dataclass

from participation.foundation.i18n import lazy_gettext as _
from participation.foundation.i18n import lazy_pgettext
from participation.projects.dossier.exports.format import Format, Piece
from participation.projects.dossier.exports.record import STATUSES
from participation.projects.dossier.field import Field
from participation.projects.dossier.fields import FIELDS


class Kind(enum.StrEnum):
    """How a field is lost, the worst first; a field may be lost in several ways."""

    ABSENT = "absent"  # nothing of it
    PARTLY = "partly"  # some of its parts have no place
    SHORTENED = "shortened"  # the standard takes fewer characters
    COARSER = "coarser"  # the closed list of the standard has fewer values
    JOINED = "joined"  # in one text with other fields
    IN_WORDS = "in_words"  # its choice, parts, rows or figures become sentences


KINDS: dict[Kind, object] = {
    Kind.ABSENT: lazy_pgettext("fields", "Left out"),
    Kind.PARTLY: _("Only partly held"),
    Kind.SHORTENED: lazy_pgettext("fields", "Cut short"),
    Kind.COARSER: _("In a list with fewer choices"),
    Kind.JOINED: _("Put into one text with other fields"),
    Kind.IN_WORDS: _("Choices, rows, figures or parts turned into sentences"),
}

# What stands beside the sixty fields; only our own format holds it as data.
BESIDE: tuple[object, ...] = (
    _("for each answer, who gave it, when, and who vouches for it (the service, the supplier, an audit)"),
    _("who will answer what isn’t known yet, and when, as data"),
    _("the earlier versions with their reasons"),
    _("what happened elsewhere"),
    _("what the project says of the charter of the public body"),
)


@dataclass(frozen=True)
class Loss:
    """One field that a format doesn't hold as we do, and what of it has no place."""

    field: Field
    kind: Kind
    missing: tuple[object, ...] = ()


def losses_of(one: Format) -> list[Loss]:
    """Returns what a format loses, in the order of the fields; empty for our own."""
    if one.is_whole:
        return []
    return [loss for field in FIELDS for loss in _losses(field, one)]


def losses_by_kind(one: Format) -> dict[Kind, list[Loss]]:
    """Returns the same by the way they are lost, without the ways nothing is lost in."""
    found = losses_of(one)
    by_kind = {kind: [loss for loss in found if loss.kind is kind] for kind in Kind}
    return {kind: losses for kind, losses in by_kind.items() if losses}


def held_count(one: Format) -> int:
    """Returns how many of the fields have a place in a format."""
    return len(FIELDS) - sum(loss.kind is Kind.ABSENT for loss in losses_of(one))


def _losses(field: Field, one: Format) -> Iterable[Loss]:
    pieces = [
        piece for source in one.all_sources.values() for piece in source.pieces if piece.field == field.name
    ]
    if not pieces:
        yield Loss(field, Kind.ABSENT)
        return
    if not any(piece.is_whole for piece in pieces):
        missing = tuple(_missing(field, pieces))
        if missing:
            yield Loss(field, Kind.PARTLY, missing)
    if any(piece.limit for piece in pieces):
        yield Loss(field, Kind.SHORTENED)
    if any(_is_coarser(field, piece) for piece in pieces):
        yield Loss(field, Kind.COARSER)
    if _is_joined(field, one):
        yield Loss(field, Kind.JOINED)
    if any(piece.is_whole for piece in pieces) and _has_structure(field):
        yield Loss(field, Kind.IN_WORDS)


def _has_structure(field: Field) -> bool:
    return bool(field.choices or field.parts or field.rows or field.has_figures)


def _missing(field: Field, pieces: list[Piece]) -> Iterable[object]:
    """Yields the words of what none of the pieces takes."""
    if not field.is_written:
        if any(piece.is_sentences for piece in pieces):
            yield _("all but its title and reasons")
        return
    if not any(piece.is_sentences for piece in pieces):
        yield lazy_pgettext("dossier", "sentences")
    if field.choices and all(piece.codes is None or piece.part for piece in pieces):
        yield lazy_pgettext("dossier", "choice in the list")
    taken = {piece.part for piece in pieces}
    yield from (part.label for part in field.parts if part.name not in taken)
    columns = {piece.column for piece in pieces}
    yield from (part.label for part in field.rows if part.name not in columns)
    if field.has_figures:
        yield lazy_pgettext("dossier", "figures")


def _is_coarser(field: Field, piece: Piece) -> bool:
    if piece.codes is None:
        return False
    ours = _ours(field, piece)
    return len({piece.codes.get(value) for value in ours} - {None}) < len(ours)


def _ours(field: Field, piece: Piece) -> set[str]:
    if piece.part:
        return set(next(part.choices for part in field.parts if part.name == piece.part))
    return set(STATUSES) if field.name == "status" else set(field.choices)


def _is_joined(field: Field, one: Format) -> bool:
    return any(
        len({piece.field for piece in source.pieces}) > 1
        for source in one.all_sources.values()
        if any(piece.field == field.name and piece.is_whole for piece in source.pieces)
    )

"""What changed between two published versions of a dossier."""

from dataclasses import dataclass

from participation.projects.dossier.fields import FIELDS
from participation.projects.dossier.published import Answer, Point, PublishedDossier


@dataclass(frozen=True)
class Change:
    """What one field or point said before and says now; empty when it was not there."""

    label: object
    before: str
    after: str


def changes_between(before: PublishedDossier, after: PublishedDossier) -> list[Change]:
    """Returns the fields that changed, in their order, then the points that can change or are decided."""
    fields = [
        Change(one.label, _words(before.answers.get(one.name)), _words(after.answers.get(one.name)))
        for one in FIELDS
        if one.is_written
    ]
    old, new = _by_key(before), _by_key(after)
    label = next(one.label for one in FIELDS if one.name == "open_questions")
    points = [Change(label, _point(old.get(key)), _point(new.get(key))) for key in {**old, **new}]
    return [change for change in [*fields, *points] if change.before != change.after]


def _words(answer: Answer | None) -> str:
    return answer.words if answer else ""


def _by_key(dossier: PublishedDossier) -> dict[str, Point]:
    return {point.key: point for point in dossier.points}


def _point(point: Point | None) -> str:
    return "\n".join(part for part in (point.text, point.options, point.source) if part) if point else ""

"""How many comments were written on each thing of a project, for pages that lead to them."""

from functools import cache

import sqlalchemy as sa

from participation.contributions.models import Contribution, Kind, Visibility
from participation.foundation.database import db
from participation.projects.models import OpenPoint


class Commented:
    """The comments of one consultation by what they are about, questions to the service left aside."""

    def __init__(self, counts: dict[str, int]) -> None:
        self._counts = counts

    def about(self, subject: str) -> int:
        """Returns how many are on one subject: `field:budget`, `point:annonce`."""
        return self._counts.get(subject, 0)


def commented_in(consultation_id: int | None) -> Commented:
    """Returns the counts of published comments of a consultation, in one statement; none without one."""
    if consultation_id is None:
        return Commented({})
    counts: dict[str, int] = {}
    for field, key, total in db.session.execute(_counted(), {"consultation": consultation_id}):
        subject = f"point:{key}" if key else f"field:{field}"
        counts[subject] = counts.get(subject, 0) + total
    return Commented(counts)


@cache
def _counted() -> sa.Select[str | None, str, int]:
    is_about_something = sa.or_(
        Contribution.dossier_field.is_not(None), Contribution.open_point_id.is_not(None)
    )
    return (
        sa.select(Contribution.dossier_field, OpenPoint.key, sa.func.count())
        .outerjoin(OpenPoint, OpenPoint.id == Contribution.open_point_id)
        .where(
            Contribution.consultation_id == sa.bindparam("consultation", type_=sa.Integer()),
            Contribution.visibility == Visibility.PUBLISHED,
            Contribution.parent_id.is_(None),
            Contribution.kind != Kind.SERVICE_QUESTION,
            is_about_something,
        )
        .group_by(Contribution.dossier_field, OpenPoint.key)
    )

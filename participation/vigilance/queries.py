"""Reading series, networks that are known, and how many positions come from flagged participants."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from participation.collectivities.models import Collectivity
from participation.consultations.models import Assurance, Channel, Consultation, Participant
from participation.contributions.models import Position
from participation.contributions.queries import LevelTally
from participation.foundation.database import db
from participation.projects.models import Project
from participation.vigilance.models import KnownNetwork, SeriesMember, SuspectSeries, Verdict

PAGE_SIZE = 20
Level = tuple[Channel, Assurance]
_NOT_HARMLESS = SuspectSeries.verdict.is_distinct_from(Verdict.HARMLESS)


@dataclass(frozen=True)
class Found:
    """A series, and how many participants are in it."""

    series: SuspectSeries
    participants: int


def flagged_counts(consultation_id: int) -> dict[Level, int]:
    """Returns how many positions of each channel and level come from flagged series; none: absent.

    They count in every figure like the others: this only says how many of them somebody should look at.
    """
    flagged = (
        sa.select(counted_as())
        .join(SeriesMember, SeriesMember.participant_id == Participant.id)
        .join(SuspectSeries, SuspectSeries.id == SeriesMember.series_id)
        .where(SuspectSeries.consultation_id == consultation_id, _NOT_HARMLESS)
    )
    counted = (
        sa.select(Participant.channel, Participant.assurance, sa.func.count(Position.id))
        .join(Participant, Participant.id == Position.participant_id)
        .where(Position.consultation_id == consultation_id, Participant.id.in_(flagged))
        .group_by(Participant.channel, Participant.assurance)
    )
    return {(row[0], row[1]): row[2] for row in db.session.execute(counted)}


def flagged_beside(levels: Sequence[LevelTally], counts: Mapping[Level, int]) -> list[int]:
    """Returns the flagged positions of each level shown, in the same order; empty when there are none at all.

    What belongs to levels too small to be shown alone is with those that were merged.
    """
    if not counts:
        return []
    shown = {(one.channel, one.assurance) for one in levels}
    others = sum(count for level, count in counts.items() if level not in shown)
    return [
        counts.get((one.channel, one.assurance), 0) if one.channel and one.assurance else others
        for one in levels
    ]


def counted_as() -> sa.ColumnElement[int]:
    """Returns the participant that counts: of two identities of one person, one (decision 0015)."""
    return sa.func.coalesce(Participant.same_as_id, Participant.id)


def series_page(
    collectivity: Collectivity, *, number: int = 1, size: int = PAGE_SIZE
) -> tuple[list[Found], int]:
    """Returns a page of the series of a collectivity, those nobody judged first, and how many there are."""
    here = Project.collectivity_id == collectivity.id
    of_here = (
        sa.select(SuspectSeries, _members_of().scalar_subquery())
        .join(SuspectSeries.consultation)
        .join(Consultation.project)
        .where(here)
        .options(joinedload(SuspectSeries.consultation))
    )
    total = db.session.scalar(of_here.with_only_columns(sa.func.count(SuspectSeries.id))) or 0
    page = (
        of_here.order_by(
            SuspectSeries.verdict.is_not(None), SuspectSeries.last_seen_at.desc(), SuspectSeries.id.desc()
        )
        .offset((number - 1) * size)
        .limit(size)
    )
    return [Found(row[0], row[1]) for row in db.session.execute(page)], total


def series_with_ref(collectivity: Collectivity, ref: str) -> Found | None:
    """Returns one series of this collectivity."""
    found = (
        sa.select(SuspectSeries, _members_of().scalar_subquery())
        .join(SuspectSeries.consultation)
        .join(Consultation.project)
        .where(SuspectSeries.ref == ref, Project.collectivity_id == collectivity.id)
        .options(
            joinedload(SuspectSeries.consultation).joinedload(Consultation.project),
            joinedload(SuspectSeries.decided_by),
        )
    )
    row = db.session.execute(found).one_or_none()
    return Found(row[0], row[1]) if row else None


def is_of_series(series: SuspectSeries, person_id: int) -> bool:
    """Tells whether a person is in a series."""
    own = (
        sa.select(SeriesMember.id)
        .join(SeriesMember.participant)
        .where(SeriesMember.series_id == series.id, Participant.person_id == person_id)
    )
    return db.session.scalar(own.limit(1)) is not None


def known_networks_of(collectivity: Collectivity) -> list[KnownNetwork]:
    """Returns the networks a collectivity declared as shared, in the order of their range."""
    declared = sa.select(KnownNetwork).filter_by(collectivity_id=collectivity.id)
    return list(db.session.scalars(declared.order_by(KnownNetwork.cidr, KnownNetwork.id)))


def known_network(collectivity: Collectivity, number: int) -> KnownNetwork | None:
    """Returns one of them."""
    return db.session.scalar(sa.select(KnownNetwork).filter_by(collectivity_id=collectivity.id, id=number))


def known_ranges(collectivity_ids: Collection[int] | None = None) -> list[str]:
    """Returns the ranges declared by some collectivities, by all of them when none is named."""
    declared = sa.select(KnownNetwork.cidr).order_by(KnownNetwork.id)
    if collectivity_ids is not None:
        declared = declared.where(KnownNetwork.collectivity_id.in_(collectivity_ids))
    return list(db.session.scalars(declared))


def _members_of() -> sa.Select[int]:
    return sa.select(sa.func.count(SeriesMember.id)).where(SeriesMember.series_id == SuspectSeries.id)

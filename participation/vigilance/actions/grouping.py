"""Adding a group of participants to the series it belongs to."""

from dataclasses import dataclass

import sqlalchemy as sa

from participation.foundation import clock
from participation.foundation.database import db
from participation.vigilance.models import Rule, SeriesMember, SuspectSeries, Verdict

# Rules that one form alone can break: one series for each consultation.
ALONE = (Rule.TRAP, Rule.FAST, Rule.UNSHOWN)
TEXTS_NAMED = 20


@dataclass(frozen=True)
class Group:
    """Participants whom one rule puts together, how many make a series, and the text that they share."""

    rule: Rule
    participants: set[int]
    least: int = 1
    text: str = ""


def put_together(consultation_id: int, group: Group) -> None:
    """Adds a group to the series it overlaps, or makes one; those once found harmless are left alone."""
    if len(group.participants) < group.least:
        return
    cleared, members = _members(consultation_id, group.rule)
    participants = group.participants - cleared
    if len(participants) < group.least or not participants:
        return
    known = set(members.values() if group.rule in ALONE else (members.get(one) for one in participants))
    known.discard(None)
    series = db.session.get(SuspectSeries, min(filter(None, known))) if known else None
    if series is None:
        series = SuspectSeries(consultation_id=consultation_id, rule=group.rule, last_seen_at=clock.now())
        db.session.add(series)
        db.session.flush()
    _extend(series, sorted(participants - members.keys()), group.text)


def _extend(series: SuspectSeries, added: list[int], text: str) -> None:
    db.session.add_all(SeriesMember(series_id=series.id, participant_id=one) for one in added)
    named: list[str] = (series.evidence or {}).get("texts", [])
    if text and text not in named and len(named) < TEXTS_NAMED:
        series.evidence = {"texts": [*named, text]}
    if added:
        series.last_seen_at = clock.now()
    db.session.flush()


def _members(consultation_id: int, rule: Rule) -> tuple[set[int], dict[int, int]]:
    """Returns who was found harmless under a rule, and the series of each of the others."""
    found = (
        sa.select(SeriesMember.participant_id, SeriesMember.series_id, SuspectSeries.verdict)
        .join(SuspectSeries, SuspectSeries.id == SeriesMember.series_id)
        .where(SuspectSeries.consultation_id == consultation_id, SuspectSeries.rule == rule)
    )
    cleared: set[int] = set()
    members: dict[int, int] = {}
    for participant, series, verdict in db.session.execute(found):
        if verdict is Verdict.HARMLESS:
            cleared.add(participant)
        else:
            members[participant] = series
    return cleared, members

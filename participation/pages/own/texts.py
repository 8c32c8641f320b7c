"""What one person said, newest first, and what became of it: as many statements for one as for twenty."""

from collections import defaultdict
from dataclasses import dataclass, field

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from participation.accounts.models import Person
from participation.activity.models import Deadline
from participation.consultations.models import Participant
from participation.contributions.models import Contribution, Kind, Visibility
from participation.contributions.queries.places import WHERE_SAID
from participation.decisions.models import ThemeAnswer
from participation.decisions.queries import answers_for
from participation.foundation.database import db
from participation.moderation.models import Appeal, ModerationDecision
from participation.projects.history import versions_of_projects
from participation.summaries.models import (
    Finding,
    FindingSource,
    Orphan,
    OrphanReason,
    Summary,
    ThemeAssignment,
)

PAGE_SIZE = 20


@dataclass(frozen=True)
class Said:
    """One text and where it stands."""

    contribution: Contribution
    # Sentences of the published summary that rest on it, or why it is in none.
    findings: list[Finding] = field(default_factory=list)
    left_out: OrphanReason | None = None
    answers: list[ThemeAnswer] = field(default_factory=list)
    # Why it is hidden, and the right of appeal that gave.
    hidden: ModerationDecision | None = None
    appeal: Appeal | None = None
    # The clock of a question to the service.
    deadline: Deadline | None = None
    versions_since: int = 0


@dataclass(frozen=True)
class TextsPage:
    """Twenty texts at most, how many there are in all, where the next page begins."""

    texts: list[Said]
    total: int
    next_cursor: int | None


def texts_of(person: Person, *, before: int | None = None, size: int = PAGE_SIZE) -> TextsPage:
    """Returns what somebody said anywhere; what was erased left out."""
    said = (
        sa.select(Contribution)
        .join(Participant, Participant.id == Contribution.participant_id)
        .where(Participant.person_id == person.id, Contribution.visibility != Visibility.ERASED)
    )
    total = db.session.scalar(said.with_only_columns(sa.func.count())) or 0
    page = said if before is None else said.where(Contribution.id < before)
    page = page.options(joinedload(Contribution.participant), *WHERE_SAID)
    rows = list(db.session.scalars(page.order_by(Contribution.id.desc()).limit(size + 1)))
    return TextsPage(_with_fates(rows[:size]), total, rows[size - 1].id if len(rows) > size else None)


def _with_fates(texts: list[Contribution]) -> list[Said]:
    public = [one.id for one in texts if one.is_published and not one.spoken_as]
    findings, left_out = _findings_resting_on(public), _left_out(public)
    answers = _answers_to(public, findings)
    hidden = _hidden([one.id for one in texts if one.visibility is Visibility.HIDDEN])
    deadlines = _deadlines([one.id for one in texts if one.kind is Kind.SERVICE_QUESTION])
    since = _versions_since(texts)
    return [
        Said(
            contribution=one,
            findings=findings[one.id],
            left_out=left_out.get(one.id),
            answers=answers[one.id],
            hidden=hidden.get(one.id, (None, None))[0],
            appeal=hidden.get(one.id, (None, None))[1],
            deadline=deadlines.get(one.id),
            versions_since=since[one.id],
        )
        for one in texts
    ]


def _findings_resting_on(numbers: list[int]) -> dict[int, list[Finding]]:
    """Returns the sentences of the summaries in force that rest on each text."""
    found: dict[int, list[Finding]] = defaultdict(list)
    resting = (
        sa.select(FindingSource.contribution_id, Finding)
        .join(Finding, Finding.id == FindingSource.finding_id)
        .where(FindingSource.contribution_id.in_(numbers), Finding.summary_id.in_(_in_force()))
        .order_by(Finding.position, Finding.id)
    )
    for number, finding in db.session.execute(resting):
        found[number].append(finding)
    return found


def _left_out(numbers: list[int]) -> dict[int, OrphanReason]:
    listed = sa.select(Orphan.contribution_id, Orphan.reason).where(
        Orphan.contribution_id.in_(numbers), Orphan.summary_id.in_(_in_force())
    )
    return dict(db.session.execute(listed).all())  # type: ignore[arg-type]


def _in_force() -> sa.Select[int]:
    latest = sa.select(sa.func.max(Summary.id)).where(Summary.published_at.is_not(None))
    return latest.group_by(Summary.consultation_id)


def _answers_to(numbers: list[int], findings: dict[int, list[Finding]]) -> dict[int, list[ThemeAnswer]]:
    """Returns the answers in force to the themes of each text, sorted by hand or by a finding."""
    themes: dict[int, set[int]] = defaultdict(set)
    for number, found in findings.items():
        themes[number].update(one.theme_id for one in found)
    by_hand = sa.select(ThemeAssignment.contribution_id, ThemeAssignment.theme_id)
    for number, theme_id in db.session.execute(by_hand.where(ThemeAssignment.contribution_id.in_(numbers))):
        themes[number].add(theme_id)
    given = answers_for(sorted({one for some in themes.values() for one in some}))
    return defaultdict(
        list,
        {
            number: [given[theme_id] for theme_id in sorted(some) if theme_id in given]
            for number, some in themes.items()
        },
    )


def _hidden(numbers: list[int]) -> dict[int, tuple[ModerationDecision, Appeal | None]]:
    """Returns the last decision about each hidden text, with its appeal."""
    if not numbers:
        return {}
    latest = (
        sa.select(sa.func.max(ModerationDecision.id))
        .where(ModerationDecision.contribution_id.in_(numbers))
        .group_by(ModerationDecision.contribution_id)
    )
    decided = (
        sa.select(ModerationDecision, Appeal)
        .outerjoin(Appeal, Appeal.decision_id == ModerationDecision.id)
        .where(ModerationDecision.id.in_(latest))
    )
    return {one.contribution_id: (one, appeal) for one, appeal in db.session.execute(decided)}


def _deadlines(numbers: list[int]) -> dict[int, Deadline]:
    if not numbers:
        return {}
    subjects = {f"contribution:{number}": number for number in numbers}
    owed = sa.select(Deadline).where(
        Deadline.kind == Kind.SERVICE_QUESTION.value, Deadline.subject.in_(subjects)
    )
    return {subjects[one.subject]: one for one in db.session.scalars(owed)}


def _versions_since(texts: list[Contribution]) -> dict[int, int]:
    """Returns how many versions of its dossier were published since each text, where one was there before."""
    versions = versions_of_projects({one.project.id for one in texts})
    since = {}
    for one in texts:
        moments = [version.published_at for version in versions[one.project.id]]
        later = sum(moment > one.created_at for moment in moments)
        since[one.id] = 0 if later == len(moments) else later
    return since

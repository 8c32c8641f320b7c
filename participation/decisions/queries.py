"""Reading decisions: the published ones, their answers, and what each answer rests on."""

from collections import Counter
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import aliased, contains_eager, joinedload
from sqlalchemy.sql.base import ExecutableOption

from participation.consultations.models import Consultation
from participation.contributions.models import ConditionSupport, Contribution, Visibility
from participation.decisions.models import AnswerVerdict, Decision, DecisionVersion, ThemeAnswer
from participation.foundation.database import db
from participation.projects.models import Project
from participation.summaries.models import Finding, FindingSource, Summary, Theme, ThemeAssignment


@dataclass(frozen=True)
class Heard:
    """What was said under a theme: how many contributions, how many supporters, one of them quoted."""

    contributions: int = 0
    supporters: int = 0
    quotation: Contribution | None = None


def latest_published() -> sa.Select[int, int]:
    """Returns the number of the published version in force, by decision."""
    return (
        sa.select(DecisionVersion.decision_id, sa.func.max(DecisionVersion.number).label("number"))
        .where(DecisionVersion.published_at.is_not(None))
        .group_by(DecisionVersion.decision_id)
    )


def published_decisions(*, number: int = 1, size: int = 20) -> tuple[list[DecisionVersion], int]:
    """Returns a page of the versions in force, last decided first, and how many there are."""
    total = db.session.scalar(sa.select(sa.func.count()).select_from(latest_published().subquery())) or 0
    page = _in_force().order_by(DecisionVersion.held_on.desc(), DecisionVersion.id.desc())
    return list(db.session.scalars(page.offset((number - 1) * size).limit(size))), total


def decision_by_ref(ref: str) -> Decision | None:
    """Returns a decision with its project and summary, published or not; None when there is none."""
    found = sa.select(Decision).where(Decision.ref == ref).options(*_around_decision())
    return db.session.scalar(found)


def published_versions(decision: Decision) -> list[DecisionVersion]:
    """Returns the published versions of a decision, the one in force first."""
    told = sa.select(DecisionVersion).where(
        DecisionVersion.decision_id == decision.id, DecisionVersion.published_at.is_not(None)
    )
    return list(db.session.scalars(told.order_by(DecisionVersion.number.desc())))


def working_version(decision: Decision) -> DecisionVersion | None:
    """Returns the last version written, draft or published."""
    last = sa.select(DecisionVersion).filter_by(decision_id=decision.id)
    return db.session.scalars(last.order_by(DecisionVersion.number.desc()).limit(1)).first()


def themes_to_answer(decision: Decision) -> list[Theme]:
    """Returns the themes that have a finding in the summary of a decision, in their order."""
    if decision.summary_id is None:
        return []
    found = sa.select(Finding.theme_id).where(Finding.summary_id == decision.summary_id)
    themes = sa.select(Theme).where(Theme.id.in_(found))
    return list(db.session.scalars(themes.order_by(Theme.position, Theme.id)))


def findings_under(decision: Decision, theme: Theme) -> list[tuple[Finding, list[Contribution]]]:
    """Returns the findings of a theme in the summary of a decision, each with its published sources."""
    found = sa.select(Finding).where(Finding.summary_id == decision.summary_id, Finding.theme_id == theme.id)
    findings = list(db.session.scalars(found.order_by(Finding.position, Finding.id)))
    sources: dict[int, list[Contribution]] = {finding.id: [] for finding in findings}
    linked = (
        sa.select(FindingSource.finding_id, Contribution)
        .join(Contribution, Contribution.id == FindingSource.contribution_id)
        .where(FindingSource.finding_id.in_(sources), Contribution.visibility == Visibility.PUBLISHED)
        .options(joinedload(Contribution.participant))
    )
    for finding_id, contribution in db.session.execute(linked.order_by(FindingSource.id)):
        sources[finding_id].append(contribution)
    return [(finding, sources[finding.id]) for finding in findings]


def answers_of(version: DecisionVersion) -> list[ThemeAnswer]:
    """Returns the answers of one version with their themes, in the order of the themes."""
    given = (
        sa.select(ThemeAnswer)
        .join(ThemeAnswer.theme)
        .where(ThemeAnswer.version_id == version.id)
        .options(contains_eager(ThemeAnswer.theme))
    )
    return list(db.session.scalars(given.order_by(Theme.position, Theme.id)))


def answers_for(theme_ids: list[int]) -> dict[int, ThemeAnswer]:
    """Returns the answer in force of each of these themes that has one, with its version and decision."""
    if not theme_ids:
        return {}
    latest = latest_published().subquery()
    given = (
        sa.select(ThemeAnswer)
        .join(ThemeAnswer.version)
        .join(DecisionVersion.decision)
        .join(latest, _is_of(latest))
        .where(ThemeAnswer.theme_id.in_(theme_ids))
        .options(
            contains_eager(ThemeAnswer.version).contains_eager(DecisionVersion.decision),
            joinedload(ThemeAnswer.theme),
        )
        .order_by(DecisionVersion.held_on, ThemeAnswer.id)
    )
    return {answer.theme_id: answer for answer in db.session.scalars(given)}


def verdict_counts(version_ids: list[int]) -> dict[int, Counter[AnswerVerdict]]:
    """Returns how many themes were adopted, adapted, refused or deferred, by version."""
    counts: dict[int, Counter[AnswerVerdict]] = {identifier: Counter() for identifier in version_ids}
    grouped = (
        sa.select(ThemeAnswer.version_id, ThemeAnswer.verdict, sa.func.count())
        .where(ThemeAnswer.version_id.in_(version_ids))
        .group_by(ThemeAnswer.version_id, ThemeAnswer.verdict)
    )
    for version_id, verdict, count in db.session.execute(grouped):
        counts[version_id][verdict] = count
    return counts


def heard_by_theme(summary: Summary) -> dict[int, Heard]:
    """Returns what residents said under each theme; the most supported source of a finding is quoted.

    A contribution is under a theme when a finding of that theme rests on it or when it was sorted there.
    Hidden ones and the replies of the services are left out.
    """
    linked = theme_links(summary).subquery()
    # What was left out of the summary would be odd to quote: it only stands in when nothing else does.
    is_source = (
        sa.exists()
        .where(Finding.id == FindingSource.finding_id, Finding.summary_id == summary.id)
        .where(Finding.theme_id == linked.c.theme_id, FindingSource.contribution_id == Contribution.id)
        .correlate(linked, Contribution)
    )
    support = Contribution.support_count + Contribution.useful_count
    order = sa.case((is_source, 0), else_=1), support.desc(), Contribution.id
    ranked = (
        sa.select(
            linked.c.theme_id,
            linked.c.contribution_id,
            sa.func.count().over(partition_by=linked.c.theme_id).label("contributions"),
            sa.func.row_number().over(partition_by=linked.c.theme_id, order_by=order).label("place"),
        )
        .join(Contribution, Contribution.id == linked.c.contribution_id)
        .where(Contribution.visibility == Visibility.PUBLISHED, Contribution.spoken_as == "")
    ).subquery()
    first = (
        sa.select(ranked.c.theme_id, ranked.c.contributions, Contribution)
        .join(Contribution, Contribution.id == ranked.c.contribution_id)
        .where(ranked.c.place == 1)
        .options(joinedload(Contribution.participant))
    )
    supporters = _supporters_by_theme(linked)
    return {
        theme_id: Heard(contributions, supporters.get(theme_id, 0), quotation)
        for theme_id, contributions, quotation in db.session.execute(first)
    }


def theme_links(summary: Summary) -> sa.CompoundSelect[tuple[int, int]]:
    """Returns each (theme, contribution) once: sources of findings, and what was sorted under the theme."""
    by_finding = (
        sa.select(Finding.theme_id, FindingSource.contribution_id)
        .join(FindingSource, FindingSource.finding_id == Finding.id)
        .where(Finding.summary_id == summary.id)
    )
    by_hand = (
        sa.select(ThemeAssignment.theme_id, ThemeAssignment.contribution_id)
        .join(Theme, Theme.id == ThemeAssignment.theme_id)
        .where(Theme.consultation_id == summary.consultation_id)
    )
    return sa.union(by_finding, by_hand)


def decisions_of_collectivity(collectivity_id: int) -> list[DecisionVersion]:
    """Returns the last version of each decision of a collectivity, drafts first, then the newest."""
    last = (
        sa.select(DecisionVersion.decision_id, sa.func.max(DecisionVersion.number).label("number"))
        .group_by(DecisionVersion.decision_id)
        .subquery()
    )
    found = (
        sa.select(DecisionVersion)
        .join(DecisionVersion.decision)
        .join(Decision.project)
        .join(last, _is_of(last))
        .where(Project.collectivity_id == collectivity_id)
        .options(contains_eager(DecisionVersion.decision).contains_eager(Decision.project))
    )
    is_published = DecisionVersion.published_at.is_not(None)
    drafts_first = found.order_by(is_published, DecisionVersion.held_on.desc(), DecisionVersion.id)
    return list(db.session.scalars(drafts_first))


def summaries_to_decide(collectivity_id: int) -> list[Summary]:
    """Returns the last published summary of each consultation that no decision answers yet, oldest first."""
    last = (
        sa.select(Summary.consultation_id, sa.func.max(Summary.number).label("number"))
        .where(Summary.published_at.is_not(None))
        .group_by(Summary.consultation_id)
        .subquery()
    )
    other = aliased(Summary)
    decided = (
        sa.select(Decision.id)
        .join(other, other.id == Decision.summary_id)
        .where(other.consultation_id == Summary.consultation_id)
    )
    waiting = (
        sa.select(Summary)
        .join(last, last.c.consultation_id == Summary.consultation_id)
        .join(Summary.consultation)
        .join(Consultation.project)
        .where(last.c.number == Summary.number, Project.collectivity_id == collectivity_id, ~decided.exists())
        .options(contains_eager(Summary.consultation).contains_eager(Consultation.project))
    )
    return list(db.session.scalars(waiting.order_by(Summary.published_at, Summary.id)))


def summary_to_decide(project: Project) -> Summary | None:
    """Returns the summary of a project that waits for its decision; None when there is none."""
    waiting = summaries_to_decide(project.collectivity_id)
    return next((summary for summary in waiting if summary.consultation.project_id == project.id), None)


def decision_of_consultation(consultation_id: int) -> Decision | None:
    """Returns the decision that answers a summary of this consultation, even as a draft; None without."""
    found = sa.select(Decision).join(Decision.summary).where(Summary.consultation_id == consultation_id)
    return db.session.scalars(found.order_by(Decision.id).limit(1)).first()


def _supporters_by_theme(linked: sa.Subquery) -> dict[int, int]:
    counted = (
        sa.select(linked.c.theme_id, sa.func.count(sa.distinct(ConditionSupport.participant_id)))
        .join(ConditionSupport, ConditionSupport.contribution_id == linked.c.contribution_id)
        .join(Contribution, Contribution.id == linked.c.contribution_id)
        .where(Contribution.visibility == Visibility.PUBLISHED)
        .group_by(linked.c.theme_id)
    )
    return dict(db.session.execute(counted).all())


def _in_force() -> sa.Select[DecisionVersion]:
    latest = latest_published().subquery()
    return (
        sa.select(DecisionVersion)
        .join(DecisionVersion.decision)
        .join(latest, _is_of(latest))
        .options(
            contains_eager(DecisionVersion.decision)
            .joinedload(Decision.project)
            .joinedload(Project.collectivity)
        )
    )


def _is_of(latest: sa.Subquery) -> sa.ColumnElement[bool]:
    return sa.and_(
        DecisionVersion.decision_id == latest.c.decision_id, DecisionVersion.number == latest.c.number
    )


def _around_decision() -> tuple[ExecutableOption, ...]:
    return (
        joinedload(Decision.project).joinedload(Project.collectivity),
        joinedload(Decision.summary).joinedload(Summary.consultation),
    )

"""The summary as one document: the two pages, with what the screen shows beside them."""

from participation.foundation.i18n import gettext as _
from participation.summaries.document import SummaryDocument
from participation.summaries.sections import known, limits, said, spoken
from participation.summaries.sections.blocks import (
    Block,
    Line,
    Paragraph,
    Section,
    Sheet,
    Words,
    Written,
    cut,
    line,
)
from participation.summaries.sections.wording import day


def summary_sheet(document: SummaryDocument) -> Sheet:
    """Returns the summary, block after block: where each is shown says what fits on the two pages."""
    consultation, project = document.consultation, document.project
    asked: list[Section | None] = [
        spoken.who_spoke(document),
        None if project.is_archive else spoken.positions(document),
        said.conditions(document),
        said.opposing(document),
        *said.chapters(document),
        said.left_for_annex(document),
        None if project.is_archive else known.questions(document),
        None if project.is_archive else known.unknowns(document),
        known.coverage(document),
        known.method(document),
    ]
    return Sheet(
        above=project.collectivity.display_name,
        title=_("Summary for the decision"),
        subject=cut(consultation.title, limits.TITLE, language=consultation.language),
        facts=facts_of(document),
        opening=_opening(document),
        sections=tuple(one for one in asked if one is not None),
    )


def facts_of(document: SummaryDocument) -> tuple[Line, ...]:
    """Returns when people were asked, when this was published, in which version, and who decides."""
    consultation, summary, zone = document.consultation, document.summary, document.zone
    assert summary.published_at is not None
    period = _(
        "Consultation from %(start)s to %(end)s",
        start=day(consultation.opens_at, zone),
        end=day(consultation.closes_at, zone),
    )
    facts = [
        line(period),
        line(_("Published on %(day)s", day=day(summary.published_at, zone))),
        line(_("Version %(number)s", number=document.version)),
    ]
    if consultation.decided_by:
        before, after = _("Decided by: %(body)s", body="\0").split("\0")
        body = cut(consultation.decided_by, limits.NAME, language=consultation.language)
        facts.append(line(*(one for one in (before, body, after) if one)))
    return tuple(facts)


def _opening(document: SummaryDocument) -> tuple[Block, ...]:
    summary, project = document.summary, document.project
    opening: list[Block] = []
    if summary.introduction:
        opening.append(Written(cut(summary.introduction, limits.TEXT, language=summary.language)))
    if project.is_archive and project.imported_at is not None:
        imported = _(
            "These contributions were collected elsewhere, on %(platform)s, and imported as they "
            "were on %(day)s. Nobody took a position here.",
            platform=project.imported_from,
            day=day(project.imported_at, document.zone),
        )
        opening.append(Paragraph((Words(imported),)))
    return tuple(opening)

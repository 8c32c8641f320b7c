"""The annex: every finding with its sources, a table behind each drawing, what was left out, the calendar."""

from collections.abc import Sequence

from participation.consultations.models import ChangeKind, PeriodChange
from participation.foundation.dates import short_day, short_moment
from participation.foundation.i18n import gettext as _
from participation.foundation.i18n import ngettext
from participation.foundation.text import excerpt
from participation.summaries.document import Printed, SummaryDocument
from participation.summaries.models import Orphan
from participation.summaries.sections import known, said, spoken
from participation.summaries.sections.blocks import (
    Block,
    Item,
    Items,
    Line,
    Paragraph,
    Row,
    Section,
    Sheet,
    Subtitle,
    Table,
    Where,
    Words,
    Written,
    blocks,
    joined,
    line,
)
from participation.summaries.sections.sheets import facts_of
from participation.summaries.sections.wording import contributions, link_to, text_of
from participation.summaries.wording import REASONS
from participation.web.templating import number

# Of each finding so many sources begin with their words; the others are named by their reference.
SOURCES_QUOTED = 12
SOURCES_LINKED = 60
LONGEST_SOURCE = 160


def annex_sheet(
    document: SummaryDocument, orphans: Sequence[Orphan], changes: Sequence[PeriodChange]
) -> Sheet:
    """Returns everything that the two pages leave out, none of it shortened but the beginnings of texts."""
    project = document.project
    sections = [
        _texts(document),
        None if project.is_archive else _tables(document),
        _conditions(document),
        *(_chapter(place, document) for place in range(len(document.chapters))),
        _orphans(document, orphans),
        None if project.is_archive else known.questions(document),
        None if project.is_archive else known.unknowns(document),
        _calendar(document, changes),
        known.method(document),
    ]
    return Sheet(
        above=project.collectivity.display_name,
        title=_("Annex to the summary for the decision"),
        subject=Words(document.consultation.title, document.consultation.language),
        facts=facts_of(document),
        sections=tuple(_without_paper(one) for one in sections if one is not None),
    )


def _texts(document: SummaryDocument) -> Section | None:
    summary = document.summary
    if not summary.introduction:
        return None
    return Section(
        "introduction", Words(_("Introduction")), (Written(Words(summary.introduction, summary.language)),)
    )


def _tables(document: SummaryDocument) -> Section:
    """Returns the tables behind the drawings of the two pages."""
    everyone = len(document.levels)
    return Section(
        "tables",
        Words(_("Figures in tables")),
        blocks(
            spoken.channels_table(document) if document.people["total"] else None,
            spoken.assurances_table(document) if document.people["total"] else None,
            spoken.choices_table(document) if document.tally.total else None,
            spoken.levels_table(document, everyone) if everyone else None,
        ),
    )


def _conditions(document: SummaryDocument) -> Section | None:
    if not document.conditions:
        return None
    rows = tuple(
        Row(
            (
                text_of(one.contribution, document, screen=LONGEST_SOURCE, paper=LONGEST_SOURCE),
                Words(number(one.support)),
                link_to(one.contribution),
            )
        )
        for one in document.conditions
    )
    caption = _("Conditions, by number of supports. One person may support several, whatever their position.")
    columns = (_("Condition"), _("Supports"), _("Contribution"))
    return Section("conditions", Words(_("What is asked")), (Table(caption, columns, rows),))


def _chapter(place: int, document: SummaryDocument) -> Section:
    chapter = document.chapters[place]
    theme = chapter.theme
    shown: list[Block] = []
    if theme.description:
        shown.append(Paragraph((Words(theme.description, theme.language),), is_quiet=True))
    for one in chapter.findings:
        shown += [said.sentence(one, document, Where.EVERYWHERE), *_sources(one, document)]
    return Section(f"theme-{theme.id}", Words(theme.name, theme.language), tuple(shown))


def _sources(one: Printed, document: SummaryDocument) -> list[Block]:
    sources = one.shown.sources
    first, others = sources[:SOURCES_QUOTED], sources[SOURCES_QUOTED:]
    quoted = Items(
        tuple(
            Item(
                (
                    text_of(source, document, screen=LONGEST_SOURCE, paper=LONGEST_SOURCE),
                    Words(" "),
                    link_to(source),
                )
            )
            for source in first
        )
    )
    if not others:
        return [quoted]
    words = ngettext("And %(num)s more:", "And %(num)s more:", len(others))
    if len(others) > SOURCES_LINKED:
        # A link each would weigh eight megabytes for ten thousand; that of the finding leads to all of them.
        references: Line = (Words(", ".join(source.ref for source in others)),)
    else:
        references = joined([(link_to(source),) for source in others], ", ")
    return [quoted, Paragraph((Words(f"{words} "), *references), is_quiet=True)]


def _orphans(document: SummaryDocument, orphans: Sequence[Orphan]) -> Section:
    title = Words(_("Contributions that stand in no finding"))
    if not orphans:
        return Section("orphans", title, (Paragraph(line(_("No public contribution was left out."))),))
    shown: list[Block] = []
    for reason, count in document.orphans.by_reason.items():
        words = f"{REASONS[reason]} ({contributions(count)})"
        listed = [one.contribution for one in orphans if one.reason is reason]
        lines: list[Line] = [
            (
                text_of(one, document, screen=LONGEST_SOURCE, paper=LONGEST_SOURCE),
                Words(" "),
                link_to(one),
            )
            for one in listed
        ]
        shown += [Subtitle(Words(words)), Items(tuple(Item(one) for one in lines))]
    return Section("orphans", title, tuple(shown))


def _calendar(document: SummaryDocument, changes: Sequence[PeriodChange]) -> Section:
    """Returns the days that counted, in their order, each change of the period with its public reason."""
    consultation, summary, zone = document.consultation, document.summary, document.zone
    told = [
        (consultation.announced_at, line(_("The consultation was announced"))),
        (consultation.opens_at, line(_("It opened"))),
        *((change.created_at, _change(change)) for change in changes),
        (consultation.closes_at, line(_("It closed"))),
        (summary.published_at, line(_("The summary was published"))),
    ]
    days = sorted(((moment, words) for moment, words in told if moment), key=lambda one: one[0])
    items = [Item(words, short_moment(moment, zone)) for moment, words in days]
    if consultation.answer_due_on:
        owed = _("The reasoned answer to each theme is owed by then")
        items.append(Item(line(owed), short_day(consultation.answer_due_on)))
    return Section("calendar", Words(_("Calendar")), (Items(tuple(items)),))


def _change(change: PeriodChange) -> Line:
    words = {
        ChangeKind.EXTENDED: _("It was extended"),
        ChangeKind.CANCELLED: _("It was cancelled"),
        ChangeKind.PAUSED: _("It was suspended"),
        ChangeKind.RESUMED: _("It was resumed"),
        ChangeKind.CLOSED_EARLY: _("It was closed early"),
    }[change.kind]
    return line(f"{words}{_(':')} ", Words(excerpt(change.reason, 400), change.language))


def _without_paper(section: Section) -> Section:
    """Returns a section of the annex: everything of it is shown, nothing says that more is elsewhere."""
    kept = tuple(block for block in section.blocks if block.where is not Where.PAPER)
    return Section(section.key, section.title, kept)

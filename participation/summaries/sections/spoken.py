"""Who spoke, and the positions taken: over all, then by channel and by how sure we are of each."""

from participation.contributions.queries import LevelTally
from participation.foundation.i18n import gettext as _
from participation.foundation.i18n import ngettext, pgettext
from participation.summaries.document import SummaryDocument
from participation.summaries.sections import limits
from participation.summaries.sections.blocks import (
    Block,
    Figure,
    Figures,
    Paragraph,
    PositionBar,
    Row,
    Section,
    Table,
    Where,
    Words,
    blocks,
    line,
    where_fits,
)
from participation.summaries.sections.wording import (
    CHOICES,
    assurance_words,
    channel_words,
    choice_words,
    counted,
    positions_in_words,
    total_of,
)
from participation.web.templating import number, share

CHANNELS = ("online", "paper", "meeting", "phone", "desk")
ASSURANCES = ("declared", "email", "account", "verified")


def who_spoke(document: SummaryDocument) -> Section:
    """Returns how many people spoke, by which channel, and how sure we are of who they are."""
    told = _archive_told(document) if document.project.is_archive else _levels_told(document)
    not_a_survey = _(
        "They came of their own accord: this is not a survey, and it does not say what everybody thinks."
    )
    return Section(
        "people", Words(_("Who spoke")), (_figures(document), *told, Paragraph(line(not_a_survey)))
    )


def positions(document: SummaryDocument) -> Section:
    """Returns the positions as a bar, and the same by level, side by side."""
    if not document.tally.total:
        said: tuple[Block, ...] = (Paragraph(line(_("Nobody has taken a position yet."))),)
    else:
        said = (position_bar(document), *_by_level(document))
    return Section("positions", Words(_("Positions")), said)


def position_bar(document: SummaryDocument) -> PositionBar:
    """Returns the bar of all positions, with its words."""
    return PositionBar(
        document.tally,
        positions_in_words(document.tally),
        total_of(document.tally),
        _("Those who answered, not a survey."),
    )


def choices_table(document: SummaryDocument) -> Table:
    """Returns the table behind the bar of positions."""
    tally = document.tally
    rows = [(choice_words(choice), getattr(tally, choice)) for choice in CHOICES]
    return Table(
        _("Positions"),
        (_("Position"), _("People"), _("Share")),
        tuple(Row(line(words, number(count), share(count, tally.total))) for words, count in rows),
    )


def levels_table(document: SummaryDocument, most: int) -> Table:
    """Returns positions by level, of which so many fit on paper."""
    return Table(
        _("By channel, and by how sure we are that each is one real person"),
        (
            _("Level"),
            _("People"),
            pgettext("column", "Yes"),
            pgettext("column", "Yes, if"),
            pgettext("column", "No"),
            pgettext("column", "Information"),
        ),
        tuple(_level_row(level, place, most) for place, level in enumerate(document.levels)),
        bars=pgettext("column", "Shares"),
    )


def channels_table(document: SummaryDocument) -> Table:
    """Returns how people came, as a table."""
    return _people_table(
        document, _("How they came"), {key: channel_words(key) for key in CHANNELS}, "channels"
    )


def assurances_table(document: SummaryDocument) -> Table:
    """Returns how sure we are of who they are, as a table."""
    title = _("How sure we are of who they are")
    return _people_table(document, title, {key: assurance_words(key) for key in ASSURANCES}, "assurances")


def _people_table(document: SummaryDocument, title: str, words: dict[str, str], kept: str) -> Table:
    counts, total = document.people[kept], document.people["total"]
    rows = [
        Row(line(words[key], number(counts[key]), share(counts[key], total)))
        for key in words
        if counts.get(key)
    ]
    return Table(title, (_("Level"), _("People"), _("Share")), tuple(rows))


def _figures(document: SummaryDocument) -> Figures:
    total, said = document.people["total"], document.coverage.published
    if document.project.is_archive:
        people = ngettext(
            "participant told apart by the source", "participants told apart by the source", total
        )
    else:
        people = ngettext("person", "people", total)
    figures = [
        Figure(number(total), people),
        Figure(number(said), ngettext("public contribution", "public contributions", said)),
    ]
    if not document.project.is_archive:
        taken = document.tally.total
        figures.append(Figure(number(taken), ngettext("position taken", "positions taken", taken)))
    return Figures(tuple(figures))


def _levels_told(document: SummaryDocument) -> tuple[Block, ...]:
    people = document.people
    if not people["total"]:
        return ()
    came = counted({key: channel_words(key).lower() for key in CHANNELS}, people["channels"], people["total"])
    sure = counted({key: assurance_words(key) for key in ASSURANCES}, people["assurances"], people["total"])
    return (
        Paragraph(line(f"{_('How they came')}{_(':')} {came}.")),
        Paragraph(line(f"{_('How sure we are of who they are')}{_(':')} {sure}.")),
    )


def _archive_told(document: SummaryDocument) -> tuple[Block, ...]:
    told_apart, lost = document.people["total"], document.people["without_author"]
    apart = ngettext(
        "%(count)s participant told apart by the source, under a pseudonym; we have checked none of them.",
        "%(count)s participants told apart by the source, under a pseudonym; we have checked none of them.",
        told_apart,
        count=number(told_apart),
    )
    without = ngettext(
        "%(count)s contribution whose author the export does not give: it is counted as a "
        "contribution, never as a person.",
        "%(count)s contributions whose author the export does not give: they are counted as "
        "contributions, never as people.",
        lost,
        count=number(lost),
    )
    return blocks(
        Paragraph(line(apart)),
        Paragraph(line(without)) if lost else None,
        Paragraph(line(_reported(document.reported)), is_quiet=True) if document.reported else None,
    )


def _reported(reported: dict[str, int]) -> str:
    parts = []
    if votes := reported.get("votes"):
        parts.append(ngettext("%(count)s vote", "%(count)s votes", votes, count=number(votes)))
    if comments := reported.get("comments"):
        parts.append(
            ngettext(
                "%(count)s comment on proposals",
                "%(count)s comments on proposals",
                comments,
                count=number(comments),
            )
        )
    return _(
        "Reported by the source, outside our counts: %(totals)s. Who voted or commented is not in "
        "the export.",
        totals=", ".join(parts),
    )


def _by_level(document: SummaryDocument) -> tuple[Block, ...]:
    if len(document.levels) < 2:
        return ()
    few = _(
        "Groups of fewer than five people are shown together, so that nobody can be recognised. "
        "Positions never appear beside a name."
    )
    more = len(document.levels) - limits.LEVELS
    rest = ngettext(
        "%(num)s more level is in the annex.", "%(num)s more levels are in the annex.", max(more, 1)
    )
    return blocks(
        levels_table(document, limits.LEVELS),
        Paragraph(line(rest), is_quiet=True, where=Where.PAPER) if more > 0 else None,
        Paragraph(line(few), is_quiet=True),
    )


def _level_row(level: LevelTally, place: int, most: int) -> Row:
    if level.channel and level.assurance:
        name = f"{channel_words(level.channel.value)}, {assurance_words(level.assurance.value)}"
    else:
        name = _("Smaller groups together")
    counts = [level.tally.total, *(getattr(level.tally, choice) for choice in CHOICES)]
    return Row(line(name, *map(number, counts)), level.tally, where_fits(place, most))

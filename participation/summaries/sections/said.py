"""What was said: conditions by support, findings by theme, the argument of the smaller side."""

from dataclasses import replace

from participation.contributions.models import Contribution
from participation.foundation.i18n import gettext as _
from participation.foundation.i18n import ngettext
from participation.foundation.text import excerpt
from participation.summaries.document import Chapter, Condition, Opposing, Printed, SummaryDocument
from participation.summaries.sections import limits
from participation.summaries.sections.blocks import (
    Block,
    Link,
    Paragraph,
    Quotation,
    Ranked,
    RankedItem,
    Section,
    Sentence,
    Where,
    Words,
    blocks,
    cut,
    line,
    where_fits,
)
from participation.summaries.sections.wording import (
    link_to,
    makeup_words,
    removed_words,
    source_of,
    text_of,
)
from participation.summaries.wording import KINDS
from participation.web.templating import number, share

LONGEST_CONDITION = 160
LONGEST_QUOTATION = 280


def conditions(document: SummaryDocument) -> Section | None:
    """Returns what is asked, by number of supports; None without any condition."""
    if not document.conditions:
        return None
    intro = _("Conditions, by number of supports. One person may support several, whatever their position.")
    more = len(document.conditions) - limits.CONDITIONS
    rest = ngettext(
        "%(num)s more condition is in the annex.", "%(num)s more conditions are in the annex.", max(more, 1)
    )
    ranked = ranked_conditions(document, limits.CONDITIONS, limits.CONDITION)
    said = blocks(
        Paragraph(line(intro), is_quiet=True),
        ranked,
        Paragraph(line(rest), is_quiet=True, where=Where.PAPER) if more > 0 else None,
    )
    return Section("conditions", Words(_("What is asked")), said)


def ranked_conditions(document: SummaryDocument, most: int, longest: int) -> Ranked:
    """Returns the conditions with their supports, of which so many fit on paper."""
    return Ranked(
        tuple(
            _ranked(one, document, longest, where_fits(place, most))
            for place, one in enumerate(document.conditions)
        )
    )


def chapters(document: SummaryDocument) -> list[Section]:
    """Returns the findings under their themes; those that don't fit on paper are on the screen."""
    fitting = _fitting(document)
    return [_chapter(chapter, document, fitting) for chapter in document.chapters]


def left_for_annex(document: SummaryDocument) -> Section | None:
    """Returns the sentence that says how many findings are not printed, and which; None when all are."""
    most = len(document.findings) - len(_fitting(document))
    if most <= 0:
        return None
    rest = ngettext(
        "%(num)s more finding is in the annex with its sources. Printed here: the largest of each "
        "theme, then the largest of all.",
        "%(num)s more findings are in the annex with their sources. Printed here: the largest of "
        "each theme, then the largest of all.",
        most,
    )
    themes = ngettext("%(num)s theme", "%(num)s themes", len(document.chapters))
    total = ngettext("%(num)s finding", "%(num)s findings", len(document.findings))
    whole = _("The summary has %(findings)s under %(themes)s.", findings=total, themes=themes)
    return Section(
        "rest", Words(_("Other findings")), (Paragraph(line(f"{whole} {rest}")),), where=Where.PAPER
    )


def opposing(document: SummaryDocument) -> Section:
    """Returns the strongest argument of those who are outnumbered, quoted, with how many they are."""
    title = Words(_("The strongest argument of the smaller side"))
    held = document.opposing
    if held is None:
        nobody = _("No side is smaller than the other, or nobody on it wrote a public argument.")
        return Section("opposing", title, (Paragraph(line(nobody)),))
    quoted = _quotation(held.contribution, document)
    return Section("opposing", title, (quoted, Paragraph(line(_weight(held)), is_quiet=True)))


def sentence(one: Printed, document: SummaryDocument, where: Where) -> Sentence:
    """Returns a finding with its kind and the link to what it rests on."""
    found = one.shown.finding
    behind = Link("summaries.finding", {"slug": document.consultation.slug, "number": one.number})
    return Sentence(
        cut(found.text, limits.SENTENCE, language=found.language),
        str(KINDS[found.kind]),
        Words(makeup_words(one.makeup), link=behind),
        one.number,
        f"constat-{found.id}",
        where,
    )


def _fitting(document: SummaryDocument) -> set[int]:
    return limits.findings_that_fit(chapter.findings for chapter in document.chapters)


def _chapter(chapter: Chapter, document: SummaryDocument, fitting: set[int]) -> Section:
    theme = chapter.theme
    said: list[Block] = []
    if theme.description:
        words = Words(theme.description, theme.language)
        said.append(Paragraph((words,), is_quiet=True, where=Where.SCREEN))
    for one in chapter.findings:
        where = Where.EVERYWHERE if one.number in fitting else Where.SCREEN
        said.append(sentence(one, document, where))
        if one.quotation and chapter.quoted and one.number == chapter.quoted.number:
            said.append(_quotation(one.quotation, document, Where.SCREEN))
    printed = any(one.number in fitting for one in chapter.findings)
    title = cut(theme.name, limits.THEME, language=theme.language)
    where = Where.EVERYWHERE if printed else Where.SCREEN
    return Section(f"theme-{theme.id}", title, tuple(said), where)


def _quotation(
    contribution: Contribution, document: SummaryDocument, where: Where = Where.EVERYWHERE
) -> Quotation:
    if not contribution.is_published:
        return Quotation(Words(removed_words(contribution, document)), (), where)
    words = _("“%(words)s”", words=excerpt(contribution.body, LONGEST_QUOTATION))
    source = source_of(contribution, limits.NAME, document.zone)
    return Quotation(Words(words, contribution.language), source, where)


def _ranked(one: Condition, document: SummaryDocument, longest: int, where: Where) -> RankedItem:
    words = text_of(one.contribution, document, screen=LONGEST_CONDITION, paper=longest)
    named = _("Contribution %(ref)s", ref=one.contribution.ref)
    source = replace(link_to(one.contribution, named), short=one.contribution.ref)
    scale = one.support / document.largest_support
    return RankedItem((words,), number(one.support), scale, source, where)


def _weight(held: Opposing) -> str:
    useful = ngettext(
        "Found useful or supported by %(count)s person.",
        "Found useful or supported by %(count)s people.",
        held.useful,
        count=number(held.useful),
    )
    if held.in_positions and held.side == "against":
        side = _("%(count)s of %(whole)s people who took a position are opposed (%(share)s).")
    elif held.in_positions:
        side = _(
            "%(count)s of %(whole)s people who took a position are favourable, with conditions or "
            "without (%(share)s)."
        )
    elif held.side == "against":
        side = _("%(count)s of %(whole)s contributions that take a side are against (%(share)s).")
    else:
        side = _("%(count)s of %(whole)s contributions that take a side are for (%(share)s).")
    figures = {"count": number(held.people), "whole": number(held.whole)}
    return f"{useful} {side % {**figures, 'share': share(held.people, held.whole)}}"

"""What nobody answered, what the dossier doesn't know, how much is covered, how the document was made."""

from participation.foundation import dates
from participation.foundation.i18n import gettext as _
from participation.foundation.i18n import ngettext
from participation.foundation.text import excerpt
from participation.summaries.document import SummaryDocument, Unanswered, Unknown
from participation.summaries.models import OrphanReason
from participation.summaries.sections import limits
from participation.summaries.sections.blocks import (
    Block,
    Figure,
    Figures,
    Item,
    Items,
    Link,
    Paragraph,
    Section,
    Subtitle,
    Where,
    Words,
    Written,
    blocks,
    cut,
    line,
    where_fits,
)
from participation.summaries.sections.wording import contributions, day, link_to, text_of
from participation.summaries.wording import REASONS
from participation.web.templating import number, share

LONGEST_QUESTION = 280


def questions(document: SummaryDocument) -> Section | None:
    """Returns the questions without answer on the day of publication; None where they weren't counted."""
    if document.questions is None:
        return None
    title = Words(_("Questions left without an answer"))
    if not document.questions:
        every = _("Every public question to the services had its answer on that day.")
        return Section("questions", title, (Paragraph(line(every)),))
    items = tuple(
        _question(one, document, where_fits(place, limits.QUESTIONS))
        for place, one in enumerate(document.questions)
    )
    more = len(items) - limits.QUESTIONS
    rest = ngettext(
        "%(num)s more question is in the annex.", "%(num)s more questions are in the annex.", max(more, 1)
    )
    return Section(
        "questions",
        title,
        blocks(
            Items(items),
            Paragraph(line(rest), is_quiet=True, where=Where.PAPER) if more > 0 else None,
        ),
    )


def unknowns(document: SummaryDocument) -> Section:
    """Returns what the published dossier did not know on that day, with who answers and when."""
    items = tuple(
        _unknown(one, document, where_fits(place, limits.UNKNOWNS))
        for place, one in enumerate(document.unknowns)
    )
    none = _("Every question of the dossier had an answer on that day.")
    more = len(items) - limits.UNKNOWNS
    rest = ngettext("%(num)s more is in the annex.", "%(num)s more are in the annex.", max(more, 1))
    dossier = Link("projects.dossier", {"slug": document.project.slug})
    today = Words(_("The dossier as it is today"), link=dossier)
    return Section(
        "unknowns",
        Words(_("What the dossier does not know yet")),
        blocks(
            Items(items) if items else Paragraph(line(none)),
            Paragraph(line(rest), is_quiet=True, where=Where.PAPER) if more > 0 else None,
            Paragraph((today,), where=Where.SCREEN),
        ),
    )


def coverage(document: SummaryDocument) -> Section:
    """Returns how much of what was said stands in a finding, and what does not, by reason."""
    covered, slug = document.coverage, document.consultation.slug
    stands = ngettext(
        "of the %(num)s contribution stands in a finding (%(sources)s).",
        "of the %(num)s contributions stand in a finding (%(sources)s).",
        covered.published,
        sources=number(covered.sources),
    )
    largest = _(
        "The largest finding alone rests on %(share)s of them (%(count)s).",
        share=share(covered.largest, covered.published),
        count=number(covered.largest),
    )
    said: list[Block] = [
        Figures((Figure(share(covered.sources, covered.published), stands),)),
        Paragraph(line(largest)),
    ]
    if document.orphans.total:
        none = ngettext(
            "%(num)s contribution stands in no finding",
            "%(num)s contributions stand in no finding",
            covered.orphans,
        )
        said += [
            Subtitle(Words(none), "orphans"),
            Items(
                tuple(_reason(reason, count, slug) for reason, count in document.orphans.by_reason.items())
            ),
            Paragraph(
                (Words(_("Read each of them, with why"), link=Link("summaries.left_out", {"slug": slug})),)
            ),
        ]
    else:
        said.append(Paragraph(line(_("No public contribution was left out."))))
    if document.since:
        later = ngettext(
            "%(num)s contribution became public after this summary and is not in it.",
            "%(num)s contributions became public after this summary and are not in it.",
            document.since,
        )
        said.append(Paragraph(line(later), where=Where.SCREEN))
    return Section("coverage", Words(_("Coverage")), tuple(said))


def method(document: SummaryDocument) -> Section:
    """Returns how the document was made, who signed it, and what was removed since."""
    summary = document.summary
    how = _(
        "Contributions were sorted by people. The figures are those of that day; they are kept even "
        "when a text is removed later. Texts are quoted by reference: one that is removed is quoted "
        "no more."
    )
    gone = len(document.removed)
    since = ngettext(
        "%(num)s text has been removed since: this is version %(version)s.",
        "%(num)s texts have been removed since: this is version %(version)s.",
        max(gone, 1),
        version=document.version,
    )
    owed = ngettext(
        "A reasoned answer is owed to the %(num)s theme of this summary: the decision cannot be "
        "published without it.",
        "A reasoned answer is owed to each of the %(num)s themes of this summary: the decision "
        "cannot be published without them.",
        len(document.chapters),
    )
    cut_here = _("A text that ends with “…” is whole in the annex and at its link.")
    text = cut(summary.method, limits.TEXT, language=summary.language)
    return Section(
        "method",
        Words(_("Method")),
        blocks(
            Written(text) if summary.method else None,
            Paragraph(line(f"{signed(document)} {how}")),
            Paragraph(line(owed)),
            Paragraph(line(cut_here), is_quiet=True, where=Where.PAPER),
            Paragraph(line(since)) if gone else None,
        ),
    )


def signed(document: SummaryDocument) -> str:
    """Returns who signed the document, under which function and on which day."""
    summary = document.summary
    assert summary.published_at is not None
    on = day(summary.published_at, document.zone)
    if summary.signed_by is None:
        return _("Published on %(day)s.", day=on)
    function = excerpt(summary.signed_by.function, limits.NAME) or _("moderation")
    name = excerpt(summary.signed_by.person.display_name or "", limits.NAME)
    if not name:
        return _("Signed by: %(function)s, on %(day)s.", function=function, day=on)
    return _("Signed by %(name)s, %(function)s, on %(day)s.", name=name, function=function, day=on)


def _question(one: Unanswered, document: SummaryDocument, where: Where) -> Item:
    asked = text_of(one.contribution, document, screen=LONGEST_QUESTION, paper=limits.REASON)
    by = cut(one.owed_by, limits.NAME, language=document.project.language)
    if one.late:
        due = ngettext("late by %(num)s day", "late by %(num)s days", one.late)
    else:
        due = _("answer due on %(day)s", day=dates.short_day(one.due_on))
    return Item((asked, Words(" "), link_to(one.contribution), Words(" · "), by), due, where)


def _unknown(one: Unknown, document: SummaryDocument, where: Where) -> Item:
    language = document.project.language
    label = Words(str(one.label), is_strong=True)
    said = [label]
    if one.reason:
        said += [Words(". "), cut(one.reason, limits.REASON, language=language)]
    if one.owner:
        said += [Words(" · "), cut(one.owner, limits.NAME, language=language)]
    due = _("answer due on %(day)s", day=dates.short_day(one.due_on)) if one.due_on else ""
    return Item(tuple(said), due, where)


def _reason(reason: OrphanReason, count: int, slug: str) -> Item:
    link = Link("summaries.left_out", {"slug": slug, "motif": reason.value})
    words = str(REASONS[reason])
    return Item(line(f"{words}{_(':')} ", Words(contributions(count), link=link)))

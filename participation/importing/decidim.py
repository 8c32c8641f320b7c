"""A Decidim export becomes one archive project: debates are themes, the rest contributions."""

import hashlib
from collections.abc import Iterable
from pathlib import Path

import sqlalchemy as sa

from participation.collectivities.models import Collectivity
from participation.consultations.actions import anonymous_participant, unidentified_participant
from participation.consultations.models import Channel, Consultation, Participant
from participation.contributions.actions import submit_contribution
from participation.contributions.models import Contribution, Kind, ReportedTotal
from participation.foundation import clock
from participation.foundation.database import db
from participation.foundation.errors import DomainError, Invalid
from participation.foundation.i18n import gettext as _
from participation.importing.archive import archive_consultation, origin_of
from participation.importing.read_decidim import (
    CommentRecord,
    DebateRecord,
    ProposalRecord,
    read_comments,
    read_debates,
    read_proposals,
)
from participation.importing.reading import Row
from participation.importing.report import ImportReport, Progress
from participation.projects.actions import record_import
from participation.summaries.actions import add_theme, assign_theme
from participation.summaries.models import Theme
from participation.summaries.queries import has_published_summary

VOTES, COMMENTS = "votes", "comments"


def import_decidim(
    collectivity: Collectivity,
    *,
    title: str,
    debates: Path,
    comments: Path,
    proposals: Path,
    progress: Progress = lambda _done, _total: None,
) -> ImportReport:
    """Brings in an export, in the caller's transaction; what is already there is left as it is.

    Raises Invalid, before anything is written, when a file as a whole can't be read.
    """
    report = ImportReport()
    found_debates = read_debates(debates, report)
    found_comments = read_comments(comments, collectivity.timezone, report)
    found_proposals = read_proposals(proposals, collectivity.timezone, report)
    if not found_comments and not found_proposals:
        raise Invalid(_("There is no comment and no proposal in these files."))
    moments = [one.created_at for one in found_comments] + [one.created_at for one in found_proposals]
    consultation = archive_consultation(collectivity, title, origin_of(found_debates), moments)
    writing = _Writing(consultation, report, progress, len(found_debates) + len(moments))
    writing.write_debates(found_debates)
    writing.write_proposals(found_proposals)
    writing.write_comments(found_comments)
    if report.imported:
        record_import(consultation.project)
    return report


class _Writing:
    """One run: what is already there, and the rows being added."""

    def __init__(
        self, consultation: Consultation, report: ImportReport, progress: Progress, total: int
    ) -> None:
        self.consultation = consultation
        self.report = report
        self.progress = progress
        self.total = total
        self.done = 0
        self.is_frozen = has_published_summary(consultation.id)
        self.contributions = {one.source_key or "": one for one in self._imported_before()}
        known = sa.select(Theme).filter_by(consultation_id=consultation.id)
        self.themes = {theme.name: theme for theme in db.session.scalars(known)}
        self.theme_of_debate: dict[str, Theme] = {}
        self.debate_of: dict[str, str] = {}
        people = sa.select(Participant).filter_by(consultation_id=consultation.id, person_id=None)
        self.participants = {one.display_name: one for one in db.session.scalars(people)}

    def write_debates(self, debates: list[DebateRecord]) -> None:
        """Makes a theme of each debate; two of the same title are told apart by their number."""
        names: set[str] = set()
        for debate in debates:
            name = f"{debate.title} ({debate.key})" if debate.title in names else debate.title
            names.add(name)
            if name not in self.themes and self._refuse_late(debate.row):
                continue
            self._count(name in self.themes)
            self.theme_of_debate[debate.key] = self._theme(name, debate.description)

    def write_proposals(self, proposals: list[ProposalRecord]) -> None:
        """Makes a contribution of each proposal, under its category, with the totals the source reports."""
        for proposal in proposals:
            known = proposal.key in self.contributions
            if not known and self._refuse_late(proposal.row):
                continue
            self._count(known)
            if known:
                continue
            with clock.pretend(proposal.created_at):
                contribution = submit_contribution(
                    self._participant(""),
                    kind=Kind.COMMENT,
                    title=proposal.title,
                    body=proposal.body,
                    source_key=proposal.key,
                )
            self.contributions[proposal.key] = contribution
            category = proposal.category or _("Proposals without category")
            assign_theme(contribution, self._theme(category, ""))
            self._report_totals(contribution, {VOTES: proposal.votes, COMMENTS: proposal.comments})

    def write_comments(self, comments: list[CommentRecord]) -> None:
        """Makes a contribution of each comment, parents before their replies."""
        for comment in _parents_first(comments):
            self.debate_of[comment.key] = comment.debate or self.debate_of.get(comment.parent, "")
            known = comment.key in self.contributions
            if not known and self._refuse_late(comment.row):
                continue
            if not known and not self._has_place(comment):
                self.report.refuse(
                    comment.row.file, comment.row.line, _("what it comments on is not in the files")
                )
                self._advance()
                continue
            if not known:
                try:
                    self._write_comment(comment)
                except DomainError as error:
                    self.report.refuse(comment.row.file, comment.row.line, str(error.sentence))
                    self._advance()
                    continue
            self._count(known)

    def _write_comment(self, comment: CommentRecord) -> None:
        parent = self.contributions.get(comment.parent)
        if parent is None and not comment.parent.startswith("debate:"):
            why = _("what it answers is not in the files: placed at the top of its debate")
            self.report.note(comment.row.file, comment.row.line, why)
        with clock.pretend(comment.created_at):
            contribution = submit_contribution(
                self._participant(comment.author),
                kind=Kind.COMMENT,
                body=comment.body,
                stance=comment.stance,
                reply_to=parent,
                source_key=comment.key,
            )
        self.contributions[comment.key] = contribution
        theme = self.theme_of_debate.get(self.debate_of[comment.key])
        if theme is not None:
            assign_theme(contribution, theme)

    def _has_place(self, comment: CommentRecord) -> bool:
        """Tells whether a comment can stand somewhere: under what it answers, else in its debate."""
        return comment.parent in self.contributions or self.debate_of[comment.key] in self.theme_of_debate

    def _imported_before(self) -> Iterable[Contribution]:
        rows = sa.select(Contribution).where(
            Contribution.consultation_id == self.consultation.id, Contribution.source_key.is_not(None)
        )
        return db.session.scalars(rows)

    def _theme(self, name: str, description: str) -> Theme:
        if name not in self.themes:
            self.themes[name] = add_theme(self.consultation, name=name, description=description)
        return self.themes[name]

    def _participant(self, author: str) -> Participant:
        """Returns one participant for each author; those the source doesn't name are no people we count."""
        name = self._pseudonym(author) if author else ""
        if name not in self.participants:
            self.participants[name] = (
                anonymous_participant(self.consultation, display_name=name, channel=Channel.ONLINE)
                if author
                else unidentified_participant(self.consultation)
            )
        return self.participants[name]

    def _pseudonym(self, author: str) -> str:
        """Returns the same name for the same author, from which the author can't be found again."""
        digest = hashlib.sha256(self.consultation.project.ref.encode() + author.encode()).hexdigest()
        return str(_("Participant %(number)s", number=digest[:8]))

    def _report_totals(self, contribution: Contribution, totals: dict[str, int]) -> None:
        for label, total in totals.items():
            if total:
                db.session.add(ReportedTotal(contribution_id=contribution.id, label=label, total=total))
        db.session.flush()

    def _refuse_late(self, row: Row) -> bool:
        """Leaves out what is new once the summary is published: it would stand in no figure of it."""
        if self.is_frozen:
            why = _("The summary of this consultation is published: its themes no longer change.")
            self.report.refuse(row.file, row.line, why)
            self._advance()
        return self.is_frozen

    def _count(self, known: bool) -> None:
        if known:
            self.report.already_there += 1
        else:
            self.report.imported += 1
        self._advance()

    def _advance(self) -> None:
        self.done += 1
        self.progress(self.done, self.total)


def _parents_first(comments: list[CommentRecord]) -> list[CommentRecord]:
    """Returns comments so that each stands after what it answers; what answers nothing known comes first."""
    by_key = {comment.key: comment for comment in comments}
    ordered: dict[str, CommentRecord] = {}
    for comment in sorted(comments, key=lambda one: (one.created_at, one.key)):
        chain: list[CommentRecord] = []
        one: CommentRecord | None = comment
        while one is not None and one.key not in ordered and one not in chain:
            chain.append(one)
            one = by_key.get(one.parent)
        for ancestor in reversed(chain):
            ordered[ancestor.key] = ancestor
    return list(ordered.values())

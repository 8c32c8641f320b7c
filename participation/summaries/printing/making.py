"""Making the files of a summary, each from the same document; done again, only what is missing is made."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa
from flask import current_app
from sqlalchemy.orm import joinedload

from participation.consultations.models import PeriodChange
from participation.foundation.database import db
from participation.foundation.files import drop_made, keep_whole
from participation.foundation.i18n import DEFAULT_LANGUAGE, LANGUAGES, in_language
from participation.foundation.i18n import gettext as _
from participation.foundation.text import excerpt
from participation.summaries.document import SummaryDocument, document_of
from participation.summaries.models import Orphan, Summary
from participation.summaries.printing import files
from participation.summaries.printing.plain import Press, Values, footer
from participation.summaries.queries import orphans_of, published_summary_numbered
from participation.summaries.sections.annex import annex_sheet
from participation.summaries.sections.blocks import Sheet
from participation.summaries.sections.sheets import summary_sheet
from participation.summaries.sections.wording import day


def make_files(number: int) -> int:
    """Makes what is missing of a published summary in every language, drops what may no longer be given.

    Returns how many were made. Ends the transaction it is called in, and each of its own: they only read, and
    nobody waits for the database while pages are set.
    """
    db.session.commit()
    return sum(_make_in(language, number) for language in LANGUAGES)


def _make_in(language: str, number: int) -> int:
    """Makes them until the texts are as they were when it began: one may be hidden meanwhile."""
    made, before = 0, ""
    with written_in(language):
        while (summary := published_summary_numbered(number)) is not None:
            state, folder = files.state_of(summary), files.folder_of(summary, language)
            if state == before:
                drop_made(folder, but=state)
                break
            made += _make_missing(summary, folder / state)
            before = state
            # What comes next is read anew.
            db.session.commit()
        db.session.commit()
    return made


def _make_missing(summary: Summary, folder: Path) -> int:
    missing = [one for one in files.FILES if not (folder / one.name).is_file()]
    if missing:
        maker = Maker(document_of(summary))
        for file in missing:
            keep_whole(folder, file.name, maker.content(file))
    return len(missing)


@contextmanager
def written_in(language: str) -> Iterator[None]:
    """Lets addresses be those of the public pages in one language, outside any request; for reading only."""
    prefix = "" if language == DEFAULT_LANGUAGE else f"/{language}"
    base = current_app.config["PUBLIC_URL"] + prefix
    with current_app.test_request_context(base_url=base, method="GET"), in_language(language):
        yield


class Maker:
    """Makes the files of one document, in the language that is spoken; it reads what is left out once."""

    def __init__(self, document: SummaryDocument) -> None:
        self.document = document
        self._orphans: list[Orphan] | None = None

    @property
    def orphans(self) -> list[Orphan]:
        """Returns everything that stands in no finding."""
        if self._orphans is None:
            self._orphans = orphans_of(self.document.summary)
        return self._orphans

    def content(self, file: files.File) -> bytes:
        """Returns one file."""
        makers: dict[str, Callable[[], bytes]] = {
            files.PAGES.name: self.pages,
            files.ANNEX.name: self.annex,
            files.WORKBOOK.name: self.workbook,
            files.TEXT.name: self.text,
        }
        maker = makers.get(file.name)
        return maker() if maker else self.table(file)

    def pages(self) -> bytes:
        """Returns the two pages as a PDF."""
        from participation.summaries.printing import typeset

        moment = self.document.summary.published_at
        assert moment is not None
        return typeset.two_pages(self._values(summary_sheet(self.document), is_short=True), moment)

    def annex(self) -> bytes:
        """Returns the annex as a PDF."""
        from participation.summaries.printing import typeset

        moment = self.document.summary.published_at
        assert moment is not None
        sheet = annex_sheet(self.document, self.orphans, self._changes())
        return typeset.annex(self._values(sheet, is_short=False), moment)

    def workbook(self) -> bytes:
        """Returns the data as a workbook."""
        from participation.summaries.printing import workbook

        return workbook.workbook(self.document, self.orphans)

    def table(self, file: files.File) -> bytes:
        """Returns one sheet of the workbook as CSV."""
        from participation.summaries.printing import workbook

        name = file.name.removeprefix("synthese-").removesuffix(".csv")
        return workbook.csv_file(self.document, self.orphans, name)

    def text(self) -> bytes:
        """Returns the two pages with their annex as a text that can be edited."""
        from participation.summaries.printing import editable

        annex = annex_sheet(self.document, self.orphans, self._changes())
        return editable.text(summary_sheet(self.document), annex, self.document)

    def _values(self, sheet: Sheet, *, is_short: bool) -> Values:
        document, collectivity = self.document, self.document.project.collectivity
        published = document.summary.published_at
        assert published is not None
        foot = footer(document.consultation.slug)
        on = _("Published on %(day)s", day=day(published, document.zone))
        version = _("Version %(number)s", number=document.version)
        subject = excerpt(document.consultation.title, 90)
        return {
            **Press(is_short).sheet(sheet),
            "document_title": f"{sheet.title} – {document.consultation.title}",
            "description": f"{collectivity.display_name}, {on}. {version}.",
            "accent": collectivity.accent,
            "running": f"{sheet.title} · {subject}",
            "running_end": on,
            "footer": {**foot, "shown": foot["address"].split("://", 1)[-1]},
        }

    def _changes(self) -> list[PeriodChange]:
        changes = sa.select(PeriodChange).where(PeriodChange.consultation_id == self.document.consultation.id)
        return list(
            db.session.scalars(changes.options(joinedload(PeriodChange.changed_by)).order_by(PeriodChange.id))
        )

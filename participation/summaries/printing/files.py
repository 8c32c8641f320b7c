"""Which files a summary is carried away in, where they are kept, and when one may no longer be given.

A file is kept under the state of the texts it was made from. When one of them is hidden or erased, or its
author's name goes, the state is another one: from that moment on the old file isn't found any more, and the
worker makes a new one.
"""

import hashlib
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

from participation.consultations.erasure import NAME_AFTER_ERASURE
from participation.consultations.models import Participant
from participation.contributions.models import Contribution, Visibility
from participation.foundation.database import db
from participation.foundation.dates import local_day
from participation.foundation.files import made_folder
from participation.foundation.i18n import DEFAULT_LANGUAGE
from participation.summaries.models import Summary

# Another number makes every file anew: when what is printed, or how it looks, has changed.
EDITION = 1
GONE = (Visibility.HIDDEN, Visibility.WITHDRAWN, Visibility.ERASED)


@dataclass(frozen=True)
class File:
    """One file, named as at the end of its address; shown in the browser or saved."""

    name: str
    media_type: str
    is_shown: bool = False


PAGES = File("synthese.pdf", "application/pdf", is_shown=True)
ANNEX = File("synthese-annexe.pdf", "application/pdf", is_shown=True)
WORKBOOK = File("synthese.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
TEXT = File("synthese.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document")
SHEETS = ("chiffres", "positions", "constats", "contributions", "sans-constat")
TABLES = tuple(File(f"synthese-{sheet}.csv", "text/csv; charset=utf-8") for sheet in SHEETS)
FILES = (PAGES, ANNEX, WORKBOOK, TEXT, *TABLES)
BY_NAME = {file.name: file for file in FILES}


def state_of(summary: Summary) -> str:
    """Returns sixteen letters that change as soon as something a file may say is removed or comes back."""
    consultation = summary.consultation
    signer = summary.signed_by.person.display_name if summary.signed_by else ""
    here = sa.or_(
        Contribution.consultation_id == consultation.id,
        Contribution.outside_project_id == consultation.project_id,
    )
    gone = (
        sa.select(Contribution.id, Contribution.visibility)
        .where(here, Contribution.visibility.in_(GONE))
        .order_by(Contribution.id)
    )
    nameless = sa.select(sa.func.count()).where(
        Participant.consultation_id == consultation.id, Participant.display_name == NAME_AFTER_ERASURE
    )
    facts = [
        EDITION,
        summary.id,
        summary.number,
        summary.published_at,
        signer,
        db.session.scalar(nameless),
        *((number, visibility.value) for number, visibility in db.session.execute(gone)),
    ]
    return hashlib.sha256(repr(facts).encode()).hexdigest()[:16]


def folder_of(summary: Summary, language: str) -> Path:
    """Returns the folder of all the states of a summary in one language."""
    return made_folder("summaries", f"{summary.id}-{language}")


def kept_file(summary: Summary, language: str, state: str, name: str) -> Path | None:
    """Returns a file made from the present state of the texts; None while it is being made."""
    path = folder_of(summary, language) / state / name
    return path if path.is_file() else None


def saved_as(summary: Summary, language: str, name: str) -> str:
    """Returns under which name a file is saved: with the reference of the consultation and the day."""
    stem, dot, ending = name.partition(".")
    consultation, told = summary.consultation, "" if language == DEFAULT_LANGUAGE else f"-{language}"
    assert summary.published_at is not None
    on = local_day(summary.published_at, consultation.project.collectivity.timezone)
    return f"{stem}-{consultation.ref}-{on.isoformat()}{told}{dot}{ending}"

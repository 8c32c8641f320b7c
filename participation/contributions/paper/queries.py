"""Reading what staff typed in: one form, the last of a member, those like another, numbered conditions."""

from collections.abc import Collection
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from participation.collectivities.models import Membership
from participation.consultations.models import Consultation
from participation.contributions.models import Contribution, Kind
from participation.contributions.paper.models import PaperForm
from participation.foundation.database import db
from participation.projects.models import Project

PAGE_SIZE = 50
STANDS = PaperForm.ended_at.is_(None)


@dataclass(frozen=True)
class Numbered:
    """A condition and the number it bears on question sheets, for as long as the consultation lives."""

    number: int
    condition: Contribution


def form_by_ref(ref: str) -> PaperForm | None:
    """Returns a form, standing or not, with its consultation, who typed it in and who ended it."""
    found = (
        sa.select(PaperForm)
        .where(PaperForm.ref == ref)
        .options(
            joinedload(PaperForm.participant),
            joinedload(PaperForm.consultation)
            .joinedload(Consultation.project)
            .joinedload(Project.collectivity),
            joinedload(PaperForm.entered_by).joinedload(Membership.person),
            joinedload(PaperForm.ended_by).joinedload(Membership.person),
        )
    )
    return db.session.scalar(found)


def last_form_of(consultation: Consultation, member: Membership) -> PaperForm | None:
    """Returns what a person typed in last here, under whichever role: the next one mostly resembles it."""
    mine = sa.select(Membership.id).where(Membership.person_id == member.person_id)
    typed = sa.select(PaperForm).where(
        PaperForm.consultation_id == consultation.id, PaperForm.entered_by_id.in_(mine)
    )
    return db.session.scalar(typed.order_by(PaperForm.id.desc()).limit(1))


def known_sources(consultation: Consultation) -> list[str]:
    """Returns where forms were handed in so far, as they were written, in alphabetical order."""
    sources = sa.select(PaperForm.source).where(PaperForm.consultation_id == consultation.id).distinct()
    return sorted(source for source in db.session.scalars(sources) if source)


def forms_page(consultation: Consultation, *, number: int = 1) -> tuple[list[PaperForm], int]:
    """Returns a page of what was typed in, last first, and how many forms there are."""
    here = PaperForm.consultation_id == consultation.id
    total = db.session.scalar(sa.select(sa.func.count(PaperForm.id)).where(here)) or 0
    page = (
        sa.select(PaperForm)
        .where(here)
        .options(
            joinedload(PaperForm.entered_by).joinedload(Membership.person), joinedload(PaperForm.participant)
        )
        .order_by(PaperForm.id.desc())
        .offset((number - 1) * PAGE_SIZE)
        .limit(PAGE_SIZE)
    )
    return list(db.session.scalars(page)), total


def standing_forms(consultation: Consultation) -> int:
    """Returns how many forms typed in count."""
    counted = sa.select(sa.func.count(PaperForm.id))
    return db.session.scalar(counted.where(PaperForm.consultation_id == consultation.id, STANDS)) or 0


def numbered_conditions(consultation: Consultation) -> list[Numbered]:
    """Returns the published conditions in the order of their numbers.

    Numbers follow the order in which conditions were written, hidden ones counted: a sheet that was printed
    in the first week means the same in the last one.
    """
    conditions = (
        sa.select(Contribution)
        .where(Contribution.consultation_id == consultation.id, Contribution.kind == Kind.CONDITION)
        .order_by(Contribution.id)
    )
    numbered = enumerate(db.session.scalars(conditions), start=1)
    return [Numbered(number, condition) for number, condition in numbered if condition.is_published]


def texts_of_forms(consultation: Consultation) -> list[tuple[PaperForm, str]]:
    """Returns every word that forms of a consultation brought, with its form, oldest first."""
    said = (
        sa.select(PaperForm, Contribution.body)
        .join(Contribution, Contribution.participant_id == PaperForm.participant_id)
        .where(PaperForm.consultation_id == consultation.id, STANDS, Contribution.body != "")
        .where(Contribution.consultation_id == consultation.id, Contribution.spoken_as == "")
        .order_by(PaperForm.id, Contribution.id)
    )
    return [(form, body) for form, body in db.session.execute(said)]


def texts_named(refs: Collection[str]) -> list[Contribution]:
    """Returns contributions by their references, in the order they were written."""
    named = sa.select(Contribution).where(Contribution.ref.in_(refs)).order_by(Contribution.id)
    return list(db.session.scalars(named))

"""Reading everything held on one person, and who looked at addresses in a collectivity."""

from dataclasses import dataclass

import sqlalchemy as sa

from participation.accounts.erasure import Traces
from participation.accounts.models import AccessRecord, Person
from participation.collectivities.models import Collectivity, Membership
from participation.contributions.models import Contribution
from participation.contributions.paper.models import PaperForm
from participation.foundation.database import db
from participation.privacy.actions import DOMAINS

PAGE_SIZE = 50


@dataclass(frozen=True)
class Look:
    """One time somebody looked at an address: the record, the member's name, the text it was about."""

    record: AccessRecord
    name: str
    contribution_ref: str
    # Of the form on paper whose scan was looked at; empty for an address.
    form_ref: str = ""


def traces_of(person: Person) -> Traces:
    """Returns all that every domain holds of a person, by kind; kinds without anything are empty lists."""
    return {kind: rows for domain in reversed(DOMAINS) for kind, rows in domain.traces_of(person).items()}


def looks_page(
    collectivity: Collectivity, *, number: int = 1, size: int = PAGE_SIZE
) -> tuple[list[Look], int]:
    """Returns a page of the addresses looked at in a collectivity, last first, and how many there are."""
    about = sa.literal("contribution:").concat(sa.cast(Contribution.id, sa.Text()))
    about_form = sa.literal("paper_form:").concat(sa.cast(PaperForm.id, sa.Text()))
    here = AccessRecord.collectivity_id == collectivity.id
    total = db.session.scalar(sa.select(sa.func.count(AccessRecord.id)).where(here)) or 0
    page = (
        sa.select(AccessRecord, Person.display_name, Contribution.ref, PaperForm.ref)
        .outerjoin(Membership, Membership.id == AccessRecord.membership_id)
        .outerjoin(Person, Person.id == Membership.person_id)
        .outerjoin(Contribution, about == AccessRecord.subject)
        .outerjoin(PaperForm, about_form == AccessRecord.subject)
        .where(here)
        .order_by(AccessRecord.created_at.desc(), AccessRecord.id.desc())
        .offset((number - 1) * size)
        .limit(size)
    )
    return [Look(row[0], *(words or "" for words in row[1:])) for row in db.session.execute(page)], total

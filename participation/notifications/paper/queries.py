"""Reading which letters a collectivity owes to people who left a postal address."""

from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from participation.accounts.models import Person
from participation.collectivities.models import Membership
from participation.consultations.models import Consultation
from participation.contributions.models import Contribution
from participation.contributions.paper.models import PaperForm
from participation.contributions.paper.queries import texts_named
from participation.decisions.models import Decision, DecisionVersion
from participation.decisions.queries.versions import latest_published
from participation.foundation.database import db
from participation.notifications.paper.models import PaperLetter
from participation.notifications.queries import Fate, fates_of_texts
from participation.projects.models import Project
from participation.summaries.models import Summary

MOST_LISTED = 200

Rows = sa.Select[*tuple[Any, ...]]


@dataclass(frozen=True)
class Letter:
    """A letter about a form: that it was recorded, or, with a version, what was decided."""

    form: PaperForm
    version: DecisionVersion | None = None
    printed: PaperLetter | None = None
    printed_by: str = ""

    @property
    def key(self) -> str:
        """Returns what names it in a form: a reference, and the number of a version."""
        return f"{self.form.ref}.{self.version.id}" if self.version else self.form.ref


@dataclass(frozen=True)
class Written:
    """What a letter says: the texts recorded, or what became of each."""

    letter: Letter
    texts: list[Contribution] = field(default_factory=list)
    fates: list[Fate] = field(default_factory=list)


def letters_of(collectivity_id: int) -> list[Letter]:
    """Returns the letters of a collectivity: those to print first, then the last printed, 200 at most."""
    decided = _decided(collectivity_id)
    answered = {one.form.id for one in decided}
    # What became of a form says enough to somebody who was not told yet that it was recorded.
    recorded = [one for one in _recorded(collectivity_id) if one.printed or one.form.id not in answered]
    letters = [*recorded, *decided]
    waiting = [one for one in letters if one.printed is None]
    done = sorted(
        (one for one in letters if one.printed is not None),
        key=lambda one: one.printed.printed_at if one.printed else one.form.created_at,
        reverse=True,
    )
    return [*waiting, *done][:MOST_LISTED]


def waiting_letters(collectivity_id: int) -> int:
    """Returns how many letters are to be printed."""
    return sum(one.printed is None for one in letters_of(collectivity_id))


def written(letter: Letter) -> Written:
    """Returns what a letter says, read anew: a text hidden or erased meanwhile is not repeated."""
    if letter.version is None or letter.version.decision.summary is None:
        return Written(letter, texts=texts_named(letter.form.contributions))
    public = [one for one in texts_named(letter.form.contributions) if one.is_published]
    return Written(letter, fates=fates_of_texts(public, letter.version, letter.version.decision.summary))


def _recorded(collectivity_id: int) -> list[Letter]:
    chosen: Rows = sa.select(PaperForm, PaperLetter, Person.display_name)
    is_of_form = sa.and_(PaperLetter.form_id == PaperForm.id, PaperLetter.version_id.is_(None))
    found = _by_whom(_by_post(collectivity_id, chosen).outerjoin(PaperLetter, is_of_form))
    return [Letter(form, None, printed, name or "") for form, printed, name in db.session.execute(found)]


def _decided(collectivity_id: int) -> list[Letter]:
    last = latest_published().subquery()
    is_last = sa.and_(last.c.decision_id == Decision.id, last.c.number == DecisionVersion.number)
    is_of_both = sa.and_(PaperLetter.form_id == PaperForm.id, PaperLetter.version_id == DecisionVersion.id)
    chosen: Rows = sa.select(PaperForm, DecisionVersion, PaperLetter, Person.display_name)
    found = (
        _by_post(collectivity_id, chosen)
        .join(Summary, Summary.consultation_id == Consultation.id)
        .join(Decision, Decision.summary_id == Summary.id)
        .join(DecisionVersion, DecisionVersion.decision_id == Decision.id)
        .join(last, is_last)
        .outerjoin(PaperLetter, is_of_both)
        .options(joinedload(DecisionVersion.decision).joinedload(Decision.summary))
    )
    return [
        Letter(form, version, printed, name or "")
        for form, version, printed, name in db.session.execute(_by_whom(found))
    ]


def _by_post(collectivity_id: int, chosen: Rows) -> Rows:
    """Narrows to the standing forms of a collectivity on which a postal address was left."""
    project = joinedload(PaperForm.consultation).joinedload(Consultation.project)
    return (
        chosen.join(Consultation, Consultation.id == PaperForm.consultation_id)
        .join(Project, Project.id == Consultation.project_id)
        .where(
            Project.collectivity_id == collectivity_id,
            PaperForm.ended_at.is_(None),
            PaperForm.postal_address != "",
        )
        .options(project.joinedload(Project.collectivity))
        .order_by(PaperForm.id)
    )


def _by_whom(letters: Rows) -> Rows:
    """Joins who printed a letter, nobody when nobody did."""
    return letters.outerjoin(Membership, Membership.id == PaperLetter.printed_by_id).outerjoin(
        Person, Person.id == Membership.person_id
    )

"""Finding out that a form was typed in already: the same sheet, the same words, the same address."""

import sqlalchemy as sa
from rapidfuzz import fuzz, utils

from participation.accounts.models import Person
from participation.consultations.models import Consultation, Participant
from participation.contributions.paper.models import PaperForm
from participation.contributions.paper.queries import STANDS, texts_of_forms
from participation.foundation.database import db

# In hundredths of equal words, whatever the case and the punctuation.
ALIKE = 92
# Below, two people may well have written the same.
SHORTEST = 25


def forms_like(
    consultation: Consultation, *, source: str, number: str | None, words: list[str], email: str
) -> list[PaperForm]:
    """Returns the standing forms that one about to be recorded seems to repeat, oldest first."""
    found = {form.id: form for form in _same_sheet(consultation, source, number)}
    found |= {form.id: form for form in _same_address(consultation, email)}
    written = [utils.default_process(some) for some in words]
    compared = [some for some in written if len(some) >= SHORTEST]
    if compared:
        for form, body in texts_of_forms(consultation):
            known = utils.default_process(body)
            if any(fuzz.ratio(some, known, score_cutoff=ALIKE) for some in compared):
                found[form.id] = form
    return [found[number] for number in sorted(found)]


def _same_sheet(consultation: Consultation, source: str, number: str | None) -> list[PaperForm]:
    if number is None:
        return []
    same = sa.select(PaperForm).where(
        PaperForm.consultation_id == consultation.id,
        PaperForm.source == source,
        PaperForm.number == number,
        STANDS,
    )
    return list(db.session.scalars(same))


def _same_address(consultation: Consultation, email: str) -> list[PaperForm]:
    if not email:
        return []
    same = (
        sa.select(PaperForm)
        .join(Participant, Participant.id == PaperForm.participant_id)
        .join(Person, Person.id == Participant.person_id)
        .where(
            PaperForm.consultation_id == consultation.id, PaperForm.by_email, Person.email == email, STANDS
        )
    )
    return list(db.session.scalars(same))

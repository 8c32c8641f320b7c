"""What consultations hold of a person: that they took part, and under which name."""

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from participation.accounts.erasure import ErasureChoice, Traces, facts
from participation.accounts.models import Person
from participation.consultations.models import Participant
from participation.foundation.database import db

HANDLES = ("participant.person_id", "participant.display_name")

# Stands where a name stood, beside texts that their author left without it; the same in every language.
NAME_AFTER_ERASURE = "Participant·e"


def traces_of(person: Person) -> Traces:
    """Returns the consultations a person took part in, and the name they chose in each."""
    took_part = (
        sa.select(Participant)
        .where(Participant.person_id == person.id)
        .options(joinedload(Participant.consultation), joinedload(Participant.outside_project))
        .order_by(Participant.id)
    )
    return {
        "participants": [
            {
                "consultation" if one.consultation else "project": (one.consultation or one.project).title,
                **facts(one, "display_name", "channel", "assurance", "created_at"),
            }
            for one in db.session.scalars(took_part)
        ]
    }


def erase_traces_of(person: Person, choice: ErasureChoice) -> None:
    """Cuts each participant from the person; channel and assurance stay, for the figures to stay equal."""
    own = sa.update(Participant).where(Participant.person_id == person.id)
    db.session.execute(own.values(person_id=None, display_name=NAME_AFTER_ERASURE))

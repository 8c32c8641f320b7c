"""Being surer of somebody who took part already: they are the same person, whose account is new."""

import sqlalchemy as sa

from participation.accounts.models import Person
from participation.consultations.models import Assurance, Channel, Participant
from participation.consultations.queries import not_over
from participation.foundation import clock
from participation.foundation.database import db


def raise_to_account(person: Person) -> None:
    """Counts what somebody said as a guest under their account; results of what is over stay as they were."""
    known_by_mail = sa.update(Participant).where(
        Participant.person_id == person.id,
        Participant.channel == Channel.ONLINE,
        Participant.assurance.in_((Assurance.DECLARED, Assurance.EMAIL)),
        Participant.consultation_id.in_(not_over(clock.now())),
    )
    db.session.execute(known_by_mail.values(assurance=Assurance.ACCOUNT))
    db.session.flush()

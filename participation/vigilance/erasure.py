"""What vigilance holds of a person: how their forms were sent, and the series they are in."""

import sqlalchemy as sa

from participation.accounts.erasure import ErasureChoice, Traces, facts
from participation.accounts.models import Person
from participation.consultations.models import Participant
from participation.foundation.database import db
from participation.vigilance.models import Sending, SeriesMember, SuspectSeries

HANDLES = (
    # Stays, with a participant who has no person any more: what is flagged is counted like the rest.
    "series_member.participant_id",
    # Go.
    "sending.person_id",
    "sending.form_key",
    "sending.kind",
    "sending.network_key",
    "sending.signs",
)


def traces_of(person: Person) -> Traces:
    """Returns how each form of the last two weeks was sent, and under which rules the person is looked at."""
    sent = sa.select(Sending).filter_by(person_id=person.id).order_by(Sending.id)
    looked_at = (
        sa.select(SuspectSeries.rule, SuspectSeries.verdict, SeriesMember.created_at)
        .join(SeriesMember, SeriesMember.series_id == SuspectSeries.id)
        .join(Participant, Participant.id == SeriesMember.participant_id)
        .where(Participant.person_id == person.id)
        .order_by(SeriesMember.id)
    )
    return {
        "sendings": [
            facts(one, "kind", "seconds", "signs", "network_key", "created_at")
            for one in db.session.scalars(sent)
        ],
        "series_members": [
            {"rule": rule, "verdict": verdict, "created_at": moment}
            for rule, verdict, moment in db.session.execute(looked_at)
        ],
    }


def erase_traces_of(person: Person, choice: ErasureChoice) -> None:
    """Deletes how forms were sent, with the keys of their networks."""
    db.session.execute(sa.delete(Sending).where(Sending.person_id == person.id))

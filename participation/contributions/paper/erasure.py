"""What forms on paper hold of a person: addresses, a scan, where and when one was handed in."""

import sqlalchemy as sa

from participation.accounts.erasure import Facts, facts
from participation.accounts.models import Person
from participation.consultations.models import Participant
from participation.contributions.paper.models import PaperForm
from participation.contributions.paper.scans import forget_scan
from participation.foundation.database import db

HANDLES = (
    # Stays, with a participant who has no person any more: the channel is counted.
    "paper_form.participant_id",
    # Go.
    "paper_form.number",
    "paper_form.postal_address",
    "paper_form.recorded_anyway",
    "paper_form.ending_reason",
    "paper_form.scan_file",
    "paper_form.replaced_choice",
)


def forms_held_of(person: Person) -> list[Facts]:
    """Returns the forms typed in for a person, each with what it holds besides texts and position."""
    columns = (
        "ref",
        "channel",
        "received_on",
        "source",
        "number",
        "postal_address",
        "scan_purge_on",
        "ending",
    )
    return [facts(form, *columns) for form in db.session.scalars(_forms_of(person))]


def strip_forms_of(person: Person) -> None:
    """Empties addresses, numbers and reasons of a person's forms, and has their scans deleted."""
    for form in db.session.scalars(_forms_of(person).with_for_update()):
        form.postal_address = form.recorded_anyway = form.ending_reason = ""
        # The sheet may lie in a box: its number would lead from it to the position.
        form.number = None
        form.replaced_choice = form.replaced_at = None
        forget_scan(form)
    db.session.flush()


def _forms_of(person: Person) -> sa.Select[PaperForm]:
    own = sa.select(Participant.id).where(Participant.person_id == person.id)
    return sa.select(PaperForm).where(PaperForm.participant_id.in_(own)).order_by(PaperForm.id)

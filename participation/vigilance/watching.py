"""What views call when a form of the public is recorded: who sends, from where, how, and how often."""

from flask import current_app

from participation.accounts.models import Person
from participation.consultations.models import Consultation
from participation.contributions.models import Place, project_at
from participation.vigilance.actions import Limits, look_soon, note_sending
from participation.vigilance.models import Rule
from participation.vigilance.queries import known_ranges
from participation.web.client import client
from participation.web.watched import Manner, WatchedForm


def watch(
    form: WatchedForm, kind: str, *, person: Person | None, place: Place | None, sends_mail: bool = False
) -> None:
    """Notes a form in its own transaction; raises TooOften when too many came within an hour."""
    manner, sender = form.manner(), client()
    bodies = [project_at(place).collectivity_id] if place is not None else None
    is_known = sender.is_in(known_ranges(bodies))
    consultation_id = place.id if isinstance(place, Consultation) else None
    note_sending(
        form.key(),
        kind,
        person=person,
        sends_mail=sends_mail,
        consultation_id=consultation_id,
        network_keys=() if is_known else sender.keys,
        seconds=manner.seconds,
        signs=_signs(manner),
        limits=_limits(),
    )
    if consultation_id is not None and not sends_mail:
        look_soon(consultation_id)


def look_once_confirmed(place: Place) -> None:
    """Queues the look that a guest's form waits for until its link was used."""
    if isinstance(place, Consultation):
        look_soon(place.id)


def _signs(manner: Manner) -> list[Rule]:
    found = {
        Rule.TRAP: manner.is_trap_filled,
        Rule.FAST: manner.is_fast,
        Rule.UNSHOWN: not manner.was_shown,
    }
    return [rule for rule, is_so in found.items() if is_so]


def _limits() -> Limits | None:
    config = current_app.config
    if not config["RATELIMIT_ENABLED"]:
        return None
    return Limits(
        person=config["FORMS_PER_PERSON"],
        mailbox=config["MAILS_PER_MAILBOX"],
        network=config["FORMS_PER_NETWORK"],
        total=config["FORMS_IN_TOTAL"],
    )

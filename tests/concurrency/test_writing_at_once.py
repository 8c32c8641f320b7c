"""Several people send forms at once, on real files and real servers: nothing is lost or counts twice."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest
import sqlalchemy as sa

from participation.accounts.actions import person_with_email
from participation.accounts.models import Person
from participation.consultations.actions import participant_for
from participation.consultations.models import Assurance, Consultation, Participant
from participation.contributions.actions import hold_submission, record_submission
from participation.contributions.actions.confirming import confirm_submission
from participation.contributions.models import Contribution, PendingSubmission, Submission
from participation.foundation import clock
from participation.foundation.database import db
from participation.foundation.references import hash_of
from tests.concurrency.world import Crew, meet
from tests.factories.accounts import a_person
from tests.factories.consultations import a_participant, an_open_consultation

pytestmark = [pytest.mark.keeps_its_own_database, pytest.mark.xdist_group("concurrency")]

Rounds = Callable[[int, int], int]
OPINION = {"choice": "favourable", "body": "Bonjour.", "kind": "comment", "stance": "for", "language": "fr"}


def send_the_same_form(participant_id: int, number: int) -> str:
    participant = db.session.get_one(Participant, participant_id)
    key = f"form {participant_id} {number // 4}"
    return record_submission(participant, "opinion", OPINION, form_key=key, now=clock.now()).ref


def test_the_same_form_sent_by_several_processes_counts_once(crew: Crew, rounds: Rounds) -> None:
    participant = a_participant()
    db.session.commit()
    forms = rounds(4, 50)

    references = crew.at_once(partial(send_the_same_form, participant.id), times=4 * forms)

    assert [len(set(references[4 * n : 4 * n + 4])) for n in range(forms)] == [1] * forms
    assert count(Submission, participant_id=participant.id) == forms
    assert count(Contribution, participant_id=participant.id) == forms


def send_a_guest_form(consultation_id: int, number: int) -> int:
    guest = person_with_email(f"guest{number // 4}@mail.example")
    consultation = db.session.get_one(Consultation, consultation_id)
    key = f"guest {consultation_id} {number // 4}"
    return hold_submission(consultation, guest, kind="opinion", payload=OPINION, form_key=key).id


def test_a_form_of_a_guest_sent_twice_at_once_is_held_once(crew: Crew, rounds: Rounds) -> None:
    consultation = an_open_consultation()
    db.session.commit()
    forms = rounds(2, 50)

    held = crew.at_once(partial(send_a_guest_form, consultation.id), times=4 * forms)

    assert [len(set(held[4 * n : 4 * n + 4])) for n in range(forms)] == [1] * forms
    assert count(PendingSubmission, consultation_id=consultation.id) == forms


def confirm(token: str, _number: int) -> str:
    return confirm_submission(token, clock.now()).ref


def test_a_link_pressed_in_several_windows_at_once_counts_once(crew: Crew) -> None:
    consultation = an_open_consultation()
    token = f"link {consultation.id}"
    held = hold_submission(consultation, a_person(), kind="opinion", payload=OPINION, form_key=token)
    held.token_hash = hash_of(token)
    db.session.commit()

    references = crew.at_once(partial(confirm, token))

    assert len(set(references)) == 1
    assert count(Contribution, consultation_id=consultation.id) == 1


def take_part(consultation_id: int, person_id: int, number: int) -> int:
    consultation = db.session.get_one(Consultation, consultation_id)
    person = db.session.get_one(Person, person_id)
    known = sa.select(Participant).filter_by(consultation_id=consultation_id, person_id=person_id)
    db.session.scalar(known)
    meet()
    level = (Assurance.EMAIL, Assurance.VERIFIED, Assurance.EMAIL, Assurance.ACCOUNT)[number % 4]
    return participant_for(consultation, person, display_name=f"N {number}", assurance=level).id


@pytest.mark.parametrize("known", [False, True])
def test_somebody_who_takes_part_twice_at_once_is_one_participant_at_the_highest_level(
    crew: Crew, rounds: Rounds, known: bool
) -> None:
    consultation, person = an_open_consultation(), a_person()
    if known:
        a_participant(consultation, person=person, assurance=Assurance.DECLARED)
    db.session.commit()

    numbers = crew.at_once(partial(take_part, consultation.id, person.id), times=rounds(4, 40))

    participant = db.session.scalars(sa.select(Participant).filter_by(person_id=person.id)).one()
    assert set(numbers) == {participant.id}
    assert participant.assurance is Assurance.VERIFIED


def test_what_was_sent_in_time_is_held_as_of_that_moment(crew: Crew, monkeypatch: pytest.MonkeyPatch) -> None:
    """The check and the row have one moment: a wait in between, over the closing, loses nobody's words."""
    consultation = an_open_consultation()
    person, before = a_person(), consultation.closes_at - timedelta(seconds=1)
    moments = iter([before])
    monkeypatch.setattr(clock, "now", lambda: next(moments, consultation.closes_at + timedelta(seconds=1)))

    held = hold_submission(consultation, person, kind="opinion", payload=OPINION, form_key="in time")

    assert held.created_at == before
    db.session.rollback()


def count(table: type, **columns: object) -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(table).filter_by(**columns)) or 0

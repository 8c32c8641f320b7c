"""People who turn out to be one, while they confirm, vote or are claimed by somebody else: counted once."""

from collections.abc import Callable
from functools import partial

import pytest
import sqlalchemy as sa

from participation.accounts.models import Person, PersonAddress
from participation.collectivities.models import Membership, Role
from participation.consultations.actions import participant_for
from participation.consultations.models import Consultation, Participant
from participation.consultations.verifying.actions import verify_person
from participation.contributions.actions import confirm_submission, hold_submission, take_position
from participation.contributions.models import Choice, Position
from participation.foundation import clock
from participation.foundation.database import db
from participation.foundation.references import hash_of
from participation.privacy.merging import add_address, merge_people
from tests.concurrency.counting import count
from tests.concurrency.world import Crew, meet
from tests.factories.accounts import a_person
from tests.factories.collectivities import a_member
from tests.factories.consultations import an_open_consultation
from tests.factories.identities import an_address_link

pytestmark = [pytest.mark.keeps_its_own_database, pytest.mark.xdist_group("concurrency")]

Rounds = Callable[[int, int], int]


def confirm(token: str, number: int) -> str:
    meet()
    confirm_submission(token)
    return "confirmed"


def merge(kept_id: int, other_id: int, number: int) -> str:
    kept, other = db.session.get_one(Person, kept_id), db.session.get_one(Person, other_id)
    meet()
    merge_people(kept, other)
    return "merged"


def vote(consultation_id: int, person_id: int, number: int) -> str:
    consultation = db.session.get_one(Consultation, consultation_id)
    person = db.session.get_one(Person, person_id)
    meet()
    take_position(participant_for(consultation, person, display_name=""), Choice.OPPOSED)
    return "voted"


def see(person_id: int, member_id: int, number: int) -> str:
    person, member = db.session.get_one(Person, person_id), db.session.get_one(Membership, member_id)
    meet()
    verify_person(person, member=member)
    return "seen"


def test_a_guest_who_confirms_while_given_over_counts_once_with_the_person_they_are(
    crew: Crew, rounds: Rounds
) -> None:
    for turn in range(rounds(3, 60)):
        consultation = an_open_consultation()
        kept, guest = a_person(), a_person(account=False)
        member = a_member(Role.AGENT, consultation.project.collectivity)
        payload = {"choice": "favourable", "language": "fr"}
        key = f"{consultation.slug} {turn} {clock.now().timestamp()}"
        held = hold_submission(consultation, guest, kind="opinion", payload=payload, form_key=key)
        held.token_hash = hash_of(key)
        db.session.commit()

        given = crew.at_once(
            partial(confirm, key),
            partial(merge, kept.id, guest.id),
            partial(vote, consultation.id, kept.id),
            partial(see, kept.id, member.id),
        )

        assert given == ["confirmed", "merged", "voted", "seen"]
        assert count(Position, consultation_id=consultation.id) == 1
        counted = sa.select(Participant).filter_by(consultation_id=consultation.id, same_as_id=None)
        participant = db.session.scalars(counted).one()
        assert (participant.person_id, participant.assurance.value) == (kept.id, "verified")


def test_two_people_given_over_to_one_another_at_once_leave_one(crew: Crew, rounds: Rounds) -> None:
    for _ in range(rounds(2, 40)):
        one, other = a_person(), a_person()
        db.session.commit()

        given = crew.at_once(partial(merge, one.id, other.id), partial(merge, other.id, one.id))

        assert sorted(given) == ["NotPossibleNow"] * 3 + ["merged"]
        assert [one.erased_at is None, other.erased_at is None].count(True) == 1


def claim(token: str, person_id: int, number: int) -> str:
    person = db.session.get_one(Person, person_id)
    meet()
    add_address(token, person)
    return "added"


def test_an_address_claimed_by_four_accounts_at_once_goes_to_one(crew: Crew, rounds: Rounds) -> None:
    for _ in range(rounds(2, 30)):
        people = [a_person() for _ in range(4)]
        email = f"commune{people[0].id}.{clock.now().timestamp()}@mail.example"
        a_person(email=email, account=False)
        for person in people:
            an_address_link(person, email, f"{email} {person.id}")
        db.session.commit()

        given = crew.at_once(*(partial(claim, f"{email} {person.id}", person.id) for person in people))

        assert sorted(given) == ["NotPossibleNow"] * 3 + ["added"]
        assert count(PersonAddress, email=email) == 1

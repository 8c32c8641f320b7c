"""Somebody adds a second address: what was done under it becomes theirs, and counts once (H10)."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient

from participation.accounts.actions import ask_for_link, person_with_email
from participation.accounts.addresses.actions import ask_to_add
from participation.accounts.erasure import ErasureChoice
from participation.accounts.models import Credential, Person, PersonAddress, Session
from participation.accounts.queries import password_hash_of
from participation.collectivities.actions import end_membership
from participation.collectivities.models import Membership, Role
from participation.consultations.models import Assurance, Participant, Verification
from participation.contributions.actions import confirm_submission, hold_submission, take_position
from participation.contributions.models import Choice, PendingSubmission, Position
from participation.contributions.queries import position_tally
from participation.foundation import clock
from participation.foundation.database import db
from participation.foundation.errors import Invalid, NotPossibleNow
from participation.foundation.references import hash_of
from participation.moderation.models import Report
from participation.notifications.models import Notice
from participation.privacy.actions import erase_person
from participation.privacy.merging import add_address, keys_to_a_person, merge_people
from participation.privacy.queries import traces_of
from tests.factories.accounts import PASSWORD, a_person
from tests.factories.collectivities import a_member
from tests.factories.consultations import a_participant, an_open_consultation
from tests.factories.contributions import a_contribution
from tests.factories.identities import a_verification, an_address_link
from tests.factories.privacy import a_whole_life
from tests.forms import post_form

SignIn = Callable[[FlaskClient, Person], None]
Mails = Callable[[], list[str]]


def test_one_person_with_two_accounts_votes_once_in_the_end(
    visitor: FlaskClient, sign_in: SignIn, mails: Mails
) -> None:
    consultation = an_open_consultation()
    kept, other = a_person(email="un@mail.example"), a_person(email="deux@mail.example", password=PASSWORD)
    earlier = clock.now() - timedelta(hours=3)
    take_position(a_participant(consultation, person=kept), Choice.OPPOSED, now=earlier)
    take_position(a_participant(consultation, person=other), Choice.FAVOURABLE)
    sign_in(visitor, kept)

    post_form(visitor, "/compte/adresses", email="Deux@mail.example")
    (asked,) = mails()
    token = asked.split("/compte/adresses/")[1].split()[0]
    added = post_form(visitor, f"/compte/adresses/{token}")

    assert added.status_code == 302
    tally = position_tally(consultation.id)
    assert (tally.favourable, tally.total) == (1, 1)
    page = visitor.get("/compte/adresses").text
    assert "deux@mail.example" in page
    assert "Deux identités" in page
    told = [mail for mail in mails() if "a été ajoutée à un compte" in mail]
    assert {mail.split("To: ")[1].split()[0] for mail in told} == {"un@mail.example", "deux@mail.example"}
    assert visitor.get(f"/compte/adresses/{token}").status_code == 404


def test_whoever_writes_under_the_added_address_is_that_person_from_then_on(mails: Mails) -> None:
    kept = a_person()
    an_address_link(kept, "deux@mail.example", "token")
    add_address("token", kept)

    assert person_with_email(" DEUX@mail.example").id == kept.id
    mails()
    ask_for_link("deux@mail.example", language="fr")
    db.session.commit()
    assert "To: deux@mail.example" in mails()[-1]


def test_the_link_works_once_for_the_person_who_asked_within_one_hour() -> None:
    kept, somebody = a_person(), a_person()
    an_address_link(kept, "deux@mail.example", "token")

    with pytest.raises(NotPossibleNow):
        add_address("token", somebody)
    with clock.pretend(clock.now() + timedelta(minutes=61)), pytest.raises(NotPossibleNow):
        add_address("token", kept)
    add_address("token", kept)
    with pytest.raises(NotPossibleNow):
        add_address("token", kept)
    with pytest.raises(Invalid):
        ask_to_add(kept, "deux@mail.example")


def test_an_address_that_was_added_to_one_account_takes_that_account_to_no_other() -> None:
    first, second = a_person(email="un@mail.example"), a_person()
    an_address_link(first, "commune@mail.example", "first")
    add_address("first", first)
    an_address_link(second, "commune@mail.example", "second")

    with pytest.raises(NotPossibleNow):
        add_address("second", second)

    assert (first.email, first.erased_at) == ("un@mail.example", None)


def test_the_other_account_ends_with_its_sessions_and_its_password() -> None:
    kept, other = a_person(), a_person(email="deux@mail.example", password=PASSWORD)
    db.session.add(Session(token_hash="t", person_id=other.id, expires_at=clock.now()))
    an_address_link(kept, "deux@mail.example", "token")

    add_address("token", kept)

    for table in (Session, Credential):
        assert db.session.scalar(sa.select(sa.func.count(table.id))) == 0
    assert (other.email, other.display_name, other.has_account) == (None, "", False)
    assert password_hash_of("deux@mail.example") is None


def test_the_password_of_the_main_account_opens_under_either_address() -> None:
    kept = a_person(email="un@mail.example", password=PASSWORD)
    an_address_link(kept, "deux@mail.example", "token")
    add_address("token", kept)

    found = [password_hash_of(f"{name}@mail.example") for name in ("un", "deux")]

    assert found[0] == found[1] is not None


def test_somebody_with_a_staff_role_is_never_given_over_but_may_add_an_address() -> None:
    agent, person = a_member(Role.AGENT).person, a_person()

    with pytest.raises(NotPossibleNow):
        merge_people(person, agent)
    merge_people(agent, person)

    assert person.erased_at is not None


def test_a_role_that_ended_stays_with_its_acts() -> None:
    membership = a_member(Role.AGENT)
    former, kept = membership.person, a_person()
    end_membership(membership)

    merge_people(kept, former)

    assert db.session.scalars(sa.select(Membership.person_id)).all() == [kept.id]


def test_a_form_that_waits_counts_for_the_person_once_confirmed() -> None:
    consultation = an_open_consultation()
    kept, guest = a_person(), a_person(account=False)
    mine = a_participant(consultation, person=kept)
    pending = hold_submission(
        consultation, guest, kind="opinion", payload={"choice": "opposed", "language": "fr"}, form_key="k"
    )
    pending.token_hash = hash_of("waits")

    merge_people(kept, guest)
    confirm_submission("waits")

    assert db.session.scalars(sa.select(Position.participant_id)).all() == [mine.id]


def test_a_form_sent_by_somebody_who_was_just_given_over_is_not_lost_in_silence() -> None:
    kept, guest = a_person(), a_person(account=False)
    merge_people(kept, guest)

    with pytest.raises(NotPossibleNow):
        hold_submission(an_open_consultation(), guest, kind="opinion", payload={}, form_key="k")

    assert db.session.scalar(sa.select(sa.func.count(PendingSubmission.id))) == 0


def test_a_whole_life_is_given_over_and_nothing_names_the_other_person_any_more() -> None:
    life, kept = a_whole_life(), a_person()
    texts = {one.ref for one in life.texts}
    before = {table: db.session.scalar(sa.select(sa.func.count(table.id))) for table in (Report, Notice)}

    merge_people(kept, life.person)

    left = {
        f"{table.name}.{column.name}"
        for table, column in keys_to_a_person()
        if db.session.scalars(sa.select(table.c.id).where(column == life.person.id)).all()
    }
    assert left == set()
    assert texts <= {one["ref"] for one in traces_of(kept)["contributions"]}
    after = {table: db.session.scalar(sa.select(sa.func.count(table.id))) for table in before}
    assert after == before


def test_being_seen_at_a_desk_under_one_address_counts_for_all() -> None:
    consultation = an_open_consultation()
    kept, other = a_person(), a_person()
    mine = a_participant(consultation, person=kept)
    a_verification(consultation.project.collectivity, other)

    merge_people(kept, other)

    assert mine.assurance is Assurance.VERIFIED
    assert db.session.scalars(sa.select(Verification.person_id)).all() == [kept.id]


def test_leaving_erases_every_identity_and_the_figures_stay() -> None:
    consultation = an_open_consultation()
    kept, other = a_person(), a_person(email="deux@mail.example")
    for person in (kept, other):
        participant = a_participant(consultation, person=person, display_name="Canari")
        take_position(participant, Choice.OPPOSED)
        a_contribution(participant=participant)
    an_address_link(kept, "deux@mail.example", "token")
    add_address("token", kept)

    erase_person(kept, ErasureChoice.EVERYTHING)

    db.session.expire_all()
    assert position_tally(consultation.id).total == 1
    assert set(db.session.scalars(sa.select(Participant.display_name))) == {"Participant·e"}
    assert set(db.session.scalars(sa.select(Participant.person_id))) == {None}
    assert db.session.scalar(sa.select(sa.func.count(PersonAddress.id))) == 0


@pytest.mark.parametrize("seconds", [-1, 1])
def test_erasing_a_second_before_or_after_the_closing_leaves_the_same_figures(seconds: int) -> None:
    consultation = an_open_consultation()
    participants = [a_participant(consultation) for _ in range(3)]
    for participant in participants:
        take_position(participant, Choice.OPPOSED)
    person = participants[0].person
    assert person is not None

    with clock.pretend(consultation.closes_at + timedelta(seconds=seconds)):
        erase_person(person, ErasureChoice.EVERYTHING)

    assert position_tally(consultation.id).opposed == 3

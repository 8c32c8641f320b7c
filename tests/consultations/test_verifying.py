"""An agent confirms who stands at the desk: told to the person, no number kept, taken back with a reason."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient

from participation.accounts.erasure import ErasureChoice
from participation.accounts.models import Person
from participation.activity.models import Event
from participation.collectivities.models import Role
from participation.consultations.actions import participant_for
from participation.consultations.models import Assurance, Verification, VerificationCode
from participation.consultations.verifying.actions import (
    ask_for_code,
    person_at_desk,
    revoke_verification,
    verify_person,
)
from participation.foundation import clock
from participation.foundation.database import db
from participation.foundation.errors import AlreadyDone, Invalid, NotAllowed
from participation.privacy.actions import erase_person
from participation.privacy.queries import traces_of
from tests.factories.accounts import a_person
from tests.factories.collectivities import a_collectivity, a_member
from tests.factories.consultations import a_closed_consultation, a_participant, an_open_consultation
from tests.factories.identities import a_verification
from tests.factories.projects import a_complete_project
from tests.forms import post_form

SignIn = Callable[[FlaskClient, Person], None]
REASON = "Le document montré était celui de quelqu’un d’autre."


def test_a_person_is_verified_where_they_take_part_and_will_take_part_but_not_in_what_is_over() -> None:
    body, person = a_collectivity(), a_person()
    now, closed = (make(a_complete_project(body)) for make in (an_open_consultation, a_closed_consultation))
    elsewhere = an_open_consultation()
    taken = {one.id: a_participant(one, person=person) for one in (now, closed, elsewhere)}

    a_verification(body, person)

    db.session.expire_all()
    later = participant_for(an_open_consultation(a_complete_project(body)), person, display_name="")
    assert [taken[one.id].assurance for one in (now, closed, elsewhere)] == [
        Assurance.VERIFIED,
        Assurance.EMAIL,
        Assurance.EMAIL,
    ]
    assert later.assurance is Assurance.VERIFIED


def test_it_is_recorded_without_a_name_and_the_person_reads_it(mails: Callable[[], list[str]]) -> None:
    person = a_person(email="ana@mail.example", display_name="Ana")

    verification = a_verification(a_collectivity(name="Ville", display_name="Ville"), person)

    event = db.session.scalars(sa.select(Event).filter_by(action="identity.verified")).one()
    assert event.actor_membership_id == verification.verified_by_id
    assert "Ana" not in str(event.details) and not event.details
    assert traces_of(person)["verifications"][0]["ref"] == verification.ref
    assert verification.ref in mails()[-1]


def test_an_agent_confirms_by_the_code_a_resident_shows(visitor: FlaskClient, sign_in: SignIn) -> None:
    agent, person = a_member(Role.AGENT, a_collectivity(slug="ville")), a_person()
    code = ask_for_code(person).code
    sign_in(visitor, agent.person)

    sent = post_form(visitor, "/gestion/ville/verifications", who=f" {code.upper()} ", seen="y")

    assert sent.status_code == 302
    assert db.session.scalars(sa.select(Verification.person_id)).all() == [person.id]
    assert db.session.scalar(sa.select(sa.func.count(VerificationCode.id))) == 0
    assert person.email not in visitor.get("/gestion/ville/verifications").text


def test_nothing_is_confirmed_unless_the_agent_says_what_they_saw(
    visitor: FlaskClient, sign_in: SignIn
) -> None:
    agent = a_member(Role.AGENT, a_collectivity(slug="ville"))
    sign_in(visitor, agent.person)

    refused = post_form(visitor, "/gestion/ville/verifications", who="ana@mail.example")

    assert refused.status_code == 422
    assert "ana@mail.example" in refused.text
    assert db.session.scalar(sa.select(sa.func.count(Verification.id))) == 0


def test_a_known_and_an_unknown_address_get_the_same_answer(visitor: FlaskClient, sign_in: SignIn) -> None:
    agent = a_member(Role.AGENT, a_collectivity(slug="ville"))
    a_person(email="known@mail.example")
    sign_in(visitor, agent.person)

    answers = [
        post_form(visitor, "/gestion/ville/verifications", who=f"{name}@mail.example", seen="y")
        for name in ("known", "unknown")
    ]

    assert {(one.status_code, one.location) for one in answers} == {(302, "/gestion/ville/verifications")}


def test_a_code_lasts_fourteen_days_and_a_new_one_replaces_it() -> None:
    person = a_person()
    first = ask_for_code(person).code

    second = ask_for_code(person).code

    with pytest.raises(Invalid):
        person_at_desk(first)
    assert person_at_desk(second).id == person.id
    with clock.pretend(clock.now() + timedelta(days=15)), pytest.raises(Invalid):
        person_at_desk(second)


def test_nobody_confirms_themselves_nor_twice_nor_without_the_role() -> None:
    body = a_collectivity()
    agent, moderator = a_member(Role.AGENT, body), a_member(Role.MODERATOR, body)
    person = a_verification(body).person

    with pytest.raises(NotAllowed):
        verify_person(agent.person, member=agent)
    with pytest.raises(AlreadyDone):
        verify_person(person, member=agent)
    with pytest.raises(NotAllowed):
        verify_person(a_person(), member=moderator)


def test_taken_back_with_a_reason_it_falls_to_what_the_person_proves_and_can_be_given_again(
    mails: Callable[[], list[str]],
) -> None:
    consultation = an_open_consultation()
    body = consultation.project.collectivity
    holder, guest = (a_participant(consultation, person=a_person(account=has)) for has in (True, False))
    confirmed = [a_verification(body, one.person) for one in (holder, guest)]
    agent = a_member(Role.AGENT, body)

    for verification in confirmed:
        with pytest.raises(Invalid):
            revoke_verification(verification, reason="non", member=agent)
        revoke_verification(verification, reason=REASON, member=agent)
    with pytest.raises(AlreadyDone):
        revoke_verification(confirmed[0], reason=REASON, member=agent)

    db.session.expire_all()
    assert (holder.assurance, guest.assurance) == (Assurance.ACCOUNT, Assurance.EMAIL)
    assert REASON in mails()[-1]
    verify_person(confirmed[0].person, member=agent)
    db.session.expire_all()
    assert holder.assurance is Assurance.VERIFIED
    assert confirmed[0].revocation_reason == ""


def test_an_agent_of_another_collectivity_takes_nothing_back() -> None:
    verification = a_verification(a_collectivity())

    with pytest.raises(NotAllowed):
        revoke_verification(verification, reason=REASON, member=a_member(Role.AGENT, a_collectivity()))


def test_the_page_of_a_resident_gives_a_code_and_tells_who_confirmed(
    visitor: FlaskClient, sign_in: SignIn
) -> None:
    person = a_person()
    verification = a_verification(a_collectivity(display_name="Ville de Rive"), person)
    agent = a_member(Role.AGENT, verification.collectivity)
    revoke_verification(verification, reason=REASON, member=agent)
    sign_in(visitor, person)

    post_form(visitor, "/compte/verification")
    page = visitor.get("/compte/verification")

    code = db.session.scalars(sa.select(VerificationCode)).one()
    for words in (code.code, "Ville de Rive", verification.ref, REASON):
        assert words in page.text


def test_erasing_forgets_that_somebody_was_seen_and_keeps_the_figures() -> None:
    participant = a_participant(an_open_consultation())
    assert participant.person is not None and participant.consultation is not None
    a_verification(participant.consultation.project.collectivity, participant.person)
    ask_for_code(participant.person)

    erase_person(participant.person, ErasureChoice.EVERYTHING)

    db.session.expire_all()
    assert participant.assurance is Assurance.VERIFIED
    for table in (Verification, VerificationCode):
        assert db.session.scalar(sa.select(sa.func.count(table.id))) == 0

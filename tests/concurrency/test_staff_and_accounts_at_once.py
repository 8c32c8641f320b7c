"""Accounts, roles and invitations at once: one password, one role, one offer, never nobody left."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest
import sqlalchemy as sa

from participation.accounts.actions import (
    person_still_holding,
    person_with_email,
    revoke_other_sessions,
    set_password,
    use_link,
)
from participation.accounts.models import Credential, Person, Session
from participation.accounts.passwords import is_password
from participation.accounts.queries import password_hash_of
from participation.collectivities.actions import (
    accept_invitation,
    appoint,
    end_membership,
    invite,
    withdraw_invitation,
)
from participation.collectivities.models import Collectivity, Invitation, Membership, Role
from participation.foundation import clock
from participation.foundation.database import db
from participation.foundation.references import secret_token
from tests.concurrency.counting import count
from tests.concurrency.world import Crew, meet
from tests.factories.accounts import PASSWORD, a_person, a_sign_in_link
from tests.factories.collectivities import a_collectivity, a_member, an_invitation

pytestmark = [pytest.mark.keeps_its_own_database, pytest.mark.xdist_group("concurrency")]

Rounds = Callable[[int, int], int]


def come_with(email: str, number: int) -> int:
    db.session.scalar(sa.select(Person).filter_by(email=email))
    meet()
    return person_with_email(email).id


def test_one_address_known_by_several_at_once_is_one_person(crew: Crew) -> None:
    people = crew.at_once(partial(come_with, f"{secret_token().lower()}@mail.example"))

    assert len(set(people)) == 1


def choose_password(person_id: int, number: int) -> str:
    person = db.session.get_one(Person, person_id)
    meet()
    set_password(person, f"{PASSWORD} {number}")
    return "set"


@pytest.mark.parametrize("password", [None, PASSWORD])
def test_a_password_set_in_several_windows_at_once_is_one_of_them(crew: Crew, password: str | None) -> None:
    person = a_person(password=password)
    db.session.commit()

    given = crew.at_once(partial(choose_password, person.id))

    assert given == ["set"] * 4
    kept = db.session.scalars(sa.select(Credential).filter_by(person_id=person.id)).one()
    assert any(is_password(f"{PASSWORD} {number}", kept.secret_hash) for number in range(4))


def sign_in(person_id: int, secret_hash: str, number: int) -> int | None:
    """Signs in as the page does, once the password was compared with this hash."""
    meet()
    person = person_still_holding(person_id, secret_hash)
    if person is None:
        return None
    expires = clock.now() + timedelta(days=1)
    db.session.add(Session(token_hash=secret_token(), person_id=person.id, expires_at=expires))
    return person.id


def change_password(person_id: int, kept_id: int, number: int) -> None:
    person, kept = db.session.get_one(Person, person_id), db.session.get_one(Session, kept_id)
    set_password(person, f"{PASSWORD} new")
    revoke_other_sessions(person, kept)
    meet()


def test_no_session_opened_with_the_old_password_outlives_its_change(crew: Crew, rounds: Rounds) -> None:
    for _ in range(rounds(1, 20)):
        person = a_person(password=PASSWORD)
        expires = clock.now() + timedelta(days=1)
        kept = Session(token_hash=secret_token(), person_id=person.id, expires_at=expires)
        db.session.add(kept)
        db.session.commit()

        change = partial(change_password, person.id, kept.id)
        attempt = partial(sign_in, *(password_hash_of(str(person.email)) or (0, "")))
        crew.at_once(change, attempt, attempt, attempt)

        live = sa.select(Session.id).filter_by(person_id=person.id, revoked_at=None)
        assert db.session.scalars(live).all() == [kept.id]


def press_link(token: str, number: int) -> str:
    use_link(token)
    return "used"


def test_a_sign_in_link_pressed_by_several_at_once_signs_in_once(crew: Crew) -> None:
    token = secret_token()
    a_sign_in_link(a_person(), token)
    db.session.commit()

    given = crew.at_once(partial(press_link, token))

    assert sorted(given) == ["NotPossibleNow"] * 3 + ["used"]


def offer(collectivity_id: int, number: int) -> str:
    collectivity = db.session.get_one(Collectivity, collectivity_id)
    meet()
    invite(collectivity, email="Samia@mail.example", role=Role.AGENT, function="Agente", member=None)
    return "invited"


def test_an_invitation_sent_by_several_at_once_is_one_offer(crew: Crew) -> None:
    town = a_collectivity()
    db.session.commit()

    given = crew.at_once(partial(offer, town.id))

    assert sorted(given) == ["AlreadyDone"] * 3 + ["invited"]
    assert count(Invitation, collectivity_id=town.id) == 1


def accept(token: str, number: int) -> str:
    meet()
    accept_invitation(token, display_name="Samia")
    return "accepted"


def withdraw(invitation_id: int, number: int) -> str:
    invitation = db.session.get_one(Invitation, invitation_id)
    assert invitation.collectivity
    meet()
    withdraw_invitation(invitation)
    return "withdrawn"


def test_an_invitation_is_either_accepted_or_withdrawn(crew: Crew, rounds: Rounds) -> None:
    for _ in range(rounds(3, 40)):
        token = secret_token()
        invitation = an_invitation(a_collectivity(), token=token)
        db.session.commit()

        given = crew.at_once(partial(accept, token), partial(withdraw, invitation.id))

        assert given.count("accepted") + given.count("withdrawn") == 1
        assert given.count("accepted") == count(Membership, collectivity_id=invitation.collectivity_id)


def give_role(person_id: int, collectivity_id: int, number: int) -> int:
    person, town = db.session.get_one(Person, person_id), db.session.get_one(Collectivity, collectivity_id)
    meet()
    return appoint(person, town, Role.MODERATOR, function="Modératrice").id


def test_a_role_given_by_several_at_once_is_one(crew: Crew) -> None:
    person, town = a_person(), a_collectivity()
    db.session.commit()

    assert len(set(crew.at_once(partial(give_role, person.id, town.id)))) == 1


def end(membership_ids: list[int], number: int) -> str:
    membership = db.session.get_one(Membership, membership_ids[number % len(membership_ids)])
    assert membership.collectivity
    meet()
    end_membership(membership)
    return "ended"


def test_administrators_who_end_one_another_at_once_leave_one(crew: Crew) -> None:
    town = a_collectivity()
    members = [a_member(Role.ADMINISTRATOR, town).id for _ in range(4)]
    db.session.commit()

    given = crew.at_once(partial(end, members))

    assert sorted(given) == ["NotPossibleNow", "ended", "ended", "ended"]


def test_a_role_ended_by_several_at_once_ends_once(crew: Crew) -> None:
    agent = a_member(Role.AGENT)
    db.session.commit()

    assert sorted(crew.at_once(partial(end, [agent.id]))) == ["AlreadyDone"] * 3 + ["ended"]

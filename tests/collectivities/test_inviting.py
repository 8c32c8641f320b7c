"""Inviting staff, accepting, ending a role."""

import re
from collections.abc import Callable

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient

from participation.accounts.models import Person
from participation.activity.models import Event
from participation.collectivities.actions import accept_invitation, appoint, end_membership
from participation.collectivities.models import Membership, Role
from participation.foundation.database import db
from participation.foundation.errors import NotPossibleNow
from tests.factories.accounts import a_person
from tests.factories.collectivities import a_collectivity, a_member, an_invitation
from tests.forms import post_form

SignIn = Callable[[FlaskClient, Person], None]


def test_an_administrator_invites_and_the_reader_of_the_mail_gets_the_role(
    visitor: FlaskClient, sign_in: SignIn, mails: Callable[[], list[str]]
) -> None:
    administrator = a_member(Role.ADMINISTRATOR)
    town = administrator.collectivity
    sign_in(visitor, administrator.person)
    desk = f"/gestion/{town.slug}"

    post_form(
        visitor,
        f"{desk}/equipe/invitation",
        email="samia@mail.example",
        role="moderator",
        function="Modératrice",
    )
    (mail,) = mails()
    address = re.search(r"http://participation\.example(/invitations/\S+)", mail)[1]  # type: ignore[index]
    accepted = post_form(visitor, address, display_name="Samia R.")

    assert accepted.location == desk
    member = db.session.scalars(sa.select(Membership).filter_by(role=Role.MODERATOR)).one()
    assert (member.person.email, member.person.display_name) == ("samia@mail.example", "Samia R.")
    assert member.function == "Modératrice"
    assert visitor.get(f"{desk}/equipe").status_code == 403, (
        "she is signed in as herself now, no administrator"
    )
    actions = db.session.scalars(sa.select(Event.action).order_by(Event.id)).all()
    assert actions == ["membership.offered", "membership.accepted"]


def test_an_invitation_is_accepted_once() -> None:
    an_invitation(token="token")
    accept_invitation("token", display_name="Samia")

    with pytest.raises(NotPossibleNow):
        accept_invitation("token", display_name="Quelqu’un d’autre")


def test_a_withdrawn_invitation_no_longer_works(visitor: FlaskClient, sign_in: SignIn) -> None:
    administrator = a_member(Role.ADMINISTRATOR)
    invitation = an_invitation(administrator.collectivity, token="token")
    sign_in(visitor, administrator.person)
    people = f"/gestion/{administrator.collectivity.slug}/equipe"

    post_form(visitor, people, to=f"{people}/invitations/{invitation.id}/fin")

    assert visitor.get("/invitations/token").status_code == 404


def test_an_ended_role_closes_the_desk_and_can_be_given_again(visitor: FlaskClient, sign_in: SignIn) -> None:
    agent = a_member(Role.AGENT)
    sign_in(visitor, agent.person)
    desk = f"/gestion/{agent.collectivity.slug}"
    assert visitor.get(desk).status_code == 200

    end_membership(db.session.get_one(Membership, agent.id))
    db.session.commit()
    assert visitor.get(desk).status_code == 403

    again = appoint(agent.person, agent.collectivity, Role.AGENT, function="Une autre fonction")
    db.session.commit()
    assert again.id == agent.id
    assert visitor.get(desk).status_code == 200


def test_the_last_administrator_stays() -> None:
    administrator = a_member(Role.ADMINISTRATOR)
    a_member(Role.ADMINISTRATOR)

    with pytest.raises(NotPossibleNow):
        end_membership(administrator)


def test_roles_of_a_neighbour_are_out_of_reach(visitor: FlaskClient, sign_in: SignIn) -> None:
    administrator = a_member(Role.ADMINISTRATOR)
    stranger = a_member(Role.AGENT, a_collectivity())
    sign_in(visitor, administrator.person)
    people = f"/gestion/{administrator.collectivity.slug}/equipe"

    assert post_form(visitor, people, to=f"{people}/{stranger.id}/fin").status_code == 404
    assert visitor.get(f"/gestion/{stranger.collectivity.slug}").status_code == 403
    assert db.session.get_one(Membership, stranger.id).ended_at is None


@pytest.mark.parametrize("role", [Role.AGENT, Role.MODERATOR, Role.OFFICIAL, Role.AUDITOR])
def test_only_administrators_see_the_staff_and_the_settings(
    visitor: FlaskClient, sign_in: SignIn, role: Role
) -> None:
    member = a_member(role)
    sign_in(visitor, member.person)

    for page in ("equipe", "equipe/invitation", "reglages"):
        assert visitor.get(f"/gestion/{member.collectivity.slug}/{page}").status_code == 403


def test_a_role_that_does_not_exist_is_refused_in_a_sentence(visitor: FlaskClient, sign_in: SignIn) -> None:
    administrator = a_member(Role.ADMINISTRATOR)
    sign_in(visitor, administrator.person)
    form = f"/gestion/{administrator.collectivity.slug}/equipe/invitation"

    answer = post_form(visitor, form, email="x@mail.example", role="king", function="Roi")

    assert answer.status_code == 422
    assert "x@mail.example" in answer.text


def test_a_person_is_named_on_the_page_of_an_invitation_made_for_somebody_else(
    visitor: FlaskClient, sign_in: SignIn
) -> None:
    an_invitation(token="token", email="autre@mail.example")
    sign_in(visitor, a_person(email="moi@mail.example"))

    page = visitor.get("/invitations/token").text

    assert "moi@mail.example" in page
    assert "autre@mail.example" in page

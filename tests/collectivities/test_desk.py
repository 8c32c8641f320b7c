"""The desk: what waits, and no door that is locked."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from participation.accounts.models import Person
from participation.activity.recording import owe
from participation.collectivities.models import Role
from participation.foundation import clock
from tests.factories.collectivities import a_collectivity, a_member
from tests.factories.consultations import a_consultation
from tests.factories.paper import a_form
from tests.factories.projects import a_project

SignIn = Callable[[FlaskClient, Person], None]


@pytest.mark.parametrize("role", list(Role))
def test_every_link_of_the_desk_opens_for_the_role_that_sees_it(
    visitor: FlaskClient, sign_in: SignIn, role: Role
) -> None:
    member = a_member(role)
    a_consultation(a_project(member.collectivity))
    a_consultation(a_project(member.collectivity), announced=False)
    sign_in(visitor, member.person)

    page = visitor.get(f"/gestion/{member.collectivity.slug}").text
    main = page[page.index("<main") : page.index("</main")]
    links = set(re.findall(r'href="(/[^"#]*)"', main))

    assert links
    assert {link: visitor.get(link).status_code for link in links} == dict.fromkeys(links, 200)


def test_the_desk_shows_what_is_owed_here_and_nothing_of_the_neighbours(
    visitor: FlaskClient, sign_in: SignIn
) -> None:
    member = a_member(Role.AGENT)
    for owner, body in (("Service Accueil", member.collectivity), ("Service voisin", a_collectivity())):
        project = a_project(body)
        due = clock.now() - timedelta(days=2)
        owe("decision", f"consultation:{body.id}", owed_by=owner, due_at=due, project_id=project.id,
            collectivity_id=body.id)  # fmt: skip
    sign_in(visitor, member.person)

    page = visitor.get(f"/gestion/{member.collectivity.slug}").text

    assert "Service Accueil" in page
    assert "Service voisin" not in page
    assert "status--late" in page


def test_the_desk_leads_to_the_letters_and_says_how_many_wait(visitor: FlaskClient, sign_in: SignIn) -> None:
    member = a_member(Role.AGENT)
    consultation = a_consultation(a_project(member.collectivity))
    a_form(consultation, postal_address="3 rue des Ajoncs")
    sign_in(visitor, member.person)

    page = visitor.get(f"/en/gestion/{member.collectivity.slug}").text

    assert re.search(r"/courriers\">Letters to print</a> \(1\)", page)

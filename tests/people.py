"""The personas: one person for each way of coming to a page, and the browser each of them holds."""

from datetime import timedelta

from flask import Flask
from flask.testing import FlaskClient

from participation.accounts.models import Person, Session
from participation.collectivities.models import Collectivity, Role
from participation.foundation import clock
from participation.foundation.database import db
from participation.foundation.references import hash_of, secret_token
from tests.factories.accounts import a_person
from tests.factories.collectivities import a_member

# A visitor is not signed in; a stranger is the administrator of another collectivity.
PERSONAS = ("visitor", "resident", *(role.value for role in Role), "stranger")


def the_people(body: Collectivity, other_body: Collectivity) -> dict[str, Person]:
    """Adds one person for each persona but the visitor: a resident, each role here, a stranger."""
    staff = {
        role.value: a_member(role, body, person=a_person(display_name=role.value)).person for role in Role
    }
    stranger = a_member(Role.ADMINISTRATOR, other_body, person=a_person(display_name="stranger")).person
    return {"resident": a_person(display_name="resident"), **staff, "stranger": stranger}


def somebody_with_every_role(body: Collectivity) -> Person:
    """Adds one person who holds every role in a collectivity."""
    person = a_person(display_name="everything")
    for role in Role:
        a_member(role, body, person=person)
    return person


def a_browser(app: Flask, person: Person | None = None) -> FlaskClient:
    """Returns a browser in which a person is signed in, without going through a mail; nobody when None."""
    browser = app.test_client()
    if person is None:
        return browser
    token = secret_token()
    expires = clock.now() + timedelta(days=1)
    db.session.add(Session(token_hash=hash_of(token), person_id=person.id, expires_at=expires))
    db.session.commit()
    with browser.session_transaction() as session:
        session["_user_id"] = token
        session["_fresh"] = True
    return browser

"""One's own page: name, password, browsers signed in."""

from collections.abc import Callable

import sqlalchemy as sa
from flask.testing import FlaskClient

from participation.accounts.actions import set_password
from participation.accounts.models import Credential, Person, Session
from participation.accounts.passwords import is_password
from participation.foundation import clock
from participation.foundation.database import db
from participation.foundation.references import hash_of
from tests.factories.accounts import PASSWORD, a_person
from tests.forms import hidden_fields, post_form

SignIn = Callable[[FlaskClient, Person], None]


def another_browser_of(person: Person) -> Session:
    session = Session(
        token_hash=hash_of("other"), person_id=person.id, expires_at=clock.now().replace(year=2999)
    )
    db.session.add(session)
    db.session.commit()
    return session


def test_a_visitor_is_sent_to_sign_in_and_back(visitor: FlaskClient) -> None:
    assert visitor.get("/compte").location == "/connexion?next=/compte"


def test_the_name_shown_can_be_changed(visitor: FlaskClient, sign_in: SignIn) -> None:
    person = a_person(display_name="Ancien")
    sign_in(visitor, person)

    post_form(visitor, "/compte/nom", display_name="Nouveau", language="en")

    changed = db.session.get_one(Person, person.id)
    assert (changed.display_name, changed.language) == ("Nouveau", "en")


def test_an_unknown_language_is_refused_and_the_name_kept_in_the_form(
    visitor: FlaskClient, sign_in: SignIn
) -> None:
    person = a_person(display_name="Ancien")
    sign_in(visitor, person)

    answer = post_form(visitor, "/compte/nom", display_name="Nouveau", language="tlh")

    assert answer.status_code == 422
    assert "Nouveau" in answer.text
    assert db.session.get_one(Person, person.id).display_name == "Ancien"


def test_setting_a_password_signs_out_the_other_browsers_and_says_so_by_mail(
    visitor: FlaskClient, sign_in: SignIn, mails: Callable[[], list[str]]
) -> None:
    person = a_person()
    sign_in(visitor, person)
    other = another_browser_of(person)

    post_form(visitor, "/compte/mot-de-passe", password=PASSWORD)

    credential = db.session.scalars(sa.select(Credential).filter_by(person_id=person.id)).one()
    assert is_password(PASSWORD, credential.secret_hash)
    assert PASSWORD not in credential.secret_hash
    assert db.session.get_one(Session, other.id).revoked_at is not None
    assert visitor.get("/compte").status_code == 200
    assert len(mails()) == 1


def test_a_short_password_is_refused_and_never_shown_back(visitor: FlaskClient, sign_in: SignIn) -> None:
    sign_in(visitor, a_person())

    answer = post_form(visitor, "/compte/mot-de-passe", password="court123")

    assert answer.status_code == 422
    assert "court123" not in answer.text


def test_a_password_means_the_same_however_its_accents_are_typed() -> None:
    person = a_person()

    set_password(person, "e\u0301le\u0301phant au bord de l’eau ")

    credential = db.session.scalars(sa.select(Credential).filter_by(person_id=person.id)).one()
    assert is_password("\u00e9l\u00e9phant au bord de l’eau", credential.secret_hash)


def test_another_browser_can_be_signed_out(visitor: FlaskClient, sign_in: SignIn) -> None:
    person = a_person()
    sign_in(visitor, person)
    other = another_browser_of(person)

    post_form(visitor, "/compte", to=f"/compte/sessions/{other.id}/fin")

    assert db.session.get_one(Session, other.id).revoked_at is not None


def test_nobody_signs_out_somebody_else(visitor: FlaskClient, sign_in: SignIn) -> None:
    other = another_browser_of(a_person())
    sign_in(visitor, a_person())

    answer = post_form(visitor, "/compte", to=f"/compte/sessions/{other.id}/fin")

    assert answer.status_code == 404
    assert db.session.get_one(Session, other.id).revoked_at is None
    assert visitor.post("/compte/sessions/99999999999999999999/fin").status_code == 404


def test_signing_out_ends_the_session_in_the_database(visitor: FlaskClient, sign_in: SignIn) -> None:
    person = a_person()
    sign_in(visitor, person)
    hidden = hidden_fields(visitor.get("/compte").text)

    visitor.post("/deconnexion", data=hidden)

    assert db.session.scalars(sa.select(Session).filter_by(person_id=person.id)).one().revoked_at is not None
    assert visitor.get("/compte").status_code == 302

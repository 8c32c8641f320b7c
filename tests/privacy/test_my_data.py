"""My data: all of it, mine only, and nothing that opens a door."""

import json
from collections.abc import Callable

from flask.testing import FlaskClient

from participation.accounts.models import Person
from participation.foundation.database import db
from participation.privacy.queries import traces_of
from participation.privacy.wording import KINDS
from tests.factories.accounts import a_person
from tests.factories.privacy import CANARY, EMAIL, a_whole_life
from tests.privacy.test_leaving import places_with

SignIn = Callable[[FlaskClient, Person], None]


def test_the_file_holds_all_that_somebody_wrote_and_chose(visitor: FlaskClient, sign_in: SignIn) -> None:
    life = a_whole_life()
    sign_in(visitor, life.person)

    answer = visitor.get("/compte/donnees/fichier")

    held = json.loads(answer.text)
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert "attachment" in answer.headers["Content-Disposition"]
    assert held["person"][0]["email"] == EMAIL
    assert {one["body"] for one in held["contributions"]} == {one.body for one in life.texts}
    assert [kind for kind in KINDS if not held[kind]] == []


def test_every_text_in_the_database_is_in_the_file() -> None:
    life = a_whole_life()

    written = json.dumps(traces_of(life.person), default=str, ensure_ascii=False)

    for words in (
        "Mon avis",
        "Ma condition",
        "Réponse",
        "À citer",
        "Une question",
        "Pas confirmé",
        "conteste",
        "signale",
        "menace quelqu’un",
        "Cheffe",
        "Nom",
    ):
        assert words in written, words
    assert len(places_with(CANARY)) > 15


def test_no_secret_and_nothing_of_others_is_in_the_file(visitor: FlaskClient, sign_in: SignIn) -> None:
    life = a_whole_life()
    other = a_person(display_name="Quelqu’un d’autre")
    db.session.commit()
    sign_in(visitor, life.person)

    text = visitor.get("/compte/donnees/fichier").text

    for words in ("hash", "argon2", "salt", "token", str(other.email), "Il écrit", "Voisine"):
        assert words not in text, words


def test_everybody_gets_their_own_only(visitor: FlaskClient, sign_in: SignIn) -> None:
    a_whole_life()
    sign_in(visitor, a_person())

    assert CANARY not in visitor.get("/compte/donnees/fichier").text
    assert CANARY not in visitor.get("/compte/donnees").text


def test_a_visitor_is_sent_to_sign_in(visitor: FlaskClient) -> None:
    assert visitor.get("/compte/donnees/fichier").location == "/connexion?next=/compte/donnees/fichier"


def test_every_kind_of_trace_has_words_on_the_page() -> None:
    assert set(traces_of(a_person())) == set(KINDS)

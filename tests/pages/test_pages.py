"""The pages of no domain, health, and the pages that exist only in the demonstration."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from participation.collectivities.models import Role
from participation.foundation.database import db
from tests.factories.accounts import a_person
from tests.factories.collectivities import a_collectivity, a_member
from tests.forms import post_form

READING = ("/", "/comment-ca-marche", "/mentions-legales", "/donnees-personnelles", "/accessibilite")


@pytest.mark.parametrize("page", READING)
@pytest.mark.parametrize("language", ["", "/en"])
def test_pages_one_only_reads_leave_no_cookie_and_can_be_kept(
    visitor: FlaskClient, page: str, language: str
) -> None:
    a_collectivity()
    a_collectivity()
    db.session.commit()

    answer = visitor.get(language + page)

    assert answer.status_code == 200
    assert answer.text.count("<h1") == 1
    assert "Set-Cookie" not in answer.headers
    assert answer.headers["Cache-Control"].startswith("public")


@pytest.mark.parametrize("page", READING)
def test_pages_stand_before_any_collectivity_exists(visitor: FlaskClient, page: str) -> None:
    assert visitor.get(page).status_code == 200


def test_health_says_alive_and_ready(visitor: FlaskClient) -> None:
    assert visitor.get("/health/live").json == {"status": "alive"}
    ready = visitor.get("/health/ready")
    assert ready.json == {"status": "ready", "waiting": 0}
    assert ready.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("page", ["/demo", "/demo/courrier"])
def test_there_is_no_demonstration_on_a_real_site(visitor: FlaskClient, page: str) -> None:
    assert visitor.get(page).status_code == 404
    assert visitor.post("/demo/entrer/habitant").status_code == 404


@pytest.fixture
def demonstration(app: Flask) -> Iterator[None]:
    app.config["DEMO"] = True
    yield
    app.config["DEMO"] = False


@pytest.mark.usefixtures("demonstration")
def test_in_the_demonstration_one_enters_as_each_kind_of_person(visitor: FlaskClient) -> None:
    town = a_collectivity()
    for role in Role:
        a_member(role, town)
    a_person()
    db.session.commit()

    for kind in ("moderation", "service", "elu", "administration", "controle"):
        assert post_form(visitor, "/demo", to=f"/demo/entrer/{kind}").location == f"/gestion/{town.slug}"
        assert visitor.get(f"/gestion/{town.slug}").status_code == 200
    assert post_form(visitor, "/demo", to="/demo/entrer/habitant").location == "/compte"
    assert post_form(visitor, "/demo", to="/demo/entrer/roi").status_code == 404


@pytest.mark.usefixtures("demonstration")
def test_the_mailbox_shows_what_was_written_newest_first(
    app: Flask, visitor: FlaskClient, mails: Callable[[], list[str]]
) -> None:
    for name in ("premiere", "seconde"):
        post_form(visitor, "/connexion", email=f"{name}@mail.example")
        mails()
    folder = Path(app.config["DATA_DIR"]) / "mails"
    (folder / "99990101T000000-broken.eml").write_bytes(b"\xff\xfe\x00 not a mail")

    page = visitor.get("/demo/courrier")

    assert page.status_code == 200
    assert page.text.index("seconde@mail.example") < page.text.index("premiere@mail.example")
    assert "/connexion/lien/" in page.text
    assert not re.search(r"\d\d:\d\d:\d\d [+-]0000", page.text)
    (folder / "99990101T000000-broken.eml").unlink()

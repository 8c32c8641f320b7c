"""The net under the actions: what two people broke by doing the same at once is a sentence, never a 500."""

import logging
from collections.abc import Callable

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm.exc import StaleDataError

from participation.accounts.models import Person
from participation.foundation.database import db
from participation.web.access import public

SENTENCE = "Quelqu’un vient de faire la même chose au même moment."


class Crossed(Exception):
    """What psycopg raises, as far as we read it."""

    def __init__(self, sqlstate: str) -> None:
        super().__init__("deadlock detected: somebody@mail.example")
        self.sqlstate = sqlstate


def the_same_address_twice() -> None:
    for _ in range(2):
        db.session.add(Person(email="somebody@mail.example"))
        db.session.flush()


def a_deadlock() -> None:
    raise sa.exc.OperationalError("UPDATE …", {}, Crossed("40P01"))


def an_order_that_cannot_be_kept() -> None:
    raise sa.exc.OperationalError("UPDATE …", {}, Crossed("40001"))


def a_row_that_is_gone() -> None:
    raise StaleDataError("UPDATE statement on table 'finding' expected to update 1 row(s); 0 were matched.")


@pytest.fixture
def home_that(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[], None]], None]:
    """Returns a function that makes the home page do something else."""

    def does(act: Callable[[], None]) -> None:
        monkeypatch.setitem(app.view_functions, "pages.home", public(act))

    return does


@pytest.mark.parametrize(
    ("act", "logged"),
    [
        (the_same_address_twice, "email"),
        (a_deadlock, "OperationalError"),
        (an_order_that_cannot_be_kept, "OperationalError"),
        (a_row_that_is_gone, "StaleDataError"),
    ],
)
def test_what_still_reaches_the_top_is_answered_with_a_sentence(
    visitor: FlaskClient,
    home_that: Callable[[Callable[[], None]], None],
    caplog: pytest.LogCaptureFixture,
    act: Callable[[], None],
    logged: str,
) -> None:
    home_that(act)

    with caplog.at_level(logging.ERROR):
        answer = visitor.get("/")

    assert answer.status_code == 409 and SENTENCE in answer.text
    assert logged in caplog.text and "somebody@" not in caplog.text
    assert db.session.scalars(sa.select(Person).filter_by(email="somebody@mail.example")).all() == []


def test_a_database_that_is_away_is_still_said_to_be_away(
    visitor: FlaskClient, home_that: Callable[[Callable[[], None]], None]
) -> None:
    def away() -> None:
        raise sa.exc.OperationalError("SELECT 1", {}, Crossed("57P01"))

    home_that(away)

    assert visitor.get("/").status_code == 503

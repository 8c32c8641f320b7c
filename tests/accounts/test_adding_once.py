"""Writing what may exist once only, seen on persons: one for each address."""

import pytest
from flask import Flask
from sqlalchemy.exc import IntegrityError

from participation.accounts.models import Person
from participation.foundation.adding import add_once, add_or_find
from participation.foundation.database import db


def addresses() -> list[str]:
    return sorted(one.email or "" for one in db.session.query(Person))


def test_a_second_row_is_refused_and_the_transaction_goes_on(app: Flask) -> None:
    first, second = Person(email="ana@example.org"), Person(email="ana@example.org")

    assert (add_once(first), add_once(second)) == (True, False)
    assert add_once(Person(email="bea@example.org"))
    assert addresses() == ["ana@example.org", "bea@example.org"]


def test_rows_written_together_are_all_refused_when_one_is(app: Flask) -> None:
    add_once(Person(email="ana@example.org"))

    assert not add_once(Person(email="cleo@example.org"), Person(email="ana@example.org"))
    assert addresses() == ["ana@example.org"]


def test_the_row_of_the_quicker_one_is_found(app: Flask) -> None:
    first = Person(email="ana@example.org")
    add_once(first)

    found = add_or_find(
        Person(email="ana@example.org"),
        lambda: db.session.query(Person).filter_by(email="ana@example.org").one_or_none(),
    )

    assert found is first


def test_a_refusal_for_another_cause_is_not_hidden(app: Flask) -> None:
    add_once(Person(email="ana@example.org"))

    with pytest.raises(IntegrityError):
        add_or_find(Person(email="ana@example.org"), lambda: None)

"""An agent at work in a collectivity, and counting what a page asks of the database."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.engine import Engine

from participation.accounts.models import Person
from participation.collectivities.models import Collectivity, Membership, Role
from tests.factories.collectivities import a_collectivity, a_member

SignIn = Callable[[FlaskClient, Person], None]


@pytest.fixture
def collectivity() -> Collectivity:
    return a_collectivity()


@pytest.fixture
def agent(collectivity: Collectivity, visitor: FlaskClient, sign_in: SignIn) -> Membership:
    member = a_member(Role.AGENT, collectivity)
    sign_in(visitor, member.person)
    return member


@pytest.fixture
def counting_statements(app: Flask) -> Callable[[], AbstractContextManager[list[str]]]:
    """Returns a context manager that gives the statements sent inside it, savepoints left out."""

    @contextmanager
    def counting() -> Iterator[list[str]]:
        sent: list[str] = []

        def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
            if not statement.startswith(("SAVEPOINT", "RELEASE", "ROLLBACK")):
                sent.append(statement)

        sa.event.listen(Engine, "before_cursor_execute", note)
        try:
            yield sent
        finally:
            sa.event.remove(Engine, "before_cursor_execute", note)

    return counting

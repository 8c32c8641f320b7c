"""Counting what a page asks of the database."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.engine import Engine


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

"""Whether anything was written to the database since: a word that changes with every commit, whoever made it.

SQLite counts the commits of other connections for each connection; PostgreSQL names the transactions that a
reader sees. Both are exact and cost less than a tenth of a statement that reads rows.
"""

import sqlite3
from contextlib import suppress
from threading import Lock
from typing import Any

import sqlalchemy as sa

from participation.foundation.database import db


class Watch:
    """Asks the database of the application, over one connection of its own in each process."""

    def __init__(self) -> None:
        self._connection: Any = None
        self._lock = Lock()

    def stamp(self) -> str | None:
        """Returns the same word as before when nothing was committed since; None when nobody knows."""
        with self._lock:
            try:
                return self._ask()
            except (sqlite3.Error, sa.exc.SQLAlchemyError):
                self._forget()
                return None

    def close(self) -> None:
        """Closes the connection; the next question opens another."""
        with self._lock:
            self._forget()

    def _forget(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            with suppress(sqlite3.Error, sa.exc.SQLAlchemyError):
                connection.close()

    def _ask(self) -> str | None:
        name = db.engine.dialect.name
        if name == "sqlite":
            return self._ask_sqlite(db.engine.url.database)
        return self._ask_postgresql() if name == "postgresql" else None

    def _ask_sqlite(self, file: str | None) -> str | None:
        if not file or file == ":memory:":
            return None
        if self._connection is None:
            # It never writes: its own commits are the only ones it would not count.
            self._connection = sqlite3.connect(file, check_same_thread=False, isolation_level=None)
        return str(self._connection.execute("PRAGMA data_version").fetchone()[0])

    def _ask_postgresql(self) -> str:
        if self._connection is None:
            self._connection = db.engine.connect().execution_options(isolation_level="AUTOCOMMIT")
        return str(self._connection.exec_driver_sql("SELECT pg_current_snapshot()::text").scalar_one())

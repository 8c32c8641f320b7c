"""Processes that write for real into one database, at the same instant; one crew for the whole folder."""

import multiprocessing
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing.synchronize import Barrier
from pathlib import Path
from typing import Any

from flask import Flask

from config import TestingConfig
from participation.app import create_app
from participation.foundation.database import db
from participation.foundation.errors import DomainError

# What one process does in a request of its own: it receives its number, and is committed afterwards.
Work = Callable[[int], Any]

PROCESSES = 4
LONGEST_WAIT_SECONDS = 60


def an_app(folder: Path, url: str) -> Flask:
    """Returns an application on a database of its own."""
    return create_app(TestingConfig(folder, url))


class Crew:
    """Processes, four unless said otherwise, started once, that begin each piece of work together."""

    def __init__(self, folder: Path, url: str, processes: int = PROCESSES) -> None:
        # One process imports the application, the others are copies of it.
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(["participation.app", __name__])
        together = context.Barrier(processes)
        self.pool = ProcessPoolExecutor(
            processes, mp_context=context, initializer=_start, initargs=(str(folder), url, together)
        )

    def at_once(self, *works: Work, times: int = PROCESSES) -> list[Any]:
        """Runs `works[n % len(works)](n)` for n in 0…times-1, four at the same instant.

        Returns what each gave, or the name of its refusal (`AlreadyDone`); anything else fails the test.
        `times` is a multiple of four, the number of works 1, 2 or 4: numbers 0 to 3 start together.
        """
        # Reading took the write lock of SQLite: the others would wait for this process.
        db.session.commit()
        tasks = [works[number % len(works)] for number in range(times)]
        given = list(self.pool.map(_run, tasks, range(times)))
        db.session.expire_all()
        return given

    def leave(self) -> None:
        """Ends the processes."""
        self.pool.shutdown()


def meet() -> None:
    """Waits, on PostgreSQL, until the three others have read what they act on too.

    Each of the four calls it. On SQLite a request that writes has the database to itself anyway.
    """
    if db.engine.dialect.name == "postgresql":
        assert _together is not None
        _together.wait(timeout=LONGEST_WAIT_SECONDS)


_app: Flask | None = None
_together: Barrier | None = None


def app_of_this_process() -> Flask:
    """Returns the application of a process of the crew."""
    assert _app is not None
    return _app


def _start(folder: str, url: str, together: Barrier) -> None:
    global _app, _together
    _app, _together = an_app(Path(folder), url), together


def _run(work: Work, number: int) -> Any:
    assert _app is not None
    assert _together is not None
    _together.wait(timeout=LONGEST_WAIT_SECONDS)
    with _app.test_request_context(method="POST"):
        try:
            given = work(number)
            db.session.commit()
        except DomainError as refusal:
            db.session.rollback()
            return type(refusal).__name__
        return given

"""A receipt is given once the disk has the words; where the disk refuses, nobody gets a receipt."""

import os
import re
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from participation.contributions.models import Contribution, Submission
from participation.foundation.database import db
from participation.foundation.references import secret_token
from tests.crash.browser import Browser
from tests.crash.served import Server, served
from tests.factories.accounts import a_person
from tests.factories.consultations import an_open_consultation

pytestmark = [pytest.mark.keeps_its_own_database, pytest.mark.xdist_group("crash")]

FORMS = 5
ATTACHED_WITHIN_SECONDS = 30


@pytest.fixture
def site(
    request: pytest.FixtureRequest, database_url: Callable[[str], str]
) -> Iterator[tuple[Flask, Server]]:
    """Gives a server with one worker on SQLite, whose calls to the disk can be watched."""
    if request.config.getoption("--database") != "sqlite":
        pytest.skip("PostgreSQL writes to the disk in its own server, which syncs at each commit by default")
    if not can_trace():
        pytest.skip("strace is missing, or may not watch another process here")
    url = database_url(f"disk{os.getpid()}{request.node.name[:30]}")
    with (
        tempfile.TemporaryDirectory(prefix="disk") as name,
        served(Path(name), url, workers=1, threads=2) as (app, server),
    ):
        server.start()
        yield app, server


def can_trace() -> bool:
    """Tells whether strace is there and may watch a process that it did not start."""
    if shutil.which("strace") is None:
        return False
    with subprocess.Popen(["sleep", "30"]) as process, tempfile.TemporaryDirectory() as name:
        try:
            with tracing(process.pid, Path(name) / "calls"):
                return True
        except AssertionError:
            return False
        finally:
            process.kill()


@contextmanager
def watched(server: Server, *options: str) -> Iterator[Path]:
    """Watches the calls of the worker that make the disk keep what was written; gives the list of them."""
    calls = server.folder / f"calls-{secret_token()[:8]}"
    with tracing(server.workers()[0], calls, "-e", "trace=fdatasync,fsync", *options):
        yield calls


@contextmanager
def tracing(process: int, calls: Path, *options: str) -> Iterator[None]:
    """Attaches strace to a process and all its threads, and lets go of it at the end."""
    told = calls.with_suffix(".told")
    with told.open("wb") as stream:
        command = ["strace", "-f", "-p", str(process), "-o", str(calls), *options]
        tracer = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=stream, stderr=stream)
    try:
        latest = time.monotonic() + ATTACHED_WITHIN_SECONDS
        while "attached" not in told.read_text():
            assert time.monotonic() < latest and tracer.poll() is None, told.read_text()
            time.sleep(0.02)
        yield
    finally:
        tracer.terminate()
        tracer.wait()


def a_browser_with_a_form(app: Flask, server: Server) -> tuple[Browser, str, dict[str, str]]:
    with app.app_context():
        consultation = an_open_consultation()
        browser = Browser(app, server.port, a_person())
        address = f"/consultations/{consultation.slug}/commentaire"
        db.session.remove()
    return browser, address, browser.hidden_fields_of(address)


def test_the_disk_is_asked_to_keep_each_form_before_its_receipt(site: tuple[Flask, Server]) -> None:
    app, server = site
    browser, address, hidden = a_browser_with_a_form(app, server)

    with watched(server) as calls:
        receipts = [
            browser.post(address, {**hidden, "form_key": secret_token(), "body": f"Mot {n}"}).receipt
            for n in range(FORMS)
        ]

    assert all(receipts)
    assert len(re.findall(r"(?:fdatasync|fsync)\(\d+\)\s+= 0", calls.read_text())) >= FORMS


def test_when_the_disk_refuses_nobody_gets_a_receipt_and_the_form_can_be_sent_again(
    site: tuple[Flask, Server],
) -> None:
    app, server = site
    browser, address, hidden = a_browser_with_a_form(app, server)
    sent = {**hidden, "form_key": secret_token(), "body": "Mot gardé : l’été."}

    with watched(server, "-e", "inject=fdatasync,fsync:error=EIO") as calls:
        refused = [browser.post(address, sent) for _ in range(3)]

    assert "EIO" in calls.read_text()
    assert [(one.status, one.receipt) for one in refused] == [(503, "")] * 3
    with app.app_context():
        assert rows_of(Submission) == rows_of(Contribution) == 0
        db.session.remove()
    again = browser.post(address, sent)
    assert again.receipt
    with app.app_context():
        assert rows_of(Submission) == rows_of(Contribution) == 1
        db.session.remove()


def rows_of(table: type[Submission] | type[Contribution]) -> int:
    return db.session.scalar(sa.select(sa.func.count(table.id))) or 0

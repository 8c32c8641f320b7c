"""The real web server on a database of a test: started, killed without warning, started again."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from flask import Flask

from config import TestingConfig
from participation.app import create_app
from participation.foundation.database import db

ROOT = Path(__file__).parents[2]
STARTS_WITHIN_SECONDS = 60
# As `flask serve` does: the same process becomes the master of gunicorn.
START = [
    sys.executable,
    "-c",
    "import os; from participation.serving.commands import web_command;"
    "command = web_command('tests.crash.served:application()'); os.execv(command[0], command)",
]


def application() -> Flask:
    """Makes the application that gunicorn serves; the environment names its folder and its database."""
    return create_app(TestingConfig(Path(os.environ["DATA_DIR"]), os.environ["DATABASE_URL"]))


class Server:
    """A master and its workers, each in the list of processes we started: nothing else is ever killed."""

    def __init__(self, folder: Path, url: str, *, workers: int = 2, threads: int = 4) -> None:
        self.port = _free_port()
        self.folder = folder
        self.environment = {
            **os.environ,
            "DATA_DIR": str(folder),
            "DATABASE_URL": url,
            "HOST": "127.0.0.1",
            "PORT": str(self.port),
            "WEB_WORKERS": str(workers),
            "WEB_THREADS": str(threads),
        }
        self.master: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Starts it and waits until it answers."""
        with (self.folder / "server.log").open("ab") as log:
            streams = {"stdin": subprocess.DEVNULL, "stdout": log, "stderr": log}
            self.master = subprocess.Popen(START, cwd=ROOT, env=self.environment, **streams)
        latest = time.monotonic() + STARTS_WITHIN_SECONDS
        while not self.answers():
            if self.master.poll() is not None or time.monotonic() > latest:
                raise RuntimeError((self.folder / "server.log").read_text("utf-8")[-3000:])
            time.sleep(0.05)

    def workers(self) -> list[int]:
        """Returns the numbers of the worker processes that run now."""
        assert self.master is not None
        children = Path(f"/proc/{self.master.pid}/task/{self.master.pid}/children")
        return [int(number) for number in children.read_text().split()] if children.exists() else []

    def kill_worker(self, place: int) -> None:
        """Kills one worker with -9; the master starts another."""
        workers = self.workers()
        if workers:
            _kill(workers[place % len(workers)])

    def kill_everything(self) -> None:
        """Kills the master with -9, then the workers it leaves behind: as if the machine had stopped."""
        assert self.master is not None
        left = self.workers()
        _kill(self.master.pid)
        self.master.wait()
        for number in left:
            _kill(number)

    def answers(self) -> bool:
        """Tells whether a worker says that it lives."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            connection.request("GET", "/health/live")
            return connection.getresponse().status == 200
        except (OSError, HTTPException):
            return False
        finally:
            connection.close()


@contextmanager
def served(folder: Path, url: str, **size: int) -> Iterator[tuple[Flask, Server]]:
    """Gives the application of this process and the server, on the same empty database."""
    app = create_app(TestingConfig(folder, url))
    with app.app_context():
        db.create_all()
        db.engine.dispose()
    server = Server(folder, url, **size)
    try:
        yield app, server
    finally:
        if server.master is not None and server.master.poll() is None:
            server.kill_everything()
        with app.app_context():
            db.session.remove()
            db.engine.dispose()


def _kill(number: int) -> None:
    with suppress(ProcessLookupError):
        os.kill(number, signal.SIGKILL)


def _free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])

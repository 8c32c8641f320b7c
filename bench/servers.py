"""The servers that are measured: the product on its demo town, and the limits, in folders of their own."""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any

from participation.serving import commands

STARTS_WITHIN_SECONDS = 60


@dataclass(frozen=True)
class Town:
    """What the product needs to serve the town under test, and the cookie of a reader who is signed in."""

    environment: dict[str, str]
    cookie: str


def build_town(folder: Path, database: str | None = None, comments: int = 1_000) -> Town:
    """Tells the demo town in an empty database, and adds a crowd; one that is there is used as it is."""
    environment = clean_environment(DATA_DIR=str(folder), DEMO="1")
    if database:
        environment["DATABASE_URL"] = database
    subprocess.run(commands.prepare_command(demo=True), env=environment, check=True)
    crowd = subprocess.run(
        [sys.executable, "-m", "bench.town", str(comments)],
        env=environment,
        check=True,
        capture_output=True,
        text=True,
    )
    return Town(environment, crowd.stdout.split()[-1])


def about_writers(town: Town, what: str) -> Any:
    """Returns what `python -m bench.writers` prints of a town: `add` or `count`."""
    command = [sys.executable, "-m", "bench.writers", what]
    done = subprocess.run(command, env=town.environment, check=True, capture_output=True, text=True)
    return json.loads(done.stdout.splitlines()[-1])


def about_printing(town: Town, rounds: int) -> dict[str, list[float]]:
    """Returns the seconds that `python -m bench.printing` prints, each in a process of its own."""
    command = [sys.executable, "-m", "bench.printing"]
    taken: dict[str, list[float]] = {}
    for _round in range(rounds):
        done = subprocess.run(command, env=town.environment, check=True, capture_output=True, text=True)
        for name, seconds in json.loads(done.stdout.splitlines()[-1]).items():
            taken.setdefault(name, []).append(seconds)
    return taken


def build_portfolio(folder: Path, projects: int) -> Town:
    """Tells the demo town in a SQLite database of its own, and fills its list of projects up to that many."""
    environment = clean_environment(DATA_DIR=str(folder / f"portfolio{projects}"), DEMO="1")
    subprocess.run(commands.prepare_command(demo=True), env=environment, check=True)
    subprocess.run([sys.executable, "-m", "bench.portfolio", str(projects)], env=environment, check=True)
    return Town(environment, "")


@contextmanager
def product(town: Town, **settings: str) -> Iterator[int]:
    """Starts the product on the town, as in production but for these settings, and yields its port."""
    with running(commands.web_command(), town.environment | settings, "/health/live") as port:
        yield port


@contextmanager
def limits(folder: Path, database: str | None) -> Iterator[int]:
    """Starts the limits, on the same kind of database, and yields their port."""
    address = database or f"sqlite:///{folder / 'limits.db'}"
    environment = clean_environment(BENCH_DATABASE_URL=address)
    subprocess.run([sys.executable, "-m", "bench.limits"], env=environment, check=True)
    try:
        with running(commands.web_command("bench.limits:create_app()"), environment, "/hello") as port:
            yield port
    finally:
        code = "from bench.limits import clear; clear()"
        subprocess.run([sys.executable, "-c", code], env=environment, check=False)


@contextmanager
def running(command: list[str], environment: dict[str, str], path: str) -> Iterator[int]:
    """Runs a server until the block ends, from the moment it answers."""
    port = free_port()
    bound = [f"127.0.0.1:{port}" if before == "--bind" else part for before, part in pairs(command)]
    process = subprocess.Popen(bound, env=environment, start_new_session=True)
    try:
        wait_for(port, path, process)
        yield port
    finally:
        process.terminate()
        process.wait(timeout=30)


def pairs(command: list[str]) -> Iterator[tuple[str, str]]:
    yield from zip(["", *command], command, strict=False)


def wait_for(port: int, path: str, process: subprocess.Popen[bytes]) -> None:
    latest = time.monotonic() + STARTS_WITHIN_SECONDS
    while time.monotonic() < latest and process.poll() is None:
        connection = HTTPConnection("127.0.0.1", port, timeout=2)
        try:
            connection.request("GET", path)
            if connection.getresponse().status == 200:
                return
        except (OSError, HTTPException):
            time.sleep(0.1)
        finally:
            connection.close()
    raise RuntimeError(f"the server did not answer {path}")


def clean_environment(**settings: str) -> dict[str, str]:
    """Returns our environment without what names a real installation's database."""
    ours = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "DATA_DIR")}
    return {**ours, "HOST": "127.0.0.1", **settings}


def free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])

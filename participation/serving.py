"""Starts the web server and the job worker: both together for one machine, or each alone in production.

python -m participation.serving --demo     everything, with the demo town when the database is empty
flask --app participation.app serve        the pages alone
flask --app participation.app work         the worker alone
"""

import argparse
import contextlib
import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from types import FrameType

STOP_SIGNALS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
LOOK_EVERY_SECONDS = 0.1
# Longer than gunicorn gives the requests under way (--graceful-timeout), or than a task may take to end.
STOP_WITHIN_SECONDS = 20
PR_SET_PDEATHSIG = 1


def main(arguments: list[str] | None = None) -> int:
    """Prepares the database, then runs pages and worker until asked to stop or until one of them ends."""
    options = _options(arguments)
    if options.demo:
        os.environ["DEMO"] = "1"
    if options.prepare:
        prepare(demo=options.demo)
        return 0
    if options.stop_with_parent:
        end_with_parent()
    return run_everything(demo=options.demo)


def serve() -> None:
    """Becomes the web server; for production, where something else starts and stops it."""
    command = web_command()
    os.execv(command[0], command)  # noqa: S606


def work() -> None:
    """Becomes the job worker; for production, where something else starts and stops it."""
    command = worker_command()
    os.execv(command[0], command)  # noqa: S606


def run_everything(*, demo: bool) -> int:
    """Returns 0 when stopped on request, else the way the first process to end went wrong."""
    if not port_is_free():
        print(f"{host()}:{port()} is taken. Set PORT to another number.", file=sys.stderr)
        return 1
    request = StopRequest.listen()
    preparation = Child("preparation", prepare_command(demo=demo))
    if not preparation.succeeds(request):
        return 0 if request.received else 1
    children = [Child("web server", web_command()), Child("job worker", worker_command())]
    return supervise(children, request)


def prepare(*, demo: bool) -> None:
    """Brings the tables up to date, and tells the demo town in an empty database."""
    from flask.cli import ScriptInfo
    from flask_migrate import upgrade

    # By its name: the application imports the commands, which import this module.
    app = ScriptInfo(app_import_path="participation.app:create_app").load_app()
    with app.app_context():
        upgrade()
    if demo:
        from participation.demo import build

        with app.app_context():
            empty, is_real = build.is_empty(), build.holds_a_real_collectivity()
        if is_real:
            raise SystemExit(
                "This database is not a demonstration: start it with `flask serve`, never the demo."
            )
        if empty:
            print("Building the demo town…", flush=True)
            began = time.monotonic()
            build.build_town(app)
            print(f"The demo town is built ({time.monotonic() - began:.0f} s).", flush=True)


def web_command(application: str = "participation.app:create_app()") -> list[str]:
    """Returns the command that starts gunicorn; the environment gives its size."""
    return [
        sys.executable, "-m", "gunicorn", application,
        "--bind", f"[{host()}]:{port()}" if ":" in host() else f"{host()}:{port()}",
        "--workers", os.environ.get("WEB_WORKERS", "2"),
        "--worker-class", "gthread", "--threads", os.environ.get("WEB_THREADS", "4"),
        "--preload",
        # Its control socket lies in the home folder, where two copies would fight for it.
        "--no-control-socket",
        "--graceful-timeout", "10",
        "--log-level", "warning",
    ]  # fmt: skip


def worker_command() -> list[str]:
    """Returns the command that starts the consumer of the job queue."""
    return [
        sys.executable, "-m", "huey.bin.huey_consumer", "participation.worker.huey",
        "--workers", os.environ.get("JOB_WORKERS", "1"),
        # It looks at the queue again within a second even when nothing has come for long.
        "--max-delay", "1",
        # On TERM, let the running task end (by default huey interrupts it).
        "--graceful-signal", "TERM",
        "--quiet",
    ]  # fmt: skip


def prepare_command(*, demo: bool) -> list[str]:
    """Returns the command that does `prepare` in a process whose memory is given back afterwards."""
    return [sys.executable, "-m", "participation.serving", "--prepare", *(["--demo"] if demo else [])]


def host() -> str:
    return os.environ.get("HOST", "127.0.0.1")


def port() -> int:
    return int(os.environ.get("PORT", "8000"))


def address() -> str:
    """Returns where a person opens the site on this machine."""
    everywhere = {"0.0.0.0": "127.0.0.1", "::": "[::1]", "": "127.0.0.1"}  # noqa: S104
    return f"http://{everywhere.get(host(), host())}:{port()}/"


def port_is_free() -> bool:
    """Tells whether the server can have its port; else another copy would answer in its place."""
    family = socket.AF_INET6 if ":" in host() else socket.AF_INET
    with socket.socket(family) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((host(), port()))
        except OSError:
            return False
    return True


@dataclass
class StopRequest:
    """Remembers that somebody asked to stop; a second request does not wait any longer."""

    received: int = 0

    @classmethod
    def listen(cls) -> "StopRequest":
        """Takes TERM, INT and HUP (a closed terminal) from now on."""
        request = cls()
        for number in STOP_SIGNALS:
            signal.signal(number, request._receive)
        return request

    def _receive(self, _number: int, _frame: FrameType | None) -> None:
        self.received += 1


@dataclass
class Child:
    """A process in a session of its own: what is sent to ours from a terminal does not reach it."""

    name: str
    command: list[str]
    process: subprocess.Popen[bytes] = field(init=False)

    def __post_init__(self) -> None:
        self.process = subprocess.Popen(
            self.command, stdin=subprocess.DEVNULL, start_new_session=True, preexec_fn=_end_with(os.getpid())
        )

    def succeeds(self, request: StopRequest) -> bool:
        """Waits for its end and tells whether it went well; stops it when asked to."""
        while self.is_running():
            if request.received:
                stop([self], request)
                return False
            time.sleep(LOOK_EVERY_SECONDS)
        return self.process.returncode == 0

    def is_running(self) -> bool:
        return self.process.poll() is None

    def ask_to_stop(self) -> None:
        if self.is_running():
            self.process.terminate()

    def kill_what_is_left(self) -> None:
        """Ends the process and whatever it started and left behind."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


def supervise(children: list[Child], request: StopRequest) -> int:
    """Keeps them together: when one ends or when asked to, all end."""
    announced = False
    while not request.received and all(child.is_running() for child in children):
        if not announced and is_answering():
            announced = True
            print(f"Ready: {address()}  (Ctrl-C to stop)", flush=True)
        time.sleep(LOOK_EVERY_SECONDS)
    ended = [child for child in children if not child.is_running()]
    for child in ended:
        if not request.received:
            print(f"The {child.name} ended by itself (code {child.process.returncode}).", file=sys.stderr)
    stop(children, request)
    return 0 if request.received and not ended else 1


def stop(children: list[Child], request: StopRequest) -> None:
    """Asks each to end, waits a while (or until asked again), then ends what still runs."""
    asked_so_far = request.received
    for child in children:
        child.ask_to_stop()
    latest = time.monotonic() + STOP_WITHIN_SECONDS
    while any(child.is_running() for child in children):
        if time.monotonic() > latest or request.received > asked_so_far:
            break
        time.sleep(LOOK_EVERY_SECONDS)
    for child in children:
        child.kill_what_is_left()


def is_answering() -> bool:
    """Tells whether the web server says that it lives."""
    place = address().removeprefix("http://").rstrip("/")
    connection = HTTPConnection(place, timeout=2)
    try:
        connection.request("GET", "/health/live")
        return connection.getresponse().status == 200
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()


def end_with_parent() -> None:
    """Asks Linux to stop us when our parent ends, however it ends; does nothing on other systems."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, int(signal.SIGTERM))


def _end_with(parent: int) -> Callable[[], None]:
    def prepare_child() -> None:
        end_with_parent()
        if os.getppid() != parent:
            os._exit(1)

    return prepare_child


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m participation.serving", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("--demo", action="store_true", help="demo mode, with its town in an empty database")
    parser.add_argument("--prepare", action="store_true", help="only bring the database up to date")
    parser.add_argument("--stop-with-parent", action="store_true", help="end when the starting program ends")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())

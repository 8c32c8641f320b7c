"""The commands of the web server and of the worker, and the address they serve; the environment sets both."""

import os
import socket
import sys


def serve() -> None:
    """Becomes the web server; for production, where something else starts and stops it."""
    command = web_command()
    os.execv(command[0], command)  # noqa: S606


def work() -> None:
    """Becomes the job worker; for production, where something else starts and stops it."""
    command = worker_command()
    os.execv(command[0], command)  # noqa: S606


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

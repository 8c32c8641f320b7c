"""Processes that end with this one, and the request to stop them."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from types import FrameType

STOP_SIGNALS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
LOOK_EVERY_SECONDS = 0.1
# Longer than gunicorn gives the requests under way (--graceful-timeout), or than a task may take to end.
STOP_WITHIN_SECONDS = 20
PR_SET_PDEATHSIG = 1


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

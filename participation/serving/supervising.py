"""Keeping the web server and the worker together: when one ends, all end."""

import sys
import time
from http.client import HTTPConnection, HTTPException

from participation.serving.commands import address
from participation.serving.processes import LOOK_EVERY_SECONDS, Child, StopRequest, stop


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

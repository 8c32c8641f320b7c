"""Prepares the database and runs pages and worker until asked to stop (`python -m participation.serving`)."""

import argparse
import os
import sys

from participation import serving
from participation.serving.commands import (
    host,
    port,
    port_is_free,
    prepare_command,
    web_command,
    worker_command,
)
from participation.serving.preparing import prepare
from participation.serving.processes import Child, StopRequest, end_with_parent
from participation.serving.supervising import supervise


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


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m participation.serving", description=serving.__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("--demo", action="store_true", help="demo mode, with its town in an empty database")
    parser.add_argument("--prepare", action="store_true", help="only bring the database up to date")
    parser.add_argument("--stop-with-parent", action="store_true", help="end when the starting program ends")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())

"""The product at a real address of this machine, with a database of its own."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from pathlib import Path

from flask import Flask
from werkzeug.serving import WSGIRequestHandler, make_server

from config import TestingConfig
from participation.app import create_app
from participation.foundation import outbox
from participation.foundation.database import db


class Site:
    """A running copy of the product: its address, its mails, its commands."""

    def __init__(self, app: Flask, address: str) -> None:
        self.app = app
        self.address = address

    def does_the_waiting_work(self) -> None:
        """Does what the worker would do: writes mails, fills notices."""
        with self.app.app_context():
            outbox.drain()

    def mails_to(self, email: str) -> list[str]:
        """Returns the text of every mail written to an address so far, oldest first."""
        return [mail.get_content() for mail in self._mails() if mail["To"] == email]

    def subjects_to(self, email: str) -> list[str]:
        """Returns the subject of every mail written to an address so far, oldest first."""
        return [str(mail["Subject"]) for mail in self._mails() if mail["To"] == email]

    def _mails(self) -> list[EmailMessage]:
        self.does_the_waiting_work()
        folder = Path(self.app.config["DATA_DIR"]) / "mails"
        read = BytesParser(policy=policy.default)
        return [read.parsebytes(path.read_bytes()) for path in sorted(folder.glob("*.eml"))]

    def runs(self, *command: str) -> None:
        """Runs a command of the product, as whoever installs it does."""
        with self.app.app_context():
            done = self.app.test_cli_runner().invoke(args=list(command))
        assert done.exit_code == 0, done.output


class _Quiet(WSGIRequestHandler):
    """Answers without a line for each request."""

    def log(self, type: str, message: str, *args: object) -> None:
        """Says nothing."""


@contextmanager
def served(folder: Path, **settings: object) -> Iterator[Site]:
    """Serves an empty copy of the product on a free port; other settings replace those of the tests."""
    config = TestingConfig(folder, f"sqlite:///{folder / 'journey.db'}")
    for name, value in settings.items():
        setattr(config, name, value)
    app = create_app(config)
    with app.app_context():
        db.create_all()
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=_Quiet)
    # Known only now; the links of mails lead here.
    app.config["PUBLIC_URL"] = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield Site(app, app.config["PUBLIC_URL"])
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
        with app.app_context():
            db.session.remove()
            db.engine.dispose()

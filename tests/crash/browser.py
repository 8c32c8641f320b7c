"""A browser reduced to what sending forms takes: real connections, a cookie, hidden fields."""

from collections.abc import Sequence
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlencode

from flask import Flask
from flask.testing import FlaskClient

from participation.accounts.models import Person
from tests.forms import hidden_fields
from tests.people import a_browser

# As they are sent: a name may come several times.
Fields = dict[str, str] | Sequence[tuple[str, str]]
# The server is away: what was sent may have been recorded or not.
AWAY = (OSError, HTTPException)


class Answer:
    """What came back: its status, where it leads, its page."""

    def __init__(self, status: int, location: str, page: str) -> None:
        self.status, self.location, self.page = status, location, page

    @property
    def receipt(self) -> str:
        """Returns the reference of the receipt it leads to, empty for anything else."""
        return self.location.rsplit("/recu/", 1)[1] if "/recu/" in self.location else ""


class Browser:
    """Somebody's browser on one server; signed in when it is given a person."""

    def __init__(self, app: Flask, port: int, person: Person | None = None) -> None:
        self.port = port
        self.person_id = person.id if person else None
        self.cookie = _cookie_of(a_browser(app, person)) if person else ""

    def get(self, path: str) -> Answer:
        """Opens a page; raises one of AWAY when the server does not answer."""
        return self._ask("GET", path)

    def post(self, path: str, fields: Fields) -> Answer:
        """Sends a form once; raises one of AWAY when nobody can tell whether it arrived."""
        return self._ask("POST", path, urlencode(fields))

    def hidden_fields_of(self, path: str) -> dict[str, str]:
        """Opens a form and returns its hidden fields."""
        return hidden_fields(self.get(path).page)

    def _ask(self, method: str, path: str, body: str | None = None) -> Answer:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=30)
        headers = {"Cookie": self.cookie} if self.cookie else {}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            connection.request(method, path, body, headers)
            response = connection.getresponse()
            page = response.read().decode()
            self._keep_cookie(response.getheader("Set-Cookie"))
            return Answer(response.status, response.getheader("Location") or "", page)
        finally:
            connection.close()

    def _keep_cookie(self, header: str | None) -> None:
        if header is not None:
            self.cookie = header.split(";")[0]


def _cookie_of(browser: FlaskClient) -> str:
    cookie = browser.get_cookie("participation")
    assert cookie is not None
    return f"participation={cookie.value}"

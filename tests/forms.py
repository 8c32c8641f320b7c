"""Sending forms as a browser does: the page first, its hidden fields, then what a person typed."""

from html.parser import HTMLParser
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse


class HiddenFields(HTMLParser):
    """Collects the hidden fields of the main form of a page, of its only form when it has no name."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[dict[str, str]] = []
        self.main: dict[str, str] | None = None
        self.inside: dict[str, str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        if tag == "form" and (attributes.get("method") or "").lower() == "post":
            self.inside = {}
            self.forms.append(self.inside)
            if attributes.get("id") == "main-form":
                self.main = self.inside
        elif tag == "input" and attributes.get("type") == "hidden" and self.inside is not None:
            self.inside[attributes.get("name") or ""] = attributes.get("value") or ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.inside = None


def hidden_fields(page: str) -> dict[str, str]:
    """Returns names and values of the hidden fields of the main form."""
    parser = HiddenFields()
    parser.feed(page)
    if parser.main is not None:
        return parser.main
    return parser.forms[0] if parser.forms else {}


def post_form(visitor: FlaskClient, url: str, *, to: str | None = None, **fields: Any) -> TestResponse:
    """Opens the page of a form, then sends it with these fields (to another address when `to` is given)."""
    hidden = hidden_fields(visitor.get(url).text)
    return visitor.post(to or url, data={**hidden, **fields})

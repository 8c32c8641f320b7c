"""Headers of every answer, tokens of every form, and what a hostile client may send."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule

ODD_VALUES = {"int": "1", "default": "x", "path": "x"}


def addresses(app: Flask, method: str) -> list[tuple[str, str]]:
    """Returns endpoint and an address for each rule that takes this method."""
    found = []
    for rule in app.url_map.iter_rules():
        if method in (rule.methods or ()) and rule.endpoint != "static":
            found.append((rule.endpoint, filled(rule)))
    return sorted(set(found))


def filled(rule: Rule) -> str:
    return re.sub(r"<(?:(\w+)(?:\([^)]*\))?:)?\w+>", lambda part: "1" if part[1] == "int" else "x", rule.rule)


def test_every_page_forbids_what_it_does_not_need(visitor: FlaskClient) -> None:
    headers = visitor.get("/").headers

    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"


def test_a_visitor_who_only_reads_receives_no_cookie(visitor: FlaskClient) -> None:
    for page in ("/", "/projets", "/consultations", "/decisions", "/moderation", "/en/projets"):
        answer = visitor.get(page)
        assert answer.status_code == 200
        assert "Set-Cookie" not in answer.headers, page
        assert answer.headers["Cache-Control"].startswith("public"), page


def test_no_post_without_a_token_is_accepted(app: Flask, visitor: FlaskClient) -> None:
    for _endpoint, address in addresses(app, "POST"):
        answer = visitor.post(address, data={"switch": "nothing"})
        assert answer.status_code in (302, 400, 403, 404, 405, 409, 410, 422), address
        if answer.status_code == 302:
            assert "/connexion" in answer.location, address


@pytest.mark.parametrize(
    "tail", ["?page=99999999999999999999", "?tri=%00&etape=%F0%9F%92%A9", "?page=-1&q=%ff%fe"]
)
def test_odd_queries_are_ignored(visitor: FlaskClient, tail: str) -> None:
    for page in ("/projets", "/consultations", "/decisions", "/moderation"):
        assert visitor.get(page + tail).status_code == 200, page + tail


def test_an_address_with_a_null_character_is_not_found(visitor: FlaskClient) -> None:
    assert visitor.get("/projets/a%00b").status_code == 404


def test_a_body_of_more_than_a_megabyte_is_refused_unread(visitor: FlaskClient) -> None:
    answer = visitor.post("/connexion", data={"email": "x" * 1_300_000})

    assert answer.status_code == 413

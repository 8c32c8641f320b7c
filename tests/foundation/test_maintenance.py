"""During a maintenance everything is read and nothing is sent."""

from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient

from participation.web import maintenance


@pytest.fixture(autouse=True)
def ended_afterwards(app: Flask) -> Iterator[None]:
    yield
    maintenance.switch(on=False)


def test_a_command_begins_and_ends_it(app: Flask, visitor: FlaskClient) -> None:
    statuses = []
    for state in ("on", "off"):
        assert app.test_cli_runner().invoke(args=["maintenance", state]).exit_code == 0
        page, sent = visitor.get("/"), visitor.post("/connexion", data={})
        statuses.append((page.status_code, "Maintenance" in page.text, sent.status_code))

    assert statuses == [(200, True, 503), (200, False, 422)]


def test_it_asks_no_database(visitor: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody_there() -> None:
        raise AssertionError("The database was asked.")

    maintenance.switch(on=True)
    monkeypatch.setattr("participation.collectivities.site.choose_site", nobody_there)

    answer = visitor.post("/connexion", data={"email": "claire@mail.example"})

    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == str(maintenance.SECONDS)
    assert "claire@mail.example" in answer.text

"""Whoever sends too much in a short time is told when to try again, on their form as they filled it in."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask

from config import TestingConfig
from participation.app import create_app
from participation.foundation.database import db
from participation.web.limits import limiter
from tests.architecture.pages_read import read
from tests.architecture.typed_texts import long_text, lost_on
from tests.conftest import Visitor
from tests.factories.consultations import an_open_consultation
from tests.forms import post_form

pytestmark = pytest.mark.keeps_its_own_database

WORDS = long_text("body")[:1900].rstrip()


@pytest.fixture
def limited(tmp_path: Path, database_url: Callable[[str], str]) -> Iterator[Flask]:
    """Gives an application that counts what is sent, which the others of the tests don't."""
    config = TestingConfig(tmp_path, database_url(f"limited{tmp_path.name}"))
    config.RATELIMIT_ENABLED = True
    app = create_app(config)
    app.test_client_class = Visitor
    limiter.reset()
    with app.app_context():
        db.create_all()
        yield app
        db.session.remove()
        db.engine.dispose()
    limiter.reset()
    limiter.enabled = False


def test_too_many_forms_of_one_mailbox_are_told_when_to_try_again(limited: Flask) -> None:
    visitor = limited.test_client()
    address = f"/consultations/{an_open_consultation().slug}/commentaire"
    db.session.commit()
    for _ in range(12):
        assert post_form(visitor, address, body=WORDS, email="claire@mail.example").status_code == 302

    refused = post_form(visitor, address, body=WORDS, email="claire@mail.example")

    assert refused.status_code == 429
    assert 0 < int(refused.headers["Retry-After"]) <= 3601
    assert lost_on(read(refused.text), {"body": WORDS, "email": "claire@mail.example"}) == []
    assert post_form(visitor, address, body=WORDS, email="paul@mail.example").status_code == 302

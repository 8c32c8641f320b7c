"""What comes too often waits, with its text; a library passes."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from flask import Flask, request
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from config import TestingConfig
from participation.app import create_app
from participation.consultations.models import Consultation
from participation.foundation import clock
from participation.foundation.database import db
from participation.vigilance.models import Sending
from participation.web.client import network_of
from tests.factories.consultations import an_open_consultation
from tests.factories.vigilance import a_known_network
from tests.forms import hidden_fields

LIBRARY = "203.0.113.5"


def test_sixty_people_of_a_library_pass_within_an_hour(app: Flask, consultation: Consultation) -> None:
    start = clock.now()

    answers = []
    for one in range(60):
        with clock.pretend(start + timedelta(minutes=one)):
            answers.append(sent(app.test_client(), consultation, f"lecteur{one * 7}@mail.example", LIBRARY))

    assert {answer.status_code for answer in answers} == {302}


def test_a_network_that_sends_too_much_waits_and_keeps_its_text(
    app: Flask, consultation: Consultation
) -> None:
    app.config["FORMS_PER_NETWORK"] = 3
    start = clock.now()
    for one in range(3):
        with clock.pretend(start + timedelta(minutes=one)):
            sent(app.test_client(), consultation, f"a{one * 7}@mail.example", f"198.51.100.{one}")

    with clock.pretend(start + timedelta(minutes=10)):
        refused = sent(app.test_client(), consultation, "d@mail.example", "198.51.100.99")
        elsewhere = sent(app.test_client(), consultation, "e@mail.example", "192.0.2.1")
    with clock.pretend(start + timedelta(minutes=61)):
        later = sent(app.test_client(), consultation, "d@mail.example", "198.51.100.99")

    assert (refused.status_code, elsewhere.status_code, later.status_code) == (429, 302, 302)
    assert 50 * 60 <= int(refused.headers["Retry-After"]) <= 50 * 60 + 1
    assert "Le soir surtout." in refused.text
    assert "d@mail.example" in refused.text


def test_the_hour_goes_on_at_midnight_although_the_key_changes(
    app: Flask, consultation: Consultation
) -> None:
    app.config["FORMS_PER_NETWORK"] = 2
    midnight = (clock.now() + timedelta(days=1)).replace(hour=0, minute=0, second=0)
    for minutes in (-20, -10):
        with clock.pretend(midnight + timedelta(minutes=minutes)):
            sent(app.test_client(), consultation, f"a{minutes * -7}@mail.example", LIBRARY)

    with clock.pretend(midnight + timedelta(minutes=5)):
        assert sent(app.test_client(), consultation, "c@mail.example", LIBRARY).status_code == 429


def test_a_known_network_has_no_limit_of_its_own(app: Flask, consultation: Consultation) -> None:
    app.config["FORMS_PER_NETWORK"] = 1
    a_known_network(consultation.project.collectivity, "203.0.113.0/28")
    db.session.commit()

    answers = [sent(app.test_client(), consultation, f"a{one * 9}@mail.example", LIBRARY) for one in range(3)]

    assert {answer.status_code for answer in answers} == {302}
    assert {one.network_key for one in db.session.query(Sending)} == {None}


def test_one_mailbox_does_not_receive_link_after_link(app: Flask, consultation: Consultation) -> None:
    app.config["MAILS_PER_MAILBOX"] = 2

    answers = [
        sent(app.test_client(), consultation, "nora@mail.example", f"192.0.2.{one}") for one in range(3)
    ]

    assert [answer.status_code for answer in answers] == [302, 302, 429]


def test_all_together_have_a_limit(app: Flask, consultation: Consultation) -> None:
    app.config["FORMS_IN_TOTAL"] = 1

    answers = [
        sent(app.test_client(), consultation, f"a{one * 9}@mail.example", f"198.{18 + one}.0.1")
        for one in range(2)
    ]

    assert [answer.status_code for answer in answers] == [302, 429]


def test_a_form_sent_again_under_its_key_is_neither_counted_nor_refused(
    app: Flask, visitor: FlaskClient, consultation: Consultation
) -> None:
    app.config["MAILS_PER_MAILBOX"] = 1
    hidden = hidden_fields(visitor.get(the_form(consultation)).text)
    form = {**hidden, "choice": "favourable", "email": "nora@mail.example"}

    answers = [visitor.post(the_form(consultation), data=form) for _ in range(3)]

    assert [answer.status_code for answer in answers] == [302, 302, 302]
    assert db.session.query(Sending).count() == 1


def test_a_claimed_address_is_not_believed(app: Flask, consultation: Consultation) -> None:
    app.config["FORMS_PER_NETWORK"] = 1
    claims = ["192.0.2.1", "198.18.0.1"]

    answers = [
        sent(app.test_client(), consultation, f"a{one}@mail.example", LIBRARY, {"X-Forwarded-For": claim})
        for one, claim in enumerate(claims)
    ]

    assert [answer.status_code for answer in answers] == [302, 429]


@pytest.mark.keeps_its_own_database
def test_a_configured_proxy_is_believed_and_nobody_before_it(
    tmp_path: object, database_url: Callable[[str], str]
) -> None:
    config = TestingConfig(tmp_path, database_url("proxied"))  # type: ignore[arg-type]
    config.TRUSTED_PROXIES = 1
    app = create_app(config)
    seen: list[str | None] = []

    @app.before_request
    def _note() -> None:
        seen.append(request.remote_addr)
        seen.append(request.host)

    app.test_client().get(
        "/health/live",
        headers={"X-Forwarded-For": "6.6.6.6, 198.51.100.7", "X-Forwarded-Host": "mechant.example"},
    )

    assert seen == ["198.51.100.7", "localhost"]


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("198.51.100.77", "198.51.100.0/24"),
        ("2001:db8:1:2ff::1", "2001:db8:1:200::/56"),
        ("::ffff:198.51.100.77", "198.51.100.0/24"),
        # A proxy that was not declared, or one building: it says nothing of who sends.
        ("127.0.0.1", "None"),
        ("10.1.2.3", "None"),
        ("fe80::1", "None"),
        ("", "None"),
        ("unknown", "None"),
    ],
)
def test_a_network_is_a_24_or_a_56(address: str, network: str) -> None:
    assert str(network_of(address)) == network


def sent(
    visitor: FlaskClient,
    consultation: Consultation,
    email: str,
    address: str,
    headers: dict[str, str] | None = None,
) -> TestResponse:
    comes_from = {"environ_overrides": {"REMOTE_ADDR": address}, "headers": headers or {}}
    hidden = hidden_fields(visitor.get(the_form(consultation), **comes_from).text)
    typed = {"choice": "favourable", "body": "Le soir surtout.", "email": email}
    return visitor.post(the_form(consultation), data={**hidden, **typed}, **comes_from)


def the_form(consultation: Consultation) -> str:
    return f"/consultations/{consultation.slug}/avis"


@pytest.fixture
def consultation(app: Flask) -> Iterator[Consultation]:
    """Gives an open consultation on a site whose limits are on."""
    before = dict(app.config)
    app.config["RATELIMIT_ENABLED"] = True
    consultation = an_open_consultation()
    db.session.commit()
    yield consultation
    app.config.update(before)

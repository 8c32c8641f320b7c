"""Several workers drain the outbox at once: each piece of work is done once."""

import smtplib
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import current_app

from participation.accounts.actions import ask_for_link, person_with_email
from participation.foundation import outbox
from participation.foundation.database import db
from participation.foundation.outbox import OutboxMessage
from participation.foundation.references import secret_token
from tests.concurrency import world
from tests.concurrency.world import Crew

pytestmark = [pytest.mark.keeps_its_own_database, pytest.mark.xdist_group("concurrency")]

Rounds = Callable[[int, int], int]


def drain(number: int) -> int:
    return outbox.drain()


def test_several_workers_send_each_mail_once(crew: Crew, rounds: Rounds) -> None:
    while outbox.drain():
        pass
    mails_folder = Path(current_app.config["DATA_DIR"]) / "mails"
    before = set(mails_folder.glob("*.eml"))
    earlier = db.session.scalar(sa.select(sa.func.max(OutboxMessage.id))) or 0
    name = secret_token().lower()
    for number in range(rounds(20, 400)):
        ask_for_link(f"{number}.{name}@mail.example", language="fr")
    db.session.commit()

    done = crew.at_once(drain)

    queued = db.session.scalars(sa.select(OutboxMessage).where(OutboxMessage.id > earlier)).all()
    assert {(one.attempts, one.last_error, one.done_at is not None) for one in queued} == {(1, "", True)}
    assert sum(done) == rounds(20, 400)
    assert len(set(mails_folder.glob("*.eml")) - before) == rounds(20, 400)


class SlowServer:
    """A mail server that takes its time: meanwhile somebody else writes to the database."""

    def __init__(self, crew: Crew, refs: list[str]) -> None:
        self.crew, self.refs = crew, refs

    def __call__(self, *_address: object, **_options: object) -> "SlowServer":
        return self

    def __enter__(self) -> "SlowServer":
        return self

    def __exit__(self, *_error: object) -> None:
        return None

    def send_message(self, _message: EmailMessage) -> None:
        self.refs += self.crew.pool.submit(_become_known, self.refs[0]).result(timeout=10)


def _become_known(name: str) -> list[str]:
    app = world.app_of_this_process()
    with app.test_request_context(method="POST"):
        person = person_with_email(f"{name}@mail.example")
        db.session.commit()
        return [person.email or ""]


def test_others_write_while_a_slow_mail_server_is_spoken_to(
    crew: Crew, monkeypatch: pytest.MonkeyPatch
) -> None:
    while outbox.drain():
        pass
    seen = [secret_token().lower()]
    monkeypatch.setattr(smtplib, "SMTP", SlowServer(crew, seen))
    monkeypatch.setitem(current_app.config, "SMTP_HOST", "mail.example")
    monkeypatch.setitem(current_app.config, "SMTP_STARTTLS", False)
    ask_for_link("patiente@mail.example", language="fr")
    db.session.commit()

    done = outbox.drain()

    assert (done, seen[1:]) == (1, [f"{seen[0]}@mail.example"])

"""Several workers drain the outbox at once: each piece of work is done once."""

from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import current_app

from participation.accounts.actions import ask_for_link
from participation.foundation import outbox
from participation.foundation.database import db
from participation.foundation.outbox import OutboxMessage
from participation.foundation.references import secret_token
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

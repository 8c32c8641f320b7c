"""Sends forms around announced openings and closings, in a process of its own: under any zone of the machine.

python -m tests.consultations.announced_seconds FOLDER DATABASE_ADDRESS    prints what was tried, as JSON
"""

import json
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import time_machine
from flask.testing import FlaskClient

from config import TestingConfig
from participation.accounts.models import Person, Session
from participation.app import create_app
from participation.consultations.models import Consultation
from participation.foundation.database import db
from participation.foundation.references import hash_of, secret_token
from tests.factories.accounts import a_person
from tests.factories.consultations import a_consultation
from tests.forms import hidden_fields

# In Paris: the hour that comes twice, the one that never comes, the 29th of February, ends of years.
ANNOUNCED = [
    datetime.fromisoformat(moment).replace(tzinfo=UTC)
    for moment in (
        "2026-10-25T00:30",
        "2026-10-25T01:00",
        "2026-10-25T01:30",
        "2027-03-28T00:59:59",
        "2027-03-28T01:00",
        "2028-02-29T17:00",
        "2028-02-29T22:59:59",
        "2028-02-29T23:00",
        "2026-12-31T22:59:59",
        "2026-12-31T23:00",
        "2027-01-01T00:00",
        "2027-12-31T23:59:59",
        "2027-06-30T22:00",
        "2099-12-31T23:00",
    )
]
MICROSECOND, SECOND, MONTH = timedelta(microseconds=1), timedelta(seconds=1), timedelta(days=30)
AROUND = (-SECOND, -MICROSECOND, timedelta(), SECOND)
TEXT = "Ma mère appelle le dimanche : « qui répond ? » Œuvre n° 7, 5 < 6."


def tried(folder: Path, url: str) -> Iterator[dict[str, Any]]:
    """Yields of each form sent what was announced, when it was sent, and whether it was taken or shown."""
    app = create_app(TestingConfig(folder, url))
    with app.app_context():
        db.create_all()
    for announced in ANNOUNCED:
        # A context for each: who is signed in is kept in it.
        with app.app_context():
            yield from _around(app.test_client(), announced)
            db.session.remove()
    with app.app_context():
        db.engine.dispose()


def _around(visitor: FlaskClient, announced: datetime) -> Iterator[dict[str, Any]]:
    with time_machine.travel(announced - MONTH, tick=False):
        closing = a_consultation(closes_at=announced)
        opening = a_consultation(opens_at=announced, closes_at=announced + MONTH)
        person = a_person()
    with time_machine.travel(announced - 10 * SECOND, tick=False):
        _sign_in(visitor, person)
        # A form opened before the moment that is announced.
        hidden = hidden_fields(visitor.get(f"/consultations/{closing.slug}/avis").text)
    for what, consultation in (("closes", closing), ("opens", opening)):
        for apart in AROUND:
            with time_machine.travel(announced + apart, tick=False):
                yield {
                    "what": what,
                    "announced": announced.isoformat(),
                    "microseconds": apart // MICROSECOND,
                    **_sent(visitor, consultation, hidden),
                }


def _sent(visitor: FlaskClient, consultation: Consultation, hidden: dict[str, str]) -> dict[str, Any]:
    fields = {**hidden, "form_key": secret_token(), "choice": "favourable", "body": TEXT, "sense": "neutral"}
    answer = visitor.post(f"/consultations/{consultation.slug}/avis", data=fields)
    shown_back = answer.status_code in (409, 422) and "5 &lt; 6." in answer.text and "Ma mère" in answer.text
    return {"taken": answer.status_code in (302, 303), "shown_back": shown_back}


def _sign_in(visitor: FlaskClient, person: Person) -> None:
    token = secret_token()
    expires = datetime.now(UTC) + MONTH
    db.session.add(Session(token_hash=hash_of(token), person_id=person.id, expires_at=expires))
    db.session.commit()
    with visitor.session_transaction() as session:
        session["_user_id"] = token
        session["_fresh"] = True


if __name__ == "__main__":
    done = list(tried(Path(sys.argv[1]), sys.argv[2]))
    print(json.dumps({"zone": time.tzname, "tried": done}))

"""Eight residents who change their position again and again, each change confirmed before the next.

`python -m bench.writers add` puts them in a town that was just built and prints their cookies and the open
consultations; `python -m bench.writers count` prints what the database holds of each.
"""

import json
import re
import sys
import threading
import time
from dataclasses import dataclass, field
from datetime import timedelta
from html import unescape
from http.client import HTTPConnection
from urllib.parse import urlencode

import sqlalchemy as sa

from bench.load import WrongAnswer
from bench.town import PROJECT, cookie
from participation.accounts.models import Person, Session
from participation.app import create_app
from participation.consultations.models import Consultation, Participant
from participation.contributions.models import Choice, Position, Submission
from participation.foundation import clock
from participation.foundation.database import db
from participation.foundation.references import hash_of, secret_token
from participation.projects.models import Project

WRITERS = 8
CHOICES = tuple(choice.value for choice in Choice)
_TOKEN = re.compile(rb'name="csrf_token"[^>]*value="([^"]+)"')


@dataclass
class Writer:
    """One browser: what it was told is recorded, in a ledger of its own."""

    port: int
    slug: str
    cookie: str
    confirmed: int = 0
    last: str = ""
    token: str = ""
    connection: HTTPConnection = field(init=False)

    @property
    def path(self) -> str:
        return f"/consultations/{self.slug}/avis"

    def open_form(self) -> None:
        """Reads the form once, as a browser does before it sends."""
        self.connection = HTTPConnection("127.0.0.1", self.port, timeout=30)
        self.connection.request("GET", self.path, headers={"Cookie": self.cookie})
        response = self.connection.getresponse()
        page, written = response.read(), response.getheader("Set-Cookie")
        found = _TOKEN.search(page)
        if response.status != 200 or found is None:
            raise WrongAnswer(f"{self.path} answered {response.status}, without a form")
        self.token = unescape(found[1].decode())
        if written:
            self.cookie = written.split(";")[0]

    def send(self) -> None:
        """Sends another position than the last one; only a receipt counts as recorded."""
        choice = CHOICES[self.confirmed % len(CHOICES)]
        body = urlencode({"csrf_token": self.token, "form_key": secret_token(), "choice": choice})
        headers = {"Cookie": self.cookie, "Content-Type": "application/x-www-form-urlencoded"}
        self.connection.request("POST", self.path, body, headers)
        response = self.connection.getresponse()
        response.read()
        if response.status != 302 or "/recu/" not in (response.getheader("Location") or ""):
            raise WrongAnswer(f"{self.path} answered {response.status} to a position")
        self.confirmed, self.last = self.confirmed + 1, choice


def positions_per_second(writers: list[Writer], seconds: float) -> float:
    """Lets them write side by side; returns how many positions a second were confirmed."""
    for writer in writers:
        writer.open_form()
    before, failures = sum(writer.confirmed for writer in writers), []
    began = time.monotonic()

    def write(writer: Writer) -> None:
        try:
            while time.monotonic() - began < seconds:
                writer.send()
        except Exception as error:
            failures.append(error)
        writer.connection.close()

    threads = [threading.Thread(target=write, args=(writer,)) for writer in writers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise WrongAnswer(str(failures[0]))
    return (sum(writer.confirmed for writer in writers) - before) / (time.monotonic() - began)


def add() -> None:
    """Signs eight residents in, and prints what a writer needs to know."""
    app = create_app()
    with app.app_context():
        for number in range(WRITERS):
            person = Person(email=f"writer{number}@bench.example", account_opened_at=clock.now())
            expires = clock.now() + timedelta(days=365)
            db.session.add(Session(token_hash=hash_of(_name(number)), person=person, expires_at=expires))
        db.session.commit()
        now = clock.now()
        running = (
            sa.select(Consultation.slug)
            .join(Project, Project.id == Consultation.project_id)
            .where(Consultation.announced_at.is_not(None), Consultation.cancelled_at.is_(None))
            .where(
                Consultation.opens_at <= now, Consultation.closes_at > now, Consultation.paused_at.is_(None)
            )
            # The one with the crowd first: it is the hot one.
            .order_by(Project.slug != PROJECT, Consultation.id)
        )
        slugs = list(db.session.scalars(running))
        print(json.dumps({"cookies": [cookie(app, _name(one)) for one in range(WRITERS)], "slugs": slugs}))


def count() -> None:
    """Prints, for each writer and consultation, how many forms are recorded and which position stands."""
    app = create_app()
    with app.app_context():
        recorded = sa.select(sa.func.count(Submission.id)).where(Submission.participant_id == Participant.id)
        held = (
            sa.select(Person.email, Consultation.slug, recorded.scalar_subquery(), Position.choice)
            .join(Participant, Participant.person_id == Person.id)
            .join(Consultation, Consultation.id == Participant.consultation_id)
            .join(Position, Position.participant_id == Participant.id)
            .where(Person.email.like("writer%@bench.example"))
            .order_by(Person.email, Consultation.slug)
        )
        print(json.dumps([list(row) for row in db.session.execute(held)]))


def _name(number: int) -> str:
    return f"writer {number} of the bench"


if __name__ == "__main__":
    {"add": add, "count": count}[sys.argv[1]]()

"""Scripted accounts against honest people, through the pages, on a clock that is pretended."""

import random
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from participation.accounts.models import Person, Session
from participation.consultations.models import Consultation, Participant
from participation.contributions.models import PendingSubmission
from participation.foundation import clock
from participation.foundation.database import db
from participation.foundation.references import hash_of, secret_token
from participation.vigilance.actions import look_for_series
from participation.vigilance.models import SeriesMember
from tests.factories.accounts import a_person
from tests.factories.consultations import an_open_consultation
from tests.factories.contributions import a_contribution
from tests.forms import hidden_fields
from tests.vigilance.crowd import Act, Actor, careful_crowd, honest_crowd, scripted_crowd

# One in so many is a guest, who confirms by mail.
GUESTS = 8
LOOKED_EVERY = 40
CHOICES = ("favourable", "conditions", "opposed", "information")


@dataclass
class Stage:
    """The consultation on which everything happens, with the texts found useful, and what became of acts."""

    app: Flask
    consultation: Consultation
    said: list[str]
    browsers: dict[str, FlaskClient] = field(default_factory=dict)
    outcomes: dict[str, Counter[str]] = field(default_factory=dict)

    def play(self, actors: list[Actor], chance: random.Random) -> None:
        """Lets everybody act in the order of time; the worker looks now and then."""
        acts = sorted(
            ((act.at, actor.email, act, actor) for actor in actors for act in actor.acts), key=_when
        )
        for number, (_at, _email, act, actor) in enumerate(acts):
            self.outcomes.setdefault(actor.email, Counter())[self.sent(actor, act, chance)] += 1
            if number % LOOKED_EVERY == 0:
                self.look(act.at)
        self.look(acts[-1][0])

    def look(self, at: datetime) -> None:
        with clock.pretend(at):
            look_for_series(consultation=self.consultation.id)
            db.session.commit()

    def sent(self, actor: Actor, act: Act, chance: random.Random) -> str:
        """Opens the page, waits, sends the form; returns what the page answered."""
        browser = self.browsers.setdefault(actor.email, self.a_browser(actor))
        path = f"/consultations/{self.consultation.slug}/avis"
        if act.kind == "useful":
            path = f"/contributions/{chance.choice(self.said)}/utile"
        comes_from = {"environ_overrides": {"REMOTE_ADDR": actor.address}}
        fields = {"detail": act.trap, "email": actor.email}
        with clock.pretend(act.at):
            page = browser.get(path, **comes_from).text
        fields |= {"csrf_token": hidden_fields(page)["csrf_token"]}
        if act.opens_page:
            fields |= hidden_fields(page)
        if act.kind == "opinion":
            fields |= {"choice": chance.choice(CHOICES), "body": act.body, "sense": "neutral", "about": ""}
        with clock.pretend(act.at + timedelta(seconds=act.seconds)):
            answer = browser.post(path, data=fields, **comes_from)
            if answer.status_code == 302 and answer.location.endswith("a-confirmer"):
                return self.confirmed(browser, actor)
        return "taken" if answer.status_code == 302 else str(answer.status_code)

    def a_browser(self, actor: Actor) -> FlaskClient:
        browser = self.app.test_client()
        if _is_guest(actor):
            return browser
        person = db.session.scalar(sa.select(Person).filter_by(email=actor.email))
        person = person or a_person(email=actor.email, display_name="")
        token = secret_token()
        far = actor.acts[0].at + timedelta(days=60)
        db.session.add(Session(token_hash=hash_of(token), person_id=person.id, expires_at=far))
        db.session.commit()
        with browser.session_transaction() as session:
            session["_user_id"] = token
        return browser

    def confirmed(self, browser: FlaskClient, actor: Actor) -> str:
        """Uses the link of the mail; scripts of our honeypot never read theirs, and stay held."""
        if actor.strategy == "honeypot filled":
            return "held"
        waiting = (
            sa.select(PendingSubmission)
            .join(Person, Person.id == PendingSubmission.person_id)
            .where(Person.email == actor.email)
        )
        pending = db.session.scalars(waiting.order_by(PendingSubmission.id.desc())).first()
        assert pending is not None
        token = secret_token()
        pending.token_hash = hash_of(token)
        db.session.commit()
        page = browser.get(f"/confirmer/{token}").text
        answer = browser.post(f"/confirmer/{token}", data=hidden_fields(page))
        return "taken" if answer.status_code == 302 else str(answer.status_code)

    def flagged(self) -> set[str]:
        """Returns the addresses of everybody in a series."""
        found = (
            sa.select(Person.email)
            .join(Participant, Participant.person_id == Person.id)
            .join(SeriesMember, SeriesMember.participant_id == Participant.id)
        )
        return {str(email) for email in db.session.scalars(found)}


def _when(act: tuple[datetime, str, Act, Actor]) -> tuple[datetime, str]:
    return act[0], act[1]


def _is_guest(actor: Actor) -> bool:
    return sum(actor.email.encode()) % GUESTS == 0 and len(actor.acts) < 4


def test_scripts_are_held_or_flagged_and_honest_people_are_not(
    stage: Stage, rounds: Callable[[int, int], int], capsys: pytest.CaptureFixture[str]
) -> None:
    """P19, I01 to I04: at least 99 % of scripts, no honest person refused, at most 2 % of them flagged."""
    chance, start = random.Random(20261125), stage.consultation.opens_at + timedelta(hours=8)
    honest = _one_each(honest_crowd(chance, start, rounds(70, 200), 60))
    scripted = _one_each(scripted_crowd(chance, start, rounds(10, 20), rounds(12, 25), rounds(1, 20)))
    careful = _one_each(careful_crowd(chance, start, rounds(10, 50)))

    stage.play([*honest, *scripted, *careful], chance)

    flagged = stage.flagged()
    stopped = [one for one in scripted if one.email in flagged or not stage.outcomes[one.email]["taken"]]
    refused = [one for one in honest if set(stage.outcomes[one.email]) != {"taken"}]
    wrongly = [one for one in honest if one.email in flagged]
    told = _figures(stage, honest, scripted, careful, flagged)
    with capsys.disabled():
        print(f"\n{told}")
    assert len(stopped) >= 0.99 * len(scripted), told
    assert [stage.outcomes[one.email] for one in refused] == [], told
    assert len(wrongly) <= 0.02 * len(honest), told


def _one_each(actors: Iterator[Actor]) -> list[Actor]:
    """Keeps one actor for each address: people don't share theirs."""
    found: dict[str, Actor] = {}
    for actor in actors:
        while actor.email in found:
            actor.email = actor.email.replace("@", "x@", 1)
        found[actor.email] = actor
    return list(found.values())


def _figures(
    stage: Stage, honest: list[Actor], scripted: list[Actor], careful: list[Actor], flagged: set[str]
) -> str:
    lines = []
    by_strategy: dict[str, list[Actor]] = {}
    for actor in (*honest, *scripted, *careful):
        by_strategy.setdefault(actor.strategy, []).append(actor)
    for strategy, actors in by_strategy.items():
        outcomes = sum((stage.outcomes[one.email] for one in actors), Counter())
        in_series = sum(one.email in flagged for one in actors)
        told = ", ".join(f"{count} {word}" for word, count in sorted(outcomes.items()))
        lines.append(f"{strategy:22} {len(actors):4} accounts, {in_series:4} flagged; forms: {told}")
    return "\n".join(lines)


@pytest.fixture
def stage(app: Flask) -> Iterator[Stage]:
    """Gives an open consultation with ten texts, and the limits of a real installation."""
    consultation = an_open_consultation(
        opens_at=clock.now() - timedelta(days=20), closes_at=clock.now() + timedelta(days=40)
    )
    said = [
        a_contribution(consultation, body=f"Un avis parmi d’autres, le numéro {one}.") for one in range(10)
    ]
    refs = [one.ref for one in said]
    db.session.commit()
    app.config["RATELIMIT_ENABLED"] = True
    yield Stage(app, consultation, refs)
    app.config["RATELIMIT_ENABLED"] = False

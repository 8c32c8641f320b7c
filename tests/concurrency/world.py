"""A consultation that is open, told by rows alone, and processes that write into it for real."""

import multiprocessing
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from datetime import timedelta
from multiprocessing.synchronize import Barrier
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from flask import Flask

from config import TestingConfig
from participation.accounts.models import Person
from participation.app import create_app
from participation.collectivities.models import Collectivity, Membership, Role
from participation.consultations.actions import propose_closing
from participation.consultations.models import Consultation, Participant
from participation.contributions.models import Contribution, Kind, Visibility
from participation.foundation import clock
from participation.foundation.database import db
from participation.projects.models import Project

Work = Callable[[Flask, int], Any]


def an_app(folder: Path, url: str) -> Flask:
    """Returns an application on a database of its own."""
    return create_app(TestingConfig(folder, url))


def tell_an_open_consultation() -> None:
    """Adds a collectivity, a project in consultation, twenty participants and one condition; commits."""
    now = clock.now()
    body = Collectivity(slug="ville", name="Ville", display_name="Ville")
    project = Project(slug="projet", collectivity=body, title="Projet", proposed_at=now - timedelta(days=3))
    consultation = Consultation(
        slug="avis",
        project=project,
        title="Votre avis",
        opens_at=now - timedelta(days=1),
        closes_at=now + timedelta(days=20),
        announced_at=now - timedelta(days=2),
    )
    people = [Person(email=f"voisin-{n}@demo.example") for n in range(20)]
    participants = [Participant(consultation=consultation, person=one, display_name="V") for one in people]
    db.session.add_all(participants)
    db.session.flush()
    db.session.add(
        Contribution(
            kind=Kind.CONDITION,
            consultation=consultation,
            participant=participants[0],
            body="Oui, si un agent répond aussi.",
            visibility=Visibility.PUBLISHED,
        )
    )
    db.session.commit()


def tell_who_runs_it() -> None:
    """Adds two moderators, makes the consultation twenty days old, and proposes to close it; commits."""
    consultation = db.session.scalars(sa.select(Consultation)).one()
    consultation.opens_at -= timedelta(days=20)
    body = consultation.project.collectivity
    people = [Person(email=f"moderation-{n}@demo.example") for n in range(2)]
    members = [Membership(person=one, collectivity=body, role=Role.MODERATOR) for one in people]
    db.session.add_all(members)
    db.session.flush()
    propose_closing(consultation, closes_at=None, reason="Plus personne ne répond.", member=members[0])
    db.session.commit()


def at_once(work: Work, folder: Path, url: str, *, processes: int = 4, times: int) -> list[Any]:
    """Runs `work(app, n)` for n in 0…times-1, as many at the same instant as there are processes.

    `times` is a multiple of `processes`: numbers 0 to 3 start together, then 4 to 7, and so on.
    """
    spawn = multiprocessing.get_context("spawn")
    together = spawn.Barrier(processes)
    with ProcessPoolExecutor(
        processes, mp_context=spawn, initializer=_start, initargs=(str(folder), url, together)
    ) as pool:
        return list(pool.map(_run, [work] * times, range(times)))


_app: Flask | None = None
_together: Barrier | None = None


def _start(folder: str, url: str, together: Barrier) -> None:
    global _app, _together
    _app, _together = an_app(Path(folder), url), together


def _run(work: Work, number: int) -> Any:
    assert _app is not None
    assert _together is not None
    _together.wait(timeout=60)
    return work(_app, number)

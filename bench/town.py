"""The town under test: the demo's, with a crowd in the discussion of one project, and a reader signed in.

`python -m bench.town [COMMENTS]` adds them to a demo that was just built and prints the cookie of the reader.
"""

import sys
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from flask import Flask

from participation.accounts.models import Person, Session
from participation.app import create_app
from participation.consultations.models import Assurance, Channel, Consultation, Participant
from participation.contributions.models import Contribution, Kind, Stance, Visibility
from participation.foundation import clock
from participation.foundation.database import db
from participation.foundation.references import hash_of
from participation.projects.models import Project

PROJECT = "assistant-vocal"
COMMENTS = 1_000
READER_TOKEN = "the reader of the bench"
STANCES = (Stance.FOR, Stance.AGAINST, Stance.NEUTRAL)
BODY = (
    "Je téléphone souvent pour ma mère. Qu’une machine note la demande, pourquoi pas, *à condition* de "
    "pouvoir dire « une personne, s’il vous plaît » dès le début, et d’être rappelé dans la journée.\n\n"
    "- le soir et le samedi ;\n- sans répéter son nom trois fois. "
)
REPLY = "Le standard d’aujourd’hui ne fait pas mieux : vingt minutes d’attente lundi, puis la ligne a coupé. "


def fill(comments: int = COMMENTS) -> None:
    """Adds so many comments, each with a reply, all newer than the demo's; nothing the second time."""
    if db.session.scalar(sa.select(Session.id).filter_by(token_hash=hash_of(READER_TOKEN))):
        return
    consultation = _consultation()
    first_person = 1 + (db.session.scalar(sa.select(sa.func.max(Participant.id))) or 0)
    first = 1 + (db.session.scalar(sa.select(sa.func.max(Contribution.id))) or 0)
    db.session.execute(sa.insert(Participant), list(_participants(consultation, first_person, comments)))
    db.session.execute(sa.insert(Contribution), list(_comments(consultation, first, first_person, comments)))
    db.session.execute(sa.insert(Contribution), list(_replies(consultation, first, first_person, comments)))
    _sign_a_reader_in()
    db.session.commit()
    if db.engine.dialect.name == "postgresql":
        _settle_postgresql()


def cookie(app: Flask, token: str = READER_TOKEN) -> str:
    """Returns the cookie the product would have set when the holder of a session signed in."""
    serializer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
    written = serializer.dumps({"_user_id": token, "_fresh": True})
    return f"{app.config['SESSION_COOKIE_NAME']}={written}"


def _consultation() -> Consultation:
    latest = (
        sa.select(Consultation)
        .join(Project, Project.id == Consultation.project_id)
        .where(Project.slug == PROJECT)
        .order_by(Consultation.opens_at.desc())
    )
    return db.session.scalars(latest.limit(1)).one()


def _settle_postgresql() -> None:
    """Does what PostgreSQL does by itself within a minute, and moves the sequences past our numbers."""
    for name in (Participant.__tablename__, Contribution.__tablename__):
        sequence = f"pg_get_serial_sequence('{name}', 'id')"
        db.session.execute(sa.text(f"SELECT setval({sequence}, max(id)) FROM {name}"))
        db.session.execute(sa.text(f"ANALYZE {name}"))
    db.session.commit()


def _participants(consultation: Consultation, first: int, comments: int) -> Iterator[dict[str, Any]]:
    for number in range(comments):
        yield {
            "id": first + number,
            "consultation_id": consultation.id,
            "display_name": f"Habitante {number + 1}",
            "channel": Channel.ONLINE,
            "assurance": Assurance.DECLARED,
        }


def _comments(
    consultation: Consultation, first: int, first_person: int, comments: int
) -> Iterator[dict[str, Any]]:
    for number in range(comments):
        yield {
            **_text(consultation, first + number, number - comments),
            "participant_id": first_person + number,
            "parent_id": None,
            "reply_to_id": None,
            "stance": STANCES[number % 3],
            "body": f"{BODY * 2}{number + 1}",
            "useful_count": number % 13,
            "reply_count": 1,
        }


def _replies(
    consultation: Consultation, first: int, first_person: int, comments: int
) -> Iterator[dict[str, Any]]:
    for number in range(comments):
        yield {
            **_text(consultation, first + comments + number, number - comments),
            "participant_id": first_person + (number + 7) % comments,
            "parent_id": first + number,
            "reply_to_id": first + number,
            "stance": Stance.NEUTRAL,
            "body": f"{REPLY * 2}{number + 1}",
            "useful_count": 0,
            "reply_count": 0,
        }


def _text(consultation: Consultation, id_: int, number: int) -> dict[str, Any]:
    """Returns what all texts share; `number` is negative, the newest one nearest to zero."""
    return {
        "id": id_,
        "ref": f"bench{id_}",
        "kind": Kind.COMMENT,
        "consultation_id": consultation.id,
        "visibility": Visibility.PUBLISHED,
        "language": "fr",
        "created_at": clock.now() + timedelta(seconds=number),
    }


def _sign_a_reader_in() -> None:
    person = db.session.scalars(
        sa.select(Person).where(Person.account_opened_at.is_not(None)).order_by(Person.id.desc())
    ).first()
    db.session.add(
        Session(token_hash=hash_of(READER_TOKEN), person=person, expires_at=clock.now() + timedelta(days=365))
    )


if __name__ == "__main__":
    app = create_app()
    with app.app_context():
        fill(int(sys.argv[1]) if len(sys.argv) > 1 else COMMENTS)
    print(cookie(app))

"""The six kinds of people, and who plays each of them in the demo town."""

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from participation.accounts.models import Person
from participation.collectivities.models import Membership, Role
from participation.consultations.models import Participant
from participation.foundation.database import db
from participation.foundation.i18n import lazy_gettext as _


@dataclass(frozen=True)
class Persona:
    """One kind of people, and what they can try here; residents hold no role."""

    kind: str
    role: Role | None
    title: object
    tries: object


@dataclass(frozen=True)
class Player:
    """Who plays a persona, and at which desk; residents have none."""

    person: Person
    function: str
    collectivity_slug: str | None


PERSONAS = (
    Persona(
        "habitant", None, _("A resident"), _("Reads a project, gives an opinion, follows what became of it.")
    ),
    Persona(
        "moderation",
        Role.MODERATOR,
        _("A moderator"),
        _("Empties the queue, runs a consultation, writes the summary."),
    ),
    Persona(
        "service",
        Role.AGENT,
        _("A project lead, agent of a service"),
        _("Fills in a dossier, answers the questions of residents."),
    ),
    Persona(
        "elu",
        Role.OFFICIAL,
        _("An elected official"),
        _("Reads the summary before the vote, and what each sentence rests on."),
    ),
    Persona(
        "administration",
        Role.ADMINISTRATOR,
        _("An administrator"),
        _("Publishes projects and decisions, invites staff, changes the settings."),
    ),
    Persona(
        "controle",
        Role.AUDITOR,
        _("An auditor"),
        _("Reads the desk, dossiers and decisions being prepared, changes nothing."),
    ),
)


def persona_person(persona: Persona) -> Player | None:
    """Returns who plays this persona: the first holder of the role, the resident who took part the most."""
    return _member(persona.role) if persona.role else _resident()


def _member(role: Role) -> Player | None:
    held = (
        sa.select(Membership)
        .where(Membership.role == role, Membership.ended_at.is_(None))
        .options(joinedload(Membership.person), joinedload(Membership.collectivity))
        .order_by(Membership.id)
        .limit(1)
    )
    member = db.session.scalar(held)
    return Player(member.person, member.function, member.collectivity.slug) if member else None


def _resident() -> Player | None:
    taken_part = (
        sa.select(sa.func.count())
        .where(Participant.person_id == Person.id, Participant.same_as_id.is_(None))
        .scalar_subquery()
    )
    staff = sa.select(Membership.id).where(Membership.person_id == Person.id)
    found = (
        sa.select(Person)
        .where(Person.account_opened_at.is_not(None), Person.email.is_not(None), ~staff.exists())
        .order_by(taken_part.desc(), Person.id)
        .limit(1)
    )
    person = db.session.scalar(found)
    return Player(person, "", None) if person else None

"""What a weekly letter says: what is still public and still followed, by project, newest first."""

from collections.abc import Iterable
from dataclasses import dataclass, field

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from participation.accounts.models import Person
from participation.foundation.database import db
from participation.foundation.mail import Mail
from participation.notifications.lines import Line, lines_of
from participation.notifications.models import (
    Digest,
    DigestItem,
    FollowSetting,
    Frequency,
    SubjectKind,
    Subscription,
)
from participation.notifications.tokens import stopping_token
from participation.notifications.unsubscribing import unsubscribe_headers
from participation.projects.models import Project


@dataclass
class Group:
    """The news of one project, and how to stop each thing of it that is followed."""

    project: Project
    lines: list[Line] = field(default_factory=list)
    stops: dict[tuple[SubjectKind, int], str] = field(default_factory=dict)


def digest_letter(digest: Digest) -> Mail | None:
    """Returns the letter of a week; None when nothing of it is left to tell, or nobody to tell it to."""
    person = db.session.get(Person, digest.person_id)
    if person is None or not person.email or frequency_of(person) is Frequency.NEVER:
        return None
    groups = groups_of(person, _items_of(digest))
    if not groups:
        return None
    token = stopping_token(person.id)
    context: dict[str, object] = {
        "groups": groups,
        "count": sum(len(group.lines) for group in groups),
        "token": token,
    }
    return Mail(
        person.email,
        "notifications/mails/digest.txt",
        person.language,
        context,
        key=f"digest:{digest.id}",
        headers=unsubscribe_headers(token, person.language),
    )


def groups_of(person: Person, items: list[DigestItem]) -> list[Group]:
    """Returns news by project, the project with the newest one first; what is no longer followed left out."""
    followed = _followed_by(person)
    groups: dict[int, Group] = {}
    for line in sorted(lines_of(items), key=lambda one: (one.at, one.number), reverse=True):
        kept = [subject for subject in line.subjects if subject in followed]
        if not kept:
            continue
        group = groups.setdefault(line.project.id, Group(line.project))
        group.lines.append(line)
        group.stops.update({subject: stopping_token(person.id, subject) for subject in kept})
    return list(groups.values())


def frequency_of(person: Person) -> Frequency:
    """Returns how often somebody is told of what they follow."""
    chosen = db.session.scalar(sa.select(FollowSetting.frequency).filter_by(person_id=person.id))
    return chosen or Frequency.WEEKLY


def _followed_by(person: Person) -> set[tuple[SubjectKind, int]]:
    confirmed = sa.select(Subscription.subject_kind, Subscription.subject_id).where(
        Subscription.person_id == person.id, Subscription.confirmed_at.is_not(None)
    )
    return {(kind, number) for kind, number in db.session.execute(confirmed)}


def _items_of(digest: Digest) -> list[DigestItem]:
    in_it: Iterable[DigestItem] = db.session.scalars(
        sa.select(DigestItem)
        .where(DigestItem.digest_id == digest.id)
        .options(joinedload(DigestItem.event), joinedload(DigestItem.consultation))
        .order_by(DigestItem.id)
    )
    return list(in_it)

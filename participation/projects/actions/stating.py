"""Saying of each article of the AI charter whether a project complies, without overwriting a colleague."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from participation.collectivities.ai_charter.queries import charter_in_force
from participation.collectivities.models import Membership
from participation.foundation import clock
from participation.foundation.adding import add_once
from participation.foundation.database import db
from participation.foundation.errors import DomainError, Invalid, NotPossibleNow
from participation.foundation.holding import hold
from participation.foundation.i18n import lazy_gettext as _
from participation.projects.actions.noting import note
from participation.projects.dossier.ai_charter import NEED_A_REASON
from participation.projects.models import CharterStatement, Compliance, Project
from participation.projects.permissions import require_writer
from participation.projects.queries import charter_statements

NEWER_CHARTER = _(
    "A new version of the AI charter was published while you were writing: it is the one below. "
    "Read it, then send again."
)


@dataclass(frozen=True)
class Saying:
    """What somebody says of one article; None takes back what was said."""

    key: str
    compliance: Compliance | None
    reason: str = ""
    # The one the writer saw, 0 when there was none; None overwrites.
    revision: int | None = None
    # Whether the writer changed what they saw; else a colleague's newer words stay.
    is_changed: bool = True


class StatementConflict(DomainError):
    """A colleague spoke meanwhile of the articles of these keys; nothing was changed."""

    def __init__(self, keys: Collection[str]) -> None:
        super().__init__(
            _("A colleague changed some of these answers while you were writing. Both texts are below.")
        )
        self.keys = frozenset(keys)


def state_on_charter(
    project: Project, sayings: Iterable[Saying], *, charter_number: int, member: Membership | None = None
) -> list[CharterStatement]:
    """Writes what a project says of the charter, all of it or nothing; returns what changed.

    `charter_number` is the version that was read: raises NotPossibleNow when it is no longer in force, and
    StatementConflict when a colleague changed one of the same articles. What was left as it was counts as
    checked against this version.
    """
    require_writer(member, project)
    sayings = list(sayings)
    hold(project)
    _require_articles(project, sayings, charter_number)
    known = charter_statements(project)
    overtaken = [one.key for one in sayings if one.is_changed and _is_overtaken(one, known.get(one.key))]
    if overtaken:
        raise StatementConflict(overtaken)
    written = [
        _write(project, one, known.get(one.key), charter_number, member)
        for one in sayings
        if one.is_changed and not _says_the_same(one, known.get(one.key))
    ]
    again = _check_again(project, [known[one.key] for one in sayings if one.key in known], charter_number)
    if written or again:
        note("charter.stated", project, member, count=len(written), version=charter_number)
    db.session.flush()
    return written


def mark_published_statements(project: Project, snapshot: Mapping[str, Any]) -> None:
    """Copies what the dossier says as it is published now: the page of the charter counts it."""
    check = snapshot.get("charter", {"statements": []})
    said = {one["key"]: one["state"] for one in check["statements"] if one["state"]}
    for key, statement in charter_statements(project).items():
        statement.published_compliance = Compliance(said[key]) if key in said else None


def _require_articles(project: Project, sayings: Iterable[Saying], charter_number: int) -> None:
    charter = charter_in_force(project.collectivity)
    if charter is None:
        raise NotPossibleNow(_("This collectivity has no AI charter."))
    if charter.number != charter_number:
        raise NotPossibleNow(NEWER_CHARTER)
    for one in sayings:
        if one.key not in charter.by_key:
            raise Invalid(_("The AI charter has no such article."))
        which = {"number": charter.by_key[one.key].number}
        if one.reason and one.compliance is None:
            sentence = _(
                "Article %(number)d: say whether the project complies, or empty the reason.", **which
            )
            raise Invalid(sentence, f"state-{one.key}")
        if one.compliance in NEED_A_REASON and not one.reason:
            sentence = _("Article %(number)d: say why. This sentence is published.", **which)
            raise Invalid(sentence, f"reason-{one.key}")


def _is_overtaken(one: Saying, known: CharterStatement | None) -> bool:
    seen = known.revision if known else 0
    return one.revision is not None and one.revision != seen and not _says_the_same(one, known)


def _says_the_same(one: Saying, known: CharterStatement | None) -> bool:
    if known is None:
        return one.compliance is None
    return (one.compliance, one.reason) == (known.compliance, known.reason)


def _write(
    project: Project,
    one: Saying,
    known: CharterStatement | None,
    charter_number: int,
    member: Membership | None,
) -> CharterStatement:
    statement = known or CharterStatement(project_id=project.id, article_key=one.key, revision=0)
    statement.compliance, statement.reason = one.compliance, one.reason
    statement.charter_number = charter_number
    statement.stated_by = member.function if member else ""
    statement.stated_on = clock.today(project.collectivity.timezone)
    statement.revision += 1
    if known is None and not add_once(statement):
        raise StatementConflict([one.key])
    return statement


def _check_again(project: Project, statements: Iterable[CharterStatement], charter_number: int) -> bool:
    """Notes that these hold against this version too; tells whether one was about an earlier one."""
    today = clock.today(project.collectivity.timezone)
    earlier = [one for one in statements if one.charter_number != charter_number]
    for statement in earlier:
        statement.charter_number, statement.stated_on = charter_number, today
    return bool(earlier)

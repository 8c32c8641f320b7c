"""Preparing a consultation: a draft, its changes, and the announcement through the gate."""

from collections.abc import Sequence
from datetime import date, datetime

import sqlalchemy as sa

from participation.activity.models import Audience
from participation.collectivities.models import Membership, Role
from participation.consultations.actions.ending import note_if_over
from participation.consultations.actions.noting import note
from participation.consultations.actions.promising import promise_decision
from participation.consultations.holding import hold_alone
from participation.consultations.models import Assurance, Consultation, ModerationTime
from participation.consultations.permissions import earliest_closing, has_appeal_reviewer
from participation.foundation import clock
from participation.foundation.adding import add_once
from participation.foundation.database import db
from participation.foundation.errors import AlreadyDone, Invalid, NotAllowed, NotPossibleNow
from participation.foundation.holding import hold
from participation.foundation.i18n import lazy_gettext as _
from participation.foundation.references import poster_reference
from participation.foundation.text import slugify
from participation.projects.actions import record_milestone
from participation.projects.dossier.gate import RULES_VERSION, missing_for_consultation, waits_for_a_note
from participation.projects.models import Project


def prepare_consultation(
    project: Project,
    *,
    title: str,
    opens_at: datetime,
    closes_at: datetime,
    perimeter: str,
    use_of_answers: str,
    decided_by: str,
    answer_due_on: date | None,
    moderation: ModerationTime = ModerationTime.BEFORE,
    minimum_assurance: Assurance = Assurance.EMAIL,
    postcodes: Sequence[str] = (),
    member: Membership | None = None,
    slug: str | None = None,
    language: str = "fr",
) -> Consultation:
    """Adds a draft that nobody sees until it is announced; without slug, the title gives one.

    Raises AlreadyDone when this project has a draft of that title and period: a form sent twice counts once.
    """
    _require_order(opens_at, closes_at)
    hold(project)
    _require_new(project, title, opens_at, closes_at)
    consultation = Consultation(
        project=project,
        project_id=project.id,
        slug=_free_slug(slug or slugify(title)),
        title=title,
        language=language,
        opens_at=opens_at,
        closes_at=closes_at,
        perimeter=perimeter,
        use_of_answers=use_of_answers,
        decided_by=decided_by,
        answer_due_on=answer_due_on,
        moderation=moderation,
        minimum_assurance=minimum_assurance,
        postcodes=list(postcodes),
    )
    _add(consultation)
    note("consultation.prepared", consultation, member)
    db.session.flush()
    return consultation


def edit_consultation(
    consultation: Consultation,
    *,
    title: str,
    opens_at: datetime,
    closes_at: datetime,
    perimeter: str,
    use_of_answers: str,
    decided_by: str,
    answer_due_on: date | None,
    moderation: ModerationTime,
    member: Membership,
    minimum_assurance: Assurance = Assurance.EMAIL,
    postcodes: Sequence[str] = (),
    language: str = "fr",
) -> None:
    """Changes a draft; raises NotPossibleNow once it is announced. Unchanged words keep their language."""
    hold_alone(consultation)
    _require_draft(consultation)
    _require_order(opens_at, closes_at)
    if (title, perimeter, use_of_answers) != (
        consultation.title,
        consultation.perimeter,
        consultation.use_of_answers,
    ):
        consultation.language = language
    consultation.title = title
    consultation.opens_at, consultation.closes_at = opens_at, closes_at
    consultation.perimeter = perimeter
    consultation.use_of_answers = use_of_answers
    consultation.decided_by, consultation.answer_due_on = decided_by, answer_due_on
    consultation.moderation, consultation.minimum_assurance = moderation, minimum_assurance
    consultation.postcodes = list(postcodes)
    note("consultation.edited", consultation, member)
    db.session.flush()


def announce_consultation(consultation: Consultation, *, member: Membership | None = None) -> None:
    """Makes it public and sets the project's dates; an opening already past becomes this moment.

    Imports come without member and are exempt from the gate. Raises NotPossibleNow while the dossier is
    incomplete, the period too short, another consultation isn't over, or nobody could judge an appeal.
    """
    # The project too: of two consultations on it announced at once, the second sees the first.
    hold_alone(consultation)
    _require_draft(consultation)
    now = clock.now()
    project = consultation.project
    if project.imported_from is None:
        consultation.opens_at = max(consultation.opens_at, now)
        _require_gate(consultation, member)
    consultation.announced_at = now
    consultation.announced_by_id = member.id if member else None
    consultation.rule_set = RULES_VERSION
    note_if_over(consultation, now)
    record_milestone(project, opens_at=consultation.opens_at, closes_at=consultation.closes_at)
    note("consultation.announced", consultation, member, Audience.PUBLIC)
    promise_decision(consultation)
    db.session.flush()


def _free_slug(slug: str) -> str:
    taken = db.session.scalar(sa.select(Consultation.id).where(Consultation.slug == slug))
    return f"{slug}-{poster_reference()}" if taken else slug


def _add(consultation: Consultation) -> None:
    if not add_once(consultation):
        # Another project has just taken this address.
        consultation.slug = _free_slug(consultation.slug)
        db.session.add(consultation)
        db.session.flush()


def _require_new(project: Project, title: str, opens_at: datetime, closes_at: datetime) -> None:
    same = sa.select(Consultation.id).filter_by(
        project_id=project.id, title=title, opens_at=opens_at, closes_at=closes_at, announced_at=None
    )
    if db.session.scalar(same.limit(1)) is not None:
        raise AlreadyDone(_("This draft is already kept, with this title and this period."), "title")


def _require_order(opens_at: datetime, closes_at: datetime) -> None:
    if closes_at <= opens_at:
        raise Invalid(_("The closing must come after the opening."), "closes_at")


def _require_draft(consultation: Consultation) -> None:
    if consultation.is_public:
        raise NotPossibleNow(
            _("This consultation is announced: only its period can still change, with a public reason.")
        )


def _require_gate(consultation: Consultation, member: Membership | None) -> None:
    project = consultation.project
    if (
        member is None
        or member.role is not Role.MODERATOR
        or member.collectivity_id != project.collectivity_id
    ):
        raise NotAllowed(_("Only a moderator of this collectivity opens a consultation."))
    if project.proposed_at is None:
        raise NotPossibleNow(_("The dossier of this project is not published yet."))
    if waits_for_a_note(project):
        raise NotPossibleNow(
            _(
                "A practice of this project is prohibited: no consultation opens before a lawyer’s note is "
                "attached to its dossier."
            )
        )
    missing = missing_for_consultation(project)
    if missing:
        labels = ", ".join(str(field.label) for field in missing)
        raise NotPossibleNow(_("The dossier still lacks: %(fields)s.", fields=labels))
    earliest = earliest_closing(consultation.opens_at, project.collectivity.timezone)
    if consultation.closes_at < earliest:
        raise Invalid(_("A consultation lasts at least fifteen days: choose a later closing."), "closes_at")
    if not has_appeal_reviewer(project.collectivity_id, member):
        raise NotPossibleNow(
            _(
                "Nobody could answer an appeal: invite another moderator or an administrator, "
                "or name a moderator of another collectivity, first."
            )
        )
    if _another_is_not_over(consultation):
        raise NotPossibleNow(
            _("Another consultation on this project is announced and not over: announce this one afterwards.")
        )


def _another_is_not_over(consultation: Consultation) -> bool:
    """Tells whether two would run on one project: the first may still be made longer or suspended."""
    others = sa.select(Consultation.id).where(
        Consultation.project_id == consultation.project_id,
        Consultation.id != consultation.id,
        Consultation.announced_at.is_not(None),
        Consultation.cancelled_at.is_(None),
        sa.or_(Consultation.closes_at > clock.now(), Consultation.paused_at.is_not(None)),
    )
    return db.session.scalar(others.limit(1)) is not None

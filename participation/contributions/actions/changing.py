"""Saying that a version of the dossier was published because of what residents wrote."""

from collections.abc import Sequence

import sqlalchemy as sa

from participation.activity.models import Audience
from participation.activity.recording import record
from participation.collectivities.models import Membership
from participation.consultations.models import Participant
from participation.contributions.models import Contribution, DossierChange
from participation.foundation.adding import add_once
from participation.foundation.database import db
from participation.foundation.errors import Invalid, NotAllowed
from participation.foundation.holding import hold_several
from participation.foundation.i18n import lazy_gettext as _
from participation.foundation.mail import queue_mail
from participation.projects.models import DossierVersion, Project
from participation.projects.permissions import require_publisher

FIELD = "contributions"


def note_cause(
    version: DossierVersion, contributions: Sequence[Contribution], *, member: Membership | None = None
) -> int:
    """Ties a version to the texts that led to it, tells each author once, returns how many were new.

    Only published texts of residents about the same project; the same ones again change nothing.
    """
    project = db.session.get_one(Project, version.project_id)
    require_publisher(member, project)
    # Held as they are: a text that is being hidden or withdrawn is not named a second too late.
    held = hold_several(Contribution, {one.id for one in contributions}, shared=True)
    for contribution in held:
        _require_citable(contribution, project, member)
    told = _authors_of(version)
    added = [contribution for contribution in held if add_once(_change(version, contribution))]
    for person_id in sorted(_authors_of(version) - told):
        queue_mail("dossier_changed", version=version.id, person=person_id)
    if added:
        _record_change(version, project, len(added), member)
    db.session.flush()
    return len(added)


def tie_to_version(version: DossierVersion, question: Contribution, *, member: Membership) -> None:
    """Notes that a version answers a question; its author is told by the answer, not by another mail."""
    if not add_once(_change(version, question)):
        return
    _record_change(version, question.project, 1, member)


def _record_change(version: DossierVersion, project: Project, count: int, member: Membership | None) -> None:
    record(
        "dossier.changed_after",
        f"project:{project.id}",
        audience=Audience.PUBLIC,
        member=member,
        project_id=project.id,
        collectivity_id=project.collectivity_id,
        number=version.number,
        count=count,
    )


def _require_citable(contribution: Contribution, project: Project, member: Membership | None) -> None:
    ref = contribution.ref
    if contribution.project.id != project.id:
        raise Invalid(_("The contribution %(ref)s is about another project.", ref=ref), FIELD)
    if contribution.spoken_as:
        raise Invalid(
            _("The contribution %(ref)s is an official reply: name those of residents only.", ref=ref), FIELD
        )
    if not contribution.is_published:
        raise Invalid(_("The contribution %(ref)s is not published: nobody could read it.", ref=ref), FIELD)
    if member is not None and contribution.participant.person_id == member.person_id:
        raise NotAllowed(
            _("The contribution %(ref)s is your own: a colleague publishes this version.", ref=ref), FIELD
        )


def _change(version: DossierVersion, contribution: Contribution) -> DossierChange:
    return DossierChange(version_id=version.id, contribution_id=contribution.id)


def _authors_of(version: DossierVersion) -> set[int]:
    """Returns the numbers of the people who wrote what led to a version."""
    named = (
        sa.select(Participant.person_id)
        .join(Contribution, Contribution.participant_id == Participant.id)
        .join(DossierChange, DossierChange.contribution_id == Contribution.id)
        .where(DossierChange.version_id == version.id)
    )
    return {person_id for person_id in db.session.scalars(named) if person_id is not None}

"""What contributions changed: the texts behind each version of a dossier."""

from collections import defaultdict
from collections.abc import Collection

import sqlalchemy as sa

from participation.accounts.models import Person
from participation.consultations.models import Participant
from participation.contributions.models import Contribution, DossierChange, Visibility
from participation.foundation.database import db
from participation.projects.models import DossierVersion


def contributions_named(refs: Collection[str]) -> dict[str, Contribution]:
    """Returns the contributions of any visibility that bear these references; unknown ones are left out."""
    found = sa.select(Contribution).where(Contribution.ref.in_(refs)).order_by(Contribution.id)
    return {one.ref: one for one in db.session.scalars(found)}


def causes_of_versions(versions: Collection[DossierVersion]) -> dict[int, list[Contribution]]:
    """Returns the texts that led to each of these versions, oldest first; hidden and erased ones too."""
    noted = (
        sa.select(DossierChange.version_id, Contribution)
        .join(Contribution, Contribution.id == DossierChange.contribution_id)
        .where(DossierChange.version_id.in_([version.id for version in versions]))
        .order_by(DossierChange.version_id, Contribution.id)
    )
    causes = defaultdict(list)
    for version_id, contribution in db.session.execute(noted):
        causes[version_id].append(contribution)
    return dict(causes)


def causes_by(person: Person, version: DossierVersion) -> list[Contribution]:
    """Returns the texts of one person that led to a version and that everybody can still read."""
    noted = (
        sa.select(Contribution)
        .join(DossierChange, DossierChange.contribution_id == Contribution.id)
        .join(Participant, Participant.id == Contribution.participant_id)
        .where(
            DossierChange.version_id == version.id,
            Participant.person_id == person.id,
            Contribution.visibility == Visibility.PUBLISHED,
        )
        .order_by(Contribution.id)
    )
    return list(db.session.scalars(noted))

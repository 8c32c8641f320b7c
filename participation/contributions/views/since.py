"""What the dossier says otherwise since a text was written: of what it is about first, then elsewhere."""

from dataclasses import dataclass

from participation.contributions.models import Contribution
from participation.projects.dossier.changes import POINT, Change, changes_between
from participation.projects.dossier.questions import QUESTIONS
from participation.projects.history import version_then_and_now
from participation.projects.models import DossierVersion


@dataclass(frozen=True)
class Since:
    """The version in force when it was written, the present one, and what lies between them."""

    then: DossierVersion
    now: DossierVersion
    # Of the answers or the point it is about; empty when it is about the whole project.
    about: list[Change]
    elsewhere: list[Change]
    is_about_something: bool

    @property
    def is_same_version(self) -> bool:
        """Tells whether nothing was published since."""
        return self.then.number == self.now.number


def changed_since(contribution: Contribution) -> Since | None:
    """Returns what changed since a resident's text, in one statement; None when no dossier was there yet."""
    project = contribution.project
    if contribution.spoken_as or project.is_archive:
        return None
    versions = version_then_and_now(project.id, contribution.created_at)
    if versions is None:
        return None
    then, now = versions
    subjects = _subjects(contribution)
    changes = changes_between(then.snapshot, now.snapshot) if then is not now else []
    return Since(
        then=then,
        now=now,
        about=[change for change in changes if change.key in subjects],
        elsewhere=[change for change in changes if change.key not in subjects],
        is_about_something=bool(subjects),
    )


def _subjects(contribution: Contribution) -> set[str]:
    """Returns the keys of what a text is about: its point, or all the answers to the question it is under."""
    if contribution.open_point is not None:
        return {f"{POINT}{contribution.open_point.key}"}
    field = contribution.dossier_field
    if not field:
        return set()
    return next(({*question.fields} for question in QUESTIONS if field in question.fields), {field})

"""The words and choices of the forms on what people say: stances, positions, what a text is about."""

from collections.abc import Iterable
from dataclasses import dataclass

from participation.contributions.models import Choice, Contribution, Kind, Stance
from participation.foundation.i18n import lazy_gettext as _
from participation.foundation.text import excerpt
from participation.projects.dossier.fields import BY_NAME, FIELDS
from participation.projects.dossier.published import Point, PublishedDossier
from participation.projects.dossier.questions import QUESTIONS

LONGEST_LABEL = 90

CHOICES = {
    Choice.FAVOURABLE: _("In favour"),
    Choice.CONDITIONS: _("In favour under conditions"),
    Choice.OPPOSED: _("Opposed"),
    Choice.INFORMATION: _("I need to know more"),
}

# What a text may be, as one choice of a form: its kind and its stance.
SENSES: dict[str, tuple[Kind, Stance]] = {
    "for": (Kind.COMMENT, Stance.FOR),
    "against": (Kind.COMMENT, Stance.AGAINST),
    "neutral": (Kind.COMMENT, Stance.NEUTRAL),
    "question": (Kind.SERVICE_QUESTION, Stance.NEUTRAL),
    "experience": (Kind.EXPERIENCE, Stance.NEUTRAL),
}

SENSE_LABELS = {
    "for": _("An argument for"),
    "against": _("An argument against"),
    "neutral": _("A remark"),
    "question": _("A question to the service"),
    "experience": _("Something I have experienced"),
}


# What a question to the service changes, as one choice of the form that answers it.
OUTCOMES = {
    "version": _("The dossier is updated: a version already published answers it"),
    "next": _("The dossier will be updated: the next version answers it"),
    "unchanged": _("The dossier stays as it is, because…"),
}


@dataclass(frozen=True)
class Subject:
    """One thing of a project that a text may be about: `field:…` or `point:…`, and how it is named."""

    value: str
    label: str


def subjects_of(points: Iterable[Point]) -> list[Subject]:
    """Returns what a text may be about: the published points first, then a resident's questions."""
    named = [Subject(f"point:{point.key}", excerpt(point.text, LONGEST_LABEL)) for point in points]
    return named + [Subject(f"field:{one.fields[0]}", str(one.words)) for one in QUESTIONS]


def subjects_of_dossier(dossier: PublishedDossier) -> list[Subject]:
    """Returns everything of a dossier that can be asked about: its points, then each field it shows."""
    points = [Subject(f"point:{one.key}", excerpt(one.text, LONGEST_LABEL)) for one in dossier.points]
    fields = [one for one in FIELDS if dossier.is_shown(one)]
    return points + [Subject(f"field:{one.name}", f"{one.label} – {one.question}") for one in fields]


def subject_named(value: str, points: Iterable[Point]) -> Subject | None:
    """Returns the one thing of a project that an address names: a point, a field."""
    kind, _colon, name = value.partition(":")
    if kind == "point":
        return next((Subject(value, point.text) for point in points if point.key == name), None)
    if kind == "field" and name in BY_NAME:
        return Subject(value, str(BY_NAME[name].question))
    return None


def with_subject(subjects: list[Subject], value: str) -> list[Subject]:
    """Returns these choices and the field of the dossier that an address names, when it isn't among them."""
    field = BY_NAME.get(value.removeprefix("field:")) if value.startswith("field:") else None
    if field is None or value in {one.value for one in subjects}:
        return subjects
    return [*subjects, Subject(value, f"{field.label} – {field.question}")]


def about(contribution: Contribution) -> str:
    """Returns what a contribution is about in published words, empty when it is about the whole project."""
    point = contribution.open_point
    if point is not None and point.is_published:
        return point.published_text
    if point is not None and point.published_text:
        return str(_("%(point)s (point removed)", point=point.published_text))
    name = contribution.dossier_field
    asked = next((one for one in QUESTIONS if name in one.fields), None)
    if asked is not None:
        return str(asked.words)
    return str(BY_NAME[name].question) if name in BY_NAME else ""

"""Answering the questions on the law: class, answers, rules and who confirmed them are kept together."""

from collections.abc import Mapping
from datetime import date

from participation.collectivities.models import Membership
from participation.foundation import clock
from participation.foundation.errors import Invalid
from participation.foundation.i18n import lazy_gettext as _
from participation.projects.actions.answering import answer_field
from participation.projects.dossier.guidance.confirming import ANSWERS, FIELD, answers_in
from participation.projects.dossier.guidance.parts import GUIDANCE_PARTS
from participation.projects.dossier.guidance.questions import QUESTIONS
from participation.projects.dossier.guidance.reading import open_checklists, read
from participation.projects.dossier.guidance.rules import RULES_VERSION, assess
from participation.projects.models import AnswerState, DossierAnswer, Project
from participation.projects.queries import working_answer

_CHOICES = {part.name: part.choices for part in GUIDANCE_PARTS if part.name in ANSWERS}


def assess_project(
    project: Project,
    answers: Mapping[str, str],
    *,
    text: str = "",
    answered_by: str = "",
    confirmed_by: str = "",
    confirmed_on: date | None = None,
    note_text: str = "",
    note_author: str = "",
    note_on: date | None = None,
    note_link: str = "",
    revision: int | None = None,
    member: Membership | None = None,
) -> DossierAnswer:
    """Computes the class from the answers to the fourteen questions and the check-lists they call for.

    Raises Invalid on the first question without answer (`parts-…`), on a confirmation or a note that lacks
    its author or its day, and on one that was given for other answers. Raises Conflict as `answer_field`.
    """
    today = clock.today(project.collectivity.timezone)
    kept = _asked_answers(answers)
    beside = {
        "confirmed_by": confirmed_by.strip(),
        "confirmed_on": confirmed_on.isoformat() if confirmed_on else "",
        "note_text": note_text.strip(),
        "note_author": note_author.strip(),
        "note_on": note_on.isoformat() if note_on else "",
        "note_link": note_link.strip(),
    }
    _require_whole(beside, today)
    _require_renewed(project, kept, beside)
    population = project.collectivity.population
    return answer_field(
        project,
        FIELD,
        state=AnswerState.ANSWERED,
        choice=assess(kept, today, population).category,
        text=text,
        answered_by=answered_by,
        answered_on=today,
        details={
            "parts": {
                **kept,
                **beside,
                "rules_version": RULES_VERSION,
                "population": "" if population is None else str(population),
            }
        },
        revision=revision,
        member=member,
    )


def _asked_answers(answers: Mapping[str, str]) -> dict[str, str]:
    """Returns the answers to what is asked; lists that nothing calls for are left out."""
    asked = [one.key for one in QUESTIONS]
    for key in asked:
        _require_answer(key, answers)
    asked_too = [item.key for one in open_checklists(read(answers)) for item in one.items]
    for key in asked_too:
        _require_answer(key, answers)
    return {key: answers[key] for key in (*asked, *asked_too)}


def _require_answer(key: str, answers: Mapping[str, str]) -> None:
    given = answers.get(key) or ""
    if not given or not set(given.split(",")) <= set(_CHOICES[key]):
        raise Invalid(_("Answer, or say that you don’t know."), f"parts-{key}")


def _require_whole(beside: Mapping[str, str], today: date) -> None:
    if beside["confirmed_by"] and not beside["confirmed_on"]:
        raise Invalid(_("Give the day on which it was confirmed."), "parts-confirmed_on")
    if beside["confirmed_on"] and not beside["confirmed_by"]:
        raise Invalid(_("Say who confirmed it: a function, not a name."), "parts-confirmed_by")
    if any(beside[name] for name in ("note_text", "note_author", "note_on", "note_link")):
        for name in ("note_text", "note_author", "note_on"):
            if not beside[name]:
                raise Invalid(_("A note needs its text, its author and its date."), f"parts-{name}")
    for name in ("confirmed_on", "note_on"):
        if beside[name] > today.isoformat():
            raise Invalid(_("This day has not come yet."), f"parts-{name}")


def _require_renewed(project: Project, answers: dict[str, str], beside: Mapping[str, str]) -> None:
    """Refuses a confirmation or a note of other answers: nobody vouches for what they have not seen."""
    before = working_answer(project, FIELD)
    parts = before.details.get("parts", {}) if before else {}
    if answers_in(parts) == answers and parts.get("rules_version") == RULES_VERSION:
        return
    for name in ("confirmed_on", "note_on"):
        if beside[name] and parts.get(name) == beside[name]:
            sentence = _("The answers or the rules changed since: give the new day, or empty this part.")
            raise Invalid(sentence, f"parts-{name}")

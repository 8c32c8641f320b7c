"""Answering one field of the dossier, without ever overwriting a colleague's newer text."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import sqlalchemy as sa

from participation.collectivities.models import Membership
from participation.foundation.adding import add_or_find
from participation.foundation.database import db
from participation.foundation.errors import DomainError, Invalid
from participation.foundation.i18n import lazy_gettext as _
from participation.projects.actions.handing_over import end_when_filled
from participation.projects.actions.noting import note
from participation.projects.dossier.details import checked_details, missing_part
from participation.projects.dossier.field import Field, Kind
from participation.projects.dossier.fields import BY_NAME
from participation.projects.dossier.policies import SUB_POLICIES
from participation.projects.models import AnswerState, DossierAnswer, Project, Provenance
from participation.projects.permissions import require_writer

Values = dict[str, Any]


class Conflict(DomainError):
    """A colleague answered meanwhile; `current` is their answer, and nothing was changed."""

    def __init__(self, current: DossierAnswer) -> None:
        super().__init__(_("A colleague changed this answer while you were writing. Both texts are below."))
        self.current = current


def answer_field(
    project: Project,
    field: str,
    *,
    state: AnswerState | str,
    text: str = "",
    choice: str = "",
    short: str = "",
    reason: str = "",
    owner: str = "",
    due_on: date | None = None,
    provenance: Provenance | str = Provenance.SERVICE,
    answered_by: str = "",
    answered_on: date | None = None,
    claim: str = "",
    claim_source: str = "",
    details: Mapping[str, object] | None = None,
    revision: int | None = None,
    member: Membership | None = None,
) -> DossierAnswer:
    """Writes the working copy of one field.

    `choice` holds one value of a closed list, or several joined by commas; `details` the parts, rows and
    figures. `revision` is the one the writer saw, 0 when there was none: raises Conflict when it is no longer
    the last. None overwrites: for imports. Raises Invalid when the answer is not one.
    """
    require_writer(member, project)
    asked = _written_field(field)
    values: Values = {
        "state": AnswerState(state),
        "text": text,
        "choice": choice,
        "short": short,
        "reason": reason,
        "owner": owner,
        "due_on": due_on,
        "provenance": Provenance(provenance),
        "answered_by": answered_by,
        "answered_on": answered_on,
        "claim": claim,
        "claim_source": claim_source,
        "details": checked_details(asked, details or {}),
        "is_copied": False,
    }
    _require_answer(asked, values)
    answer = _locked(project, field)
    if answer is None:
        answer = _first(project, field, values)
    else:
        _rewrite(answer, values, revision)
    note("dossier.field_answered", project, member, field=field, revision=answer.revision)
    db.session.flush()
    if answer.revision == 1:
        end_when_filled(project, asked.section, member=member)
    return answer


def _locked(project: Project, field: str) -> DossierAnswer | None:
    known = sa.select(DossierAnswer).filter_by(project_id=project.id, field=field)
    return db.session.scalar(known.with_for_update().execution_options(populate_existing=True))


def _first(project: Project, field: str, values: Values) -> DossierAnswer:
    answer = DossierAnswer(project_id=project.id, field=field, **values)
    kept = add_or_find(answer, lambda: _locked(project, field))
    if kept is not answer:
        raise Conflict(kept)
    return answer


def _rewrite(answer: DossierAnswer, values: Values, revision: int | None) -> None:
    if revision is not None and revision != answer.revision:
        raise Conflict(answer)
    for name, value in values.items():
        setattr(answer, name, value)
    answer.revision += 1


def _written_field(name: str) -> Field:
    field = BY_NAME.get(name)
    if field is None or not field.is_written:
        raise Invalid(_("This field of the dossier isn’t answered by hand."))
    return field


def _require_answer(field: Field, values: Values) -> None:
    state = values["state"]
    if state is AnswerState.ANSWERED:
        _require_words(field, values)
    elif field.is_hard:
        raise Invalid(_("This field needs an answer: “not known yet” isn’t accepted here."), "state")
    elif not values["reason"]:
        raise Invalid(_("Say why, in one sentence."), "reason")
    elif state is AnswerState.NOT_KNOWN_YET:
        _require_promise(values)


def _require_words(field: Field, values: Values) -> None:
    details = values["details"]
    if field.choices:
        _require_choice(field, values)
    elif field.kind is Kind.PARTS:
        missing = missing_part(field, details)
        if missing is not None:
            raise Invalid(_("Fill this in."), f"parts-{missing.name}")
        if not details["parts"] and not values["text"]:
            raise Invalid(_("Write the answer."), "text")
    elif field.kind is Kind.ROWS:
        if not details["rows"] and not values["text"]:
            raise Invalid(_("Write the answer."), "text")
    elif not values["text"]:
        raise Invalid(_("Write the answer."), "text")


def _require_choice(field: Field, values: Values) -> None:
    chosen = values["choice"].split(",") if field.kind is Kind.CHOICES else [values["choice"]]
    if not set(chosen) <= set(field.choices):
        raise Invalid(_("Choose one of the answers."), "choice")
    sub_policy = values["details"]["parts"].get("sub_policy", "")
    if sub_policy and sub_policy not in SUB_POLICIES[values["choice"]]:
        raise Invalid(_("This doesn’t belong to the policy chosen above."), "parts-sub_policy")


def _require_promise(values: Values) -> None:
    if not values["owner"]:
        raise Invalid(_("Say who will answer: a function, not a name."), "owner")
    if values["due_on"] is None:
        raise Invalid(_("Give the day on which the answer is due."), "due_on")

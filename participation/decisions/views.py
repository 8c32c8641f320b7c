"""Public pages of decisions: the list, and one decision answered theme by theme."""

from flask import Blueprint, abort, render_template, request

from participation.collectivities.site import show_as
from participation.consultations.models import Consultation
from participation.contributions.queries import position_tally
from participation.decisions import queries
from participation.decisions.models import Decision, DecisionVersion
from participation.notifications.queries import people_told
from participation.web.access import public
from participation.web.pagination import Page, page_number

blueprint = Blueprint("decisions", __name__)


@blueprint.get("/decisions", endpoint="list")
@public
def list_() -> str:
    """Shows what was decided, last one first; refused and adopted alike."""
    number = page_number()
    versions, total = queries.published_decisions(number=number)
    counts = queries.verdict_counts([version.id for version in versions])
    return render_template("decisions/list.html", page=Page(versions, number, total), counts=counts)


@blueprint.get("/decisions/<ref>")
@public
def show(ref: str) -> str:
    """Shows what was said, what is decided and because of what; `?version=` shows an earlier wording."""
    decision = queries.decision_by_ref(ref)
    versions = queries.published_versions(decision) if decision else []
    if decision is None or not versions:
        abort(404)
    version = _asked_for(versions)
    show_as(decision.project.collectivity)
    return render_template(
        "decisions/show.html",
        decision=decision,
        version=version,
        versions=versions,
        answers=queries.answers_of(version),
        told=people_told(version.id),
        **_what_was_said(decision),
    )


def _asked_for(versions: list[DecisionVersion]) -> DecisionVersion:
    wanted = request.args.get("version", "")
    return next((version for version in versions if str(version.number) == wanted), versions[0])


def _what_was_said(decision: Decision) -> dict[str, object]:
    if decision.summary is None:
        return {"consultation": None, "heard": {}, "tally": None}
    consultation: Consultation = decision.summary.consultation
    return {
        "consultation": consultation,
        "heard": queries.heard_by_theme(decision.summary),
        "tally": position_tally(consultation.id),
    }

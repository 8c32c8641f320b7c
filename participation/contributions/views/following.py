"""One contribution: its text, its replies, and what became of it."""

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from participation.accounts.signing_in import current_person
from participation.contributions.models import Contribution, Visibility
from participation.contributions.queries import Asked, asked_in, reported_totals, thread_of
from participation.contributions.views.paths import path_to_decision
from participation.contributions.views.sending import (
    answering_member,
    blueprint,
    contribution_or_404,
    function_in,
    may_speak,
)
from participation.contributions.views.since import changed_since
from participation.foundation import clock
from participation.moderation.queries import hiding_rules
from participation.web.access import public


@blueprint.get("/contributions/<ref>")
@public
def show(ref: str) -> ResponseReturnValue:
    contribution = contribution_or_404(ref)
    person = current_person()
    is_author = person is not None and contribution.participant.person_id == person.id
    comment = thread_of(contribution)
    asked = _asked(contribution)
    page = render_template(
        "contributions/show.html",
        contribution=contribution,
        comment=comment,
        is_author=is_author,
        asked=asked,
        answer_url=_answer_url(contribution) if asked and not asked.is_answered else "",
        may_answer=_may_reply(contribution),
        path=path_to_decision(contribution),
        rules=hiding_rules(comment.hidden_ids),
        reported=reported_totals(contribution),
        since=changed_since(contribution) if contribution.is_published or is_author else None,
    )
    # What nobody may read yet, or any more, is not kept by search engines.
    robots = {} if contribution.visibility is Visibility.PUBLISHED else {"X-Robots-Tag": "noindex"}
    return page, 200, robots


def _may_reply(contribution: Contribution) -> bool:
    """Tells whether whoever reads it speaks under a function, and may still do so."""
    function = function_in(contribution.place)
    return bool(function) and may_speak(contribution.place, clock.now(), function)


def _asked(contribution: Contribution) -> Asked | None:
    """Returns a public question with its clock and its answer; None for anything else."""
    if not contribution.is_question or not contribution.is_published:
        return None
    return asked_in(contribution)


def _answer_url(question: Contribution) -> str:
    """Returns where whoever reads it answers it, empty for those who don't answer for this collectivity."""
    if answering_member(question) is None:
        return ""
    body = question.project.collectivity
    return url_for("manage_questions.answer", collectivity_slug=body.slug, ref=question.ref)

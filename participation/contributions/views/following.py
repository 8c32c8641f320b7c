"""One contribution: its text, its replies, and what became of it."""

from flask import render_template
from flask.typing import ResponseReturnValue

from participation.accounts.signing_in import current_person
from participation.consultations.permissions import may_still_answer
from participation.contributions.models import Visibility
from participation.contributions.queries import reported_totals, thread_of
from participation.contributions.views.paths import path_to_decision
from participation.contributions.views.sending import blueprint, contribution_or_404, function_in
from participation.contributions.views.since import changed_since
from participation.foundation import clock
from participation.moderation.queries import hiding_rules
from participation.web.access import public


@blueprint.get("/contributions/<ref>")
@public
def show(ref: str) -> ResponseReturnValue:
    contribution = contribution_or_404(ref)
    consultation = contribution.consultation
    person = current_person()
    is_author = person is not None and contribution.participant.person_id == person.id
    comment = thread_of(contribution)
    page = render_template(
        "contributions/show.html",
        contribution=contribution,
        comment=comment,
        is_author=is_author,
        may_answer=bool(function_in(consultation)) and may_still_answer(consultation, clock.now()),
        path=path_to_decision(contribution),
        rules=hiding_rules(comment.hidden_ids),
        reported=reported_totals(contribution),
        since=changed_since(contribution) if contribution.is_published or is_author else None,
    )
    # What nobody may read yet, or any more, is not kept by search engines.
    robots = {} if contribution.visibility is Visibility.PUBLISHED else {"X-Robots-Tag": "noindex"}
    return page, 200, robots

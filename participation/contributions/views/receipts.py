"""The receipt of a form: what it recorded, and to whoever sent it also the position, supports and votes."""

import sqlalchemy as sa
from flask import abort, render_template, session
from flask.typing import ResponseReturnValue

from participation.accounts.signing_in import current_person
from participation.collectivities.site import show_as
from participation.contributions.mails import QUIET
from participation.contributions.models import Choice, Contribution, Submission
from participation.contributions.paper.wording import how_it_came
from participation.contributions.queries import (
    contributions_of_submission,
    contributions_supported_in,
    position_counting_for,
    submission_by_ref,
)
from participation.contributions.views.sending import blueprint
from participation.contributions.wording import CHOICES
from participation.foundation.database import db
from participation.web.access import public

REMEMBERED = 5
_SESSION_KEY = "receipts"


def remember_receipt(submission: Submission) -> None:
    """Lets this browser read its last five receipts in full: a guest has no account to show who they are."""
    others = [ref for ref in _remembered() if ref != submission.ref]
    session[_SESSION_KEY] = [*others, submission.ref][-REMEMBERED:]


@blueprint.get("/recu/<ref>")
@public
def recorded(ref: str) -> ResponseReturnValue:
    submission = submission_by_ref(ref)
    if submission is None:
        abort(404)
    participant = submission.participant
    show_as(participant.project.collectivity)
    is_own, choice = _is_own(submission), submission.recorded.get("choice")
    page = render_template(
        "contributions/recorded.html",
        submission=submission,
        consultation=participant.consultation,
        project=participant.project,
        is_own=is_own,
        counts_since=position_counting_for(participant) if is_own and choice else None,
        choice=CHOICES[Choice(choice)] if choice else None,
        contributions=contributions_of_submission(submission),
        came=how_it_came(submission),
        supported=contributions_supported_in(submission) if is_own else [],
        is_by_mail=submission.recorded.get("kind") not in QUIET,
    )
    # A receipt is one person's own: no shared cache and no search engine keeps it.
    return page, 200, {"Cache-Control": "private, no-store", "X-Robots-Tag": "noindex"}


def _is_own(submission: Submission) -> bool:
    """Tells whether this browser sent or confirmed it, or its participant is signed in.

    Its texts carry a pseudonym: whoever has only the address must not read a position beside it.
    """
    person = current_person()
    is_theirs = person is not None and submission.participant.person_id == person.id
    return is_theirs or submission.ref in _remembered()


def remembers_receipt_of(contribution: Contribution) -> bool:
    """Tells whether this browser sent or confirmed a text: it may read it before everybody does."""
    sent = sa.select(Submission.recorded).where(Submission.ref.in_(_remembered()))
    return any(contribution.ref in recorded.get("contributions", []) for recorded in db.session.scalars(sent))


def _remembered() -> list[str]:
    return list(session.get(_SESSION_KEY, []))

"""What all forms of this domain share: whose page it is, and how what was sent is applied or held."""

from datetime import datetime
from typing import Any

from flask import Blueprint, abort, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from participation.accounts.actions import normalised, person_with_email
from participation.accounts.queries import address_with_email
from participation.accounts.signing_in import current_person
from participation.collectivities.models import Membership, Role
from participation.collectivities.names import require_free_name
from participation.collectivities.permissions import membership_as, memberships_of
from participation.collectivities.site import show_as
from participation.consultations.models import Assurance, Consultation
from participation.consultations.permissions import (
    accepts_answers,
    is_sure_enough,
    may_still_answer,
    present_moment,
)
from participation.consultations.queries import assurance_in, consultation_by_slug, suspension_of
from participation.contributions.actions import hold_submission, record_submission
from participation.contributions.actions.assuring import require_level_online
from participation.contributions.actions.confirming import participant_at
from participation.contributions.forms import GuestForm
from participation.contributions.models import Contribution, Place, project_at
from participation.contributions.permissions import may_answer, may_ask
from participation.contributions.queries import contribution_by_ref
from participation.foundation import clock
from participation.foundation.database import db
from participation.foundation.errors import NotPossibleNow
from participation.foundation.i18n import current_language, gettext
from participation.vigilance.watching import watch
from participation.web.kept_text import kept_text

blueprint = Blueprint("contributions", __name__)

SPEAKING_ROLES = (Role.OFFICIAL, Role.AGENT, Role.MODERATOR, Role.ADMINISTRATOR)


def consultation_or_404(slug: str) -> Consultation:
    """Returns an announced consultation and shows the page under its collectivity."""
    consultation = consultation_by_slug(slug)
    if consultation is None or not consultation.is_public:
        abort(404)
    show_as(consultation.project.collectivity)
    return consultation


def contribution_or_404(ref: str) -> Contribution:
    """Returns a contribution of any visibility and shows the page under its collectivity."""
    contribution = contribution_by_ref(ref)
    if contribution is None or not contribution.is_public_place:
        abort(404)
    show_as(contribution.project.collectivity)
    return contribution


def published_or_404(ref: str) -> Contribution:
    """Returns a contribution that everyone may read."""
    contribution = contribution_or_404(ref)
    if not contribution.is_published:
        abort(404)
    return contribution


def refuse_archive(place: Place) -> None:
    """Answers in place of a form where nothing can be added: nobody is asked for an address in vain."""
    if project_at(place).is_archive:
        page = render_template("contributions/archive.html", project=project_at(place), kept=kept_text())
        abort(make_response(page, 409))


def page_while_not_open(place: Place, *, spoken_as: str = "") -> ResponseReturnValue | None:
    """Returns the page that says when one may take part; None when one may now.

    Whoever speaks under a function may also answer after the closing, never while it is suspended.
    """
    now = clock.now()
    if may_speak(place, now, spoken_as):
        return None
    if not isinstance(place, Consultation):
        return render_template("contributions/not_outside.html", project=place, kept=kept_text()), 409
    suspension = suspension_of(place)
    page = render_template(
        "contributions/not_open.html", consultation=place, suspension=suspension, kept=kept_text()
    )
    return page, 409


def page_before_one_begins(place: Place, *, spoken_as: str = "") -> ResponseReturnValue | None:
    """Returns the page that says when one may take part, or what one needs first; None when one may now."""
    not_open = page_while_not_open(place, spoken_as=spoken_as)
    if not_open is not None or spoken_as or not isinstance(place, Consultation):
        return not_open
    person = current_person()
    if is_sure_enough(assurance_in(place, person), place):
        return None
    page = render_template("contributions/not_sure_enough.html", consultation=place, person=person)
    return page, 403


def may_speak(place: Place, now: datetime, spoken_as: str) -> bool:
    """Tells whether a text is taken there now; outside a consultation, only what a service says."""
    if not isinstance(place, Consultation):
        return bool(spoken_as)
    return accepts_answers(place, now) or bool(spoken_as and may_still_answer(place, now))


def function_in(place: Place) -> str:
    """Returns the function under which the person signed in speaks here, empty for residents."""
    person, body = current_person(), project_at(place).collectivity
    membership = membership_as(person, body, *SPEAKING_ROLES) if person else None
    if membership is None:
        return ""
    return membership.function or gettext("Staff of the collectivity")


def answering_member(question: Contribution) -> Membership | None:
    """Returns the role under which the person signed in answers this question, None when they don't."""
    person = current_person()
    held = memberships_of(person, question.project.collectivity) if person else []
    return next((one for one in held if may_answer(one, question)), None)


def send(form: GuestForm, place: Place, kind: str, payload: dict[str, Any]) -> ResponseReturnValue:
    """Applies what somebody signed in sent, or holds what a guest sent until they confirm; then redirects.

    Closed while they typed, the page says so and shows the text to be copied; other refusals are raised.
    """
    try:
        return _sent(form, place, kind, payload)
    except NotPossibleNow:
        db.session.rollback()
        closed = None if kind == "withdraw" else _page_once_closed(place, payload)
        if closed is None:
            raise
        return closed


def _page_once_closed(place: Place, payload: dict[str, Any]) -> ResponseReturnValue | None:
    """Returns the page that says that nothing is taken any more; None when something else was refused."""
    if not isinstance(place, Consultation) and may_ask(place, clock.now()):
        return None
    return page_while_not_open(place, spoken_as=payload.get("spoken_as", ""))


def _sent(form: GuestForm, place: Place, kind: str, payload: dict[str, Any]) -> ResponseReturnValue:
    person = current_person()
    name = payload.get("display_name", "")
    # Whoever speaks for the collectivity may carry its name.
    if name and not function_in(place):
        require_free_name(name, [project_at(place).collectivity])
    if person is None:
        guest = person_with_email(form.email.data, language=current_language())
        watch(form, kind, person=guest, place=place, sends_mail=True)
        hold_submission(
            place,
            guest,
            kind=kind,
            payload=payload,
            form_key=form.key(),
            language=current_language(),
            address=address_with_email(normalised(form.email.data)),
        )
        db.session.commit()
        return redirect(_waiting_url(place))
    watch(form, kind, person=person, place=place)
    participant = participant_at(
        place,
        person,
        display_name=payload.get("display_name", ""),
        # A guest who came in by a link in their mail is known by that mail only.
        assurance=Assurance.ACCOUNT if person.has_account else Assurance.EMAIL,
        postcode=payload.get("postcode", ""),
    )
    require_level_online(place, participant.assurance, kind, payload)
    # A vote asks for no name: the one chosen here, often a pseudonym, is not replaced by that of the account.
    participant.display_name = participant.display_name or person.display_name
    # Read once the period is held: what waited past the closing came too late.
    now = present_moment(participant.consultation)
    submission = record_submission(participant, kind, payload, form_key=form.key(), now=now)
    # Read before the end: after it, the database would be asked again.
    receipt = url_for("contributions.recorded", ref=submission.ref)
    db.session.commit()
    return redirect(receipt)


def _waiting_url(place: Place) -> str:
    if isinstance(place, Consultation):
        return url_for("contributions.waiting", slug=place.slug)
    return url_for("contributions.question_waiting", slug=place.slug)

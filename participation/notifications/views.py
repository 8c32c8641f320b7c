"""Pages of following: the button, the link that confirms, one's own list, and leaving in one click."""

from flask import Blueprint, abort, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from participation.accounts.actions import person_with_email
from participation.accounts.models import Person
from participation.accounts.signing_in import current_person
from participation.collectivities.site import show_as
from participation.consultations.queries import consultation_by_slug
from participation.contributions.queries import contribution_by_ref
from participation.foundation import clock
from participation.foundation.database import db
from participation.foundation.errors import DomainError
from participation.foundation.i18n import current_language
from participation.foundation.i18n import gettext as _
from participation.notifications import actions
from participation.notifications.digest_letters import frequency_of
from participation.notifications.following import (
    SubjectShown,
    followed_by,
    of_consultation,
    of_project,
    of_question,
    shown_subject,
    subscription_of,
)
from participation.notifications.forms import FollowForm, FrequencyForm
from participation.notifications.models import Frequency, Subscription
from participation.notifications.tokens import Scope, read_following_token, read_stopping_token
from participation.projects.queries import project_by_slug
from participation.web.access import public, signed_in
from participation.web.forms import Form
from participation.web.limits import limiter, per_mailbox

blueprint = Blueprint("notifications", __name__)

LARGEST_NUMBER = 2**31 - 1
PER_HOUR = "60 per hour"


@blueprint.route("/projets/<slug>/suivre", methods=["GET", "POST"])
@public
@limiter.limit(PER_HOUR, methods=["POST"])
@per_mailbox
def follow_project(slug: str) -> ResponseReturnValue:
    project = project_by_slug(slug)
    return _follow(of_project(project) if project else None)


@blueprint.route("/consultations/<slug>/suivre", methods=["GET", "POST"])
@public
@limiter.limit(PER_HOUR, methods=["POST"])
@per_mailbox
def follow_consultation(slug: str) -> ResponseReturnValue:
    consultation = consultation_by_slug(slug)
    return _follow(of_consultation(consultation) if consultation else None)


@blueprint.route("/contributions/<ref>/suivre", methods=["GET", "POST"])
@public
@limiter.limit(PER_HOUR, methods=["POST"])
@per_mailbox
def follow_question(ref: str) -> ResponseReturnValue:
    question = contribution_by_ref(ref)
    return _follow(of_question(question) if question else None)


def _follow(shown: SubjectShown | None) -> ResponseReturnValue:
    """Shows the button of one thing; pressed, somebody signed in follows it, a guest gets a link."""
    if shown is None:
        abort(404)
    show_as(shown.project.collectivity)
    person = current_person()
    own = subscription_of(person, shown.kind, shown.number)
    form = FollowForm(person=person, may_remind=_may_remind(shown))
    if form.is_sent():
        try:
            return _followed(form, person, shown)
        except DomainError as error:
            db.session.rollback()
            form.refuse(error)
    elif own is not None and "remind_days" in form and not form.is_submitted():
        form.remind_days.data = str(own.remind_days or "")
    page = render_template(
        "notifications/follow.html", form=form, shown=shown, own=own, button_form=Form(), person=person
    )
    return page, form.status


def _followed(form: FollowForm, person: Person | None, shown: SubjectShown) -> ResponseReturnValue:
    if person is None:
        guest = person_with_email(form.email.data, language=current_language())
        actions.ask_to_follow(guest, shown.kind, shown.number, remind_days=form.days)
        db.session.commit()
        return redirect(url_for("notifications.waiting"))
    actions.follow(person, shown.kind, shown.number, remind_days=form.days)
    db.session.commit()
    flash(_("You follow this. You are told once a week at most, when there is something new."))
    return redirect(url_for("notifications.following"))


def _may_remind(shown: SubjectShown) -> bool:
    """Tells whether a closing is still to come, of a consultation that is the thing followed."""
    consultation = shown.consultation
    if consultation is None or shown.endpoint != "consultations.show":
        return False
    return not consultation.is_closed(clock.now())


@blueprint.get("/suivre/a-confirmer")
@public
def waiting() -> str:
    """Says to a guest that one step is left; the same page whatever is known of the address."""
    return render_template("notifications/waiting.html")


@blueprint.route("/suivre/<token>", methods=["GET", "POST"])
@public
def confirm(token: str) -> ResponseReturnValue:
    """Shows the button that makes a guest follow what they asked for; it does nothing else."""
    number = read_following_token(token)
    subscription = db.session.get(Subscription, number) if number is not None else None
    shown = shown_subject(subscription.subject_kind, subscription.subject_id) if subscription else None
    if subscription is None or shown is None:
        return render_template("notifications/link_over.html"), 404
    show_as(shown.project.collectivity)
    form = Form()
    if form.is_sent():
        try:
            actions.confirm_following(subscription)
            db.session.commit()
            return redirect(url_for("notifications.confirm", token=token))
        except DomainError as error:
            db.session.rollback()
            form.refuse(error)
    page = render_template("notifications/confirm.html", form=form, shown=shown, subscription=subscription)
    return _private(page, form.status)


@blueprint.route("/compte/suivi", methods=["GET", "POST"])
@signed_in
def following() -> ResponseReturnValue:
    """Shows what one follows, with a button to stop each, and how often one is told."""
    person = _signed_in_person()
    form = FrequencyForm(data={"frequency": frequency_of(person).value})
    if form.is_sent():
        actions.set_frequency(person, Frequency(form.frequency.data))
        db.session.commit()
        flash(_("Your choice is recorded."))
        return redirect(url_for("notifications.following"))
    page = render_template(
        "notifications/following.html",
        form=form,
        button_form=Form(),
        person=person,
        page=followed_by(person, before=_cursor()),
    )
    return page, form.status


@blueprint.post(f"/compte/suivi/<int(max={LARGEST_NUMBER}):number>/fin")
@signed_in
def stop(number: int) -> ResponseReturnValue:
    """No longer follows one thing; pressed twice, it is stopped once."""
    if not Form().is_sent():
        abort(400)
    actions.stop_following(_signed_in_person(), number)
    db.session.commit()
    flash(_("You no longer follow this."))
    return redirect(url_for("notifications.following"))


@blueprint.get("/desabonnement/<token>")
@public
def unsubscribe(token: str) -> ResponseReturnValue:
    """Shows the button that stops letters: opened by a mail program that checks links, it stops nothing."""
    return _private(_unsubscribe_page(_scope_or_404(token), is_done=False))


@blueprint.post("/desabonnement/<token>")
@public
def unsubscribe_now(token: str) -> ResponseReturnValue:
    """Stops letters at once, whoever presses: a person, or their mail program without cookie (RFC 8058).

    There is no token against forged forms: whoever knows the address of this page holds the letter.
    """
    person_id, scope = _scope_or_404(token)
    actions.stop_by_link(person_id, scope)
    db.session.commit()
    return _private(_unsubscribe_page((person_id, scope), is_done=True))


def _scope_or_404(token: str) -> tuple[int, Scope]:
    read = read_stopping_token(token)
    if read is None:
        abort(404)
    return read


def _unsubscribe_page(read: tuple[int, Scope], *, is_done: bool) -> str:
    scope = read[1]
    shown = shown_subject(*scope) if scope else None
    return render_template("notifications/unsubscribe.html", scope=scope, shown=shown, is_done=is_done)


def _private(page: str, status: int = 200) -> ResponseReturnValue:
    """The address is a secret of one person: nothing of it is kept on the way."""
    response = make_response(page, status)
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _cursor() -> int | None:
    asked = request.args.get("apres", "")
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 10 else None


def _signed_in_person() -> Person:
    person = current_person()
    if person is None:
        abort(403)
    return person

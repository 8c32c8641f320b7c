"""Signing in and out, and everybody's own page."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from participation.accounts import actions, queries
from participation.accounts.devices import device_named
from participation.accounts.forms import IdentityForm, LinkForm, PasswordForm, PasswordSignInForm
from participation.accounts.models import Person
from participation.accounts.next_page import next_url, safe_path
from participation.accounts.passwords import is_password
from participation.accounts.signing_in import close_session, current_person, open_session
from participation.collectivities.names import require_free_name
from participation.collectivities.queries import all_collectivities, memberships_everywhere
from participation.contributions.models import Contribution
from participation.contributions.queries import contributions_of_person
from participation.foundation import clock
from participation.foundation.database import db
from participation.foundation.errors import DomainError, Invalid
from participation.foundation.i18n import current_language
from participation.foundation.i18n import gettext as _
from participation.foundation.mail import queue_mail
from participation.foundation.references import hash_of
from participation.projects.history import versions_of_projects
from participation.vigilance.watching import watch
from participation.web.access import public, signed_in
from participation.web.forms import Form
from participation.web.limits import TRIES_PER_HOUR, limiter

blueprint = Blueprint("accounts", __name__)

LARGEST_NUMBER = 2**31 - 1
Answer = str | tuple[str, int] | Response


def _typed_address() -> str:
    """Returns a stand-in for the address typed, so that limits follow it without keeping it."""
    return hash_of(actions.normalised(request.form.get("email", "")))


def _device() -> str:
    return device_named(request.user_agent.string)


def _signed_in_person() -> Person:
    person = current_person()
    if person is None:
        abort(403)
    return person


@blueprint.get("/connexion")
@blueprint.post("/connexion")
@public
@limiter.limit(TRIES_PER_HOUR, methods=["POST"])
@limiter.limit("6 per 15 minutes", methods=["POST"], key_func=_typed_address)
def sign_in() -> Answer:
    """Sends a link that signs in; answers the same whether or not the address is known."""
    form = LinkForm()
    next_path = safe_path(request.args.get("next", ""))
    if form.is_sent():
        try:
            link = actions.ask_for_link(form.email.data, language=current_language(), next_path=next_path)
            watch(form, "sign_in", person=link.person, place=None, sends_mail=True)
            db.session.commit()
            return redirect(url_for("accounts.link_sent"))
        except DomainError as error:
            db.session.rollback()
            form.refuse(error)
    return render_template("accounts/sign_in.html", form=form, next_path=next_path), form.status


@blueprint.get("/connexion/envoye")
@public
def link_sent() -> Answer:
    """Says what to do next; names no address, so that it tells nothing of anybody."""
    return render_template("accounts/link_sent.html")


@blueprint.get("/connexion/mot-de-passe")
@blueprint.post("/connexion/mot-de-passe")
@public
@limiter.limit("120 per 15 minutes", methods=["POST"])
@limiter.limit("8 per 15 minutes", methods=["POST"], key_func=_typed_address)
def sign_in_with_password() -> Answer:
    """Signs in with a password; a wrong one and an unknown address get the same answer, as late."""
    form = PasswordSignInForm()
    next_path = safe_path(request.args.get("next", ""))
    if form.is_sent():
        person = _person_with_password(form.email.data, form.password.data)
        if person is not None:
            open_session(person, device=_device())
            db.session.commit()
            return redirect(next_url(next_path))
        form.refuse(
            Invalid(_("This address and this password don’t go together. You can ask for a link instead."))
        )
    return render_template("accounts/sign_in_with_password.html", form=form, next_path=next_path), form.status


def _person_with_password(email: str, password: str) -> Person | None:
    found = queries.password_hash_of(actions.normalised(email))
    # Gives the write lock back: the check that follows is slow on purpose.
    db.session.rollback()
    if not is_password(password, found[1] if found else None):
        return None
    return actions.person_still_holding(*found) if found else None


@blueprint.get("/connexion/lien/<token>")
@blueprint.post("/connexion/lien/<token>")
@public
@limiter.limit(TRIES_PER_HOUR)
def sign_in_by_link(token: str) -> Answer:
    """Shows the button of a sign-in link; only pressing it uses the link, since mail programs open pages."""
    link = queries.usable_link(token, clock.now())
    if link is None:
        return render_template("accounts/link_over.html"), 404
    form = Form()
    if form.is_sent():
        try:
            used = actions.use_link(token)
            close_session()
            open_session(used.person, device=_device())
            db.session.commit()
            return redirect(next_url(used.next_path))
        except DomainError as error:
            db.session.rollback()
            form.refuse(error)
    return render_template("accounts/sign_in_by_link.html", form=form, link=link), form.status


@blueprint.post("/deconnexion")
@public
def sign_out() -> Answer:
    """Signs out of this browser."""
    if not Form().is_sent():
        abort(400)
    close_session()
    db.session.commit()
    return redirect(url_for("pages.home"))


@blueprint.get("/compte")
@signed_in
def show() -> Answer:
    """Shows one's own page: what one said and where it stands, roles, who looked, browsers signed in."""
    person = _signed_in_person()
    contributions = contributions_of_person(person)
    return render_template(
        "accounts/show.html",
        button_form=Form(),
        person=person,
        contributions=contributions,
        published_since=_published_since(contributions),
        memberships=memberships_everywhere(person),
        sessions=queries.live_sessions_of(person, clock.now()),
        this_session=current_user.session,
        has_password=queries.has_password(person),
        looked=queries.access_records_of(person),
    )


def _published_since(contributions: list[Contribution]) -> dict[int, int]:
    """Returns how many versions of its dossier were published since each text, where one was there before."""
    versions = versions_of_projects({one.project.id for one in contributions})
    since = {}
    for one in contributions:
        moments = [version.published_at for version in versions[one.project.id]]
        later = sum(moment > one.created_at for moment in moments)
        since[one.id] = 0 if later == len(moments) else later
    return since


@blueprint.get("/compte/nom")
@blueprint.post("/compte/nom")
@signed_in
def identity() -> Answer:
    """Changes the name shown and the language of mails."""
    person = _signed_in_person()
    form = IdentityForm(obj=person)
    if form.is_sent():
        try:
            if not memberships_everywhere(person):
                require_free_name(form.display_name.data, all_collectivities())
            actions.change_identity(person, display_name=form.display_name.data, language=form.language.data)
            db.session.commit()
            flash(_("Your name and your language are recorded."))
            return redirect(url_for("accounts.show"))
        except DomainError as error:
            db.session.rollback()
            form.refuse(error)
    return render_template("accounts/identity.html", form=form), form.status


@blueprint.get("/compte/mot-de-passe")
@blueprint.post("/compte/mot-de-passe")
@signed_in
def password() -> Answer:
    """Sets a password, and signs out of every other browser."""
    form = PasswordForm()
    if form.is_sent():
        # Gives the write lock back while the password is hashed.
        db.session.rollback()
        try:
            person = _signed_in_person()
            actions.set_password(person, form.password.data)
            actions.revoke_other_sessions(person, current_user.session)
            queue_mail("password_set", person=person.id)
            db.session.commit()
            flash(_("Your password is set. Your other browsers were signed out."))
            return redirect(url_for("accounts.show"))
        except DomainError as error:
            db.session.rollback()
            form.refuse(error)
    return render_template("accounts/password.html", form=form), form.status


@blueprint.post(f"/compte/sessions/<int(max={LARGEST_NUMBER}):session_id>/fin")
@signed_in
def end_session(session_id: int) -> Answer:
    """Signs out of one of one's other browsers."""
    if not Form().is_sent():
        abort(400)
    if not actions.revoke_session(_signed_in_person(), session_id):
        abort(404)
    db.session.commit()
    flash(_("That browser is signed out."))
    return redirect(url_for("accounts.show"))

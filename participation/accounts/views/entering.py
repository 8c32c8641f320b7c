"""Coming in and out: a link sent to one's address, a password, showing again that it is oneself."""

from flask import abort, redirect, render_template, request, url_for

from participation.accounts import actions, queries
from participation.accounts.forms import (
    EnterForm,
    LinkForm,
    ParticipationForm,
    PasswordSignInForm,
)
from participation.accounts.models import Person
from participation.accounts.next_page import next_url, safe_path
from participation.accounts.passwords import is_password
from participation.accounts.signing_in import close_session, open_session
from participation.accounts.views.entrance import (
    LINKS_TO_ONE_ADDRESS,
    Answer,
    blueprint,
    open_account_of,
    signed_in_person,
    this_device,
    typed_address,
)
from participation.foundation import clock
from participation.foundation.database import db
from participation.foundation.errors import DomainError, Invalid
from participation.foundation.i18n import current_language
from participation.foundation.i18n import gettext as _
from participation.vigilance.watching import watch
from participation.web.access import public, signed_in
from participation.web.forms import Form
from participation.web.limits import TRIES_PER_HOUR, limiter, per_network


@blueprint.get("/connexion")
@blueprint.post("/connexion")
@public
@per_network
@limiter.limit(LINKS_TO_ONE_ADDRESS, methods=["POST"], key_func=typed_address)
def sign_in() -> Answer:
    """Sends a link that signs in; answers the same whether or not the address is known."""
    return _ask_for_link(LinkForm(), "accounts/sign_in.html")


@blueprint.get("/ma-participation")
@blueprint.post("/ma-participation")
@public
@per_network
@limiter.limit(LINKS_TO_ONE_ADDRESS, methods=["POST"], key_func=typed_address)
def my_participation() -> Answer:
    """Sends whoever took part without an account a link to what they said, and opens no account."""
    return _ask_for_link(ParticipationForm(), "accounts/my_participation.html")


def _ask_for_link(form: LinkForm, template: str) -> Answer:
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
    return render_template(template, form=form, next_path=next_path), form.status


@blueprint.get("/connexion/envoye")
@public
def link_sent() -> Answer:
    """Says what to do next; names no address, so that it tells nothing of anybody."""
    return render_template("accounts/link_sent.html")


@blueprint.get("/connexion/mot-de-passe")
@blueprint.post("/connexion/mot-de-passe")
@public
@limiter.limit("120 per 15 minutes", methods=["POST"])
@limiter.limit("8 per 15 minutes", methods=["POST"], key_func=typed_address)
def sign_in_with_password() -> Answer:
    """Signs in with a password; a wrong one and an unknown address get the same answer, as late."""
    form = PasswordSignInForm()
    next_path = safe_path(request.args.get("next", ""))
    if form.is_sent():
        person = _person_with_password(form.email.data, form.password.data)
        if person is not None:
            close_session()
            open_session(person, device=this_device())
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
    """Shows the button of a sign-in link; only pressing it uses the link, since mail programs open pages.

    Whoever has no account comes in without one, unless they tick that they want one.
    """
    link = queries.usable_link(token, clock.now())
    if link is None:
        return render_template("accounts/link_over.html"), 404
    form = EnterForm()
    if form.is_sent():
        try:
            used = actions.use_link(token)
            if form.opens_account.data:
                open_account_of(used.person)
            close_session()
            open_session(used.person, device=this_device())
            db.session.commit()
            return redirect(next_url(used.next_path))
        except DomainError as error:
            db.session.rollback()
            form.refuse(error)
    return render_template("accounts/sign_in_by_link.html", form=form, link=link), form.status


@blueprint.get("/compte/confirmer")
@blueprint.post("/compte/confirmer")
@signed_in
@per_network
def confirm_identity() -> Answer:
    """Sends a new link to one's own address, before one takes one's data away or leaves for good."""
    person, next_path = signed_in_person(), safe_path(request.args.get("next", ""))
    form = Form()
    if form.is_sent():
        actions.ask_for_link(str(person.email), language=current_language(), next_path=next_path)
        db.session.commit()
        return redirect(url_for("accounts.link_sent"))
    page = render_template(
        "accounts/confirm_identity.html",
        form=form,
        person=person,
        next_path=next_path,
        has_password=queries.has_password(person),
    )
    return page, form.status


@blueprint.post("/deconnexion")
@public
def sign_out() -> Answer:
    """Signs out of this browser."""
    if not Form().is_sent():
        abort(400)
    close_session()
    db.session.commit()
    return redirect(url_for("pages.home"))

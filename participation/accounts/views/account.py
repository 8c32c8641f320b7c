"""One's account: opening one, the name shown, the password, browsers signed in."""

from flask import abort, flash, redirect, render_template, url_for
from flask_login import current_user

from participation.accounts import actions
from participation.accounts.forms import IdentityForm, PasswordForm
from participation.accounts.views.entrance import (
    LARGEST_NUMBER,
    Answer,
    blueprint,
    open_account_of,
    signed_in_person,
)
from participation.collectivities.names import require_free_name
from participation.collectivities.queries import all_collectivities, memberships_everywhere
from participation.foundation.database import db
from participation.foundation.errors import DomainError
from participation.foundation.i18n import gettext as _
from participation.foundation.mail import queue_mail
from participation.web.access import signed_in
from participation.web.forms import Form


@blueprint.post("/compte/ouvrir")
@signed_in
def open_account() -> Answer:
    """Makes an account holder of a guest, who asked for it; what they said stays theirs."""
    if not Form().is_sent():
        abort(400)
    person = signed_in_person()
    open_account_of(person)
    db.session.commit()
    flash(_("Your account is open. Choose the name shown beside what you write, if you wish."))
    return redirect(url_for("accounts.show"))


@blueprint.get("/compte/nom")
@blueprint.post("/compte/nom")
@signed_in
def identity() -> Answer:
    """Changes the name shown and the language of mails."""
    person = signed_in_person()
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
    """Sets a password, and signs out of every other browser; whoever sets one wants an account."""
    form = PasswordForm()
    if form.is_sent():
        # Gives the write lock back while the password is hashed.
        db.session.rollback()
        try:
            person = signed_in_person()
            actions.set_password(person, form.password.data)
            open_account_of(person)
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
    if not actions.revoke_session(signed_in_person(), session_id):
        abort(404)
    db.session.commit()
    flash(_("That browser is signed out."))
    return redirect(url_for("accounts.show"))

"""One's own page about being seen at a desk: a code to take along, and who confirmed what."""

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from participation.accounts.signing_in import current_person
from participation.consultations.verifying import queries
from participation.consultations.verifying.actions import ask_for_code
from participation.foundation import clock
from participation.foundation.database import db
from participation.foundation.i18n import gettext as _
from participation.web.access import signed_in
from participation.web.forms import Form

blueprint = Blueprint("verifications", __name__)


@blueprint.route("/compte/verification", methods=["GET", "POST"])
@signed_in
def code() -> ResponseReturnValue:
    """Shows the code to take to a desk, made on demand, and who confirmed this person before."""
    person = current_person()
    if person is None:
        abort(403)
    form = Form()
    if form.is_sent():
        ask_for_code(person)
        db.session.commit()
        flash(_("Your code is ready: take it to the desk, with an identity document."))
        return redirect(url_for("verifications.code"))
    page = render_template(
        "consultations/verification.html",
        form=form,
        code=queries.code_of(person, clock.now()),
        verifications=queries.verifications_of(person),
    )
    return page, form.status

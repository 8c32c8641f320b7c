"""The desk: an agent confirms who stands before them, or takes a confirmation back. No list of people."""

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from participation.collectivities.models import Collectivity, Membership
from participation.collectivities.permissions import ANSWERING
from participation.collectivities.staff import staff
from participation.consultations.verifying import queries
from participation.consultations.verifying.actions import (
    person_at_desk,
    revoke_verification,
    verify_person,
)
from participation.consultations.verifying.forms import RevokeForm, VerifyForm
from participation.foundation.database import db
from participation.foundation.errors import DomainError
from participation.foundation.i18n import current_language
from participation.foundation.i18n import gettext as _

blueprint = Blueprint(
    "manage_verifications", __name__, url_prefix="/gestion/<collectivity_slug>/verifications"
)


@blueprint.route("", methods=["GET", "POST"])
@staff(*ANSWERING)
def verify(collectivity: Collectivity, member: Membership) -> ResponseReturnValue:
    """Confirms a person by their code or address; says the same whether they were known or not."""
    form = VerifyForm()
    if form.is_sent():
        try:
            verification = verify_person(person_at_desk(form.who.data), member=member)
            db.session.commit()
            flash(_("Confirmed, under the number %(ref)s. The person is told.", ref=verification.ref))
            return redirect(url_for("manage_verifications.verify", collectivity_slug=collectivity.slug))
        except DomainError as error:
            db.session.rollback()
            form.refuse(error)
    page = render_template(
        "consultations/manage_verify.html",
        form=form,
        collectivity=collectivity,
        last=queries.last_verifications_in(collectivity.id),
    )
    return page, form.status


@blueprint.route("/<ref>/retrait", methods=["GET", "POST"])
@staff(*ANSWERING)
def revoke(collectivity: Collectivity, member: Membership, ref: str) -> ResponseReturnValue:
    """Takes a confirmation back with a reason that the person reads."""
    verification = queries.verification_in(collectivity.id, ref)
    if verification is None:
        abort(404)
    form = RevokeForm()
    if form.is_sent():
        try:
            revoke_verification(
                verification, reason=form.reason.data, member=member, language=current_language()
            )
            db.session.commit()
            flash(_("It is taken back, and the person is told why."))
            return redirect(url_for("manage_verifications.verify", collectivity_slug=collectivity.slug))
        except DomainError as error:
            db.session.rollback()
            form.refuse(error)
    page = render_template(
        "consultations/manage_revoke_verification.html",
        form=form,
        collectivity=collectivity,
        verification=verification,
    )
    return page, form.status

"""Back office: seeing an author's address with a reason on record, and who did."""

from flask import Blueprint, abort, make_response, render_template
from flask.typing import ResponseReturnValue

from participation.collectivities.models import Collectivity, Membership, Role
from participation.collectivities.permissions import MODERATING
from participation.collectivities.staff import staff
from participation.contributions.models import Contribution
from participation.contributions.queries import contribution_by_ref
from participation.foundation.database import db
from participation.foundation.errors import DomainError
from participation.foundation.i18n import current_language
from participation.privacy import queries
from participation.privacy.actions import look_at_address
from participation.privacy.forms import AddressForm
from participation.web.pagination import Page, page_number

blueprint = Blueprint("manage_privacy", __name__)


@blueprint.route("/gestion/<collectivity_slug>/moderation/<ref>/adresse", methods=["GET", "POST"])
@staff(*MODERATING)
def address(collectivity: Collectivity, member: Membership, ref: str) -> ResponseReturnValue:
    """Asks why; then records it and shows the address in the answer itself, which nothing keeps."""
    contribution = _contribution_or_404(collectivity, ref)
    form, email = AddressForm(), ""
    if form.is_sent():
        try:
            email = look_at_address(
                contribution, reason=form.reason.data, language=current_language(), member=member
            )
            db.session.commit()
        except DomainError as error:
            db.session.rollback()
            form.refuse(error)
    page = render_template(
        "privacy/manage_address.html",
        form=form,
        collectivity=collectivity,
        contribution=contribution,
        email=email,
    )
    response = make_response(page, form.status)
    response.headers["Cache-Control"] = "private, no-store"
    return response


@blueprint.get("/gestion/<collectivity_slug>/adresses-vues")
@staff(Role.AUDITOR)
def looks(collectivity: Collectivity, member: Membership) -> ResponseReturnValue:
    """Shows who looked at an address, when, about which text and why; never the address."""
    number = page_number()
    found, total = queries.looks_page(collectivity, number=number)
    return render_template(
        "privacy/manage_looks.html",
        collectivity=collectivity,
        looks=Page(found, number, total, queries.PAGE_SIZE),
    )


def _contribution_or_404(collectivity: Collectivity, ref: str) -> Contribution:
    contribution = contribution_by_ref(ref)
    if contribution is None or contribution.project.collectivity_id != collectivity.id:
        abort(404)
    return contribution

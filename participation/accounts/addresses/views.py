"""One's further addresses, and where one took part under several: added by a link, listed, never doubled."""

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from participation.accounts.addresses.actions import ask_to_add
from participation.accounts.addresses.forms import AddressForm
from participation.accounts.models import Person
from participation.accounts.queries import addresses_of, usable_address_link
from participation.accounts.signing_in import current_person
from participation.contributions.queries import linked_identities_of
from participation.foundation import clock
from participation.foundation.database import db
from participation.foundation.errors import DomainError
from participation.foundation.i18n import gettext as _
from participation.privacy.merging import add_address
from participation.web.access import signed_in
from participation.web.forms import Form
from participation.web.limits import limiter, per_mailbox

blueprint = Blueprint("addresses", __name__, url_prefix="/compte/adresses")


@blueprint.route("", methods=["GET", "POST"], endpoint="list")
@signed_in
@limiter.limit("12 per hour", methods=["POST"])
@per_mailbox
def list_addresses() -> ResponseReturnValue:
    """Shows one's addresses and identities; sends a link to a further address."""
    person = _signed_in_person()
    form = AddressForm()
    if form.is_sent():
        try:
            ask_to_add(person, form.email.data)
            db.session.commit()
            flash(_("A link is on its way to this address. Open it in this browser, within one hour."))
            return redirect(url_for("addresses.list"))
        except DomainError as error:
            db.session.rollback()
            form.refuse(error)
    page = render_template(
        "accounts/addresses.html",
        form=form,
        person=person,
        addresses=addresses_of(person),
        linked=linked_identities_of(person),
    )
    return page, form.status


@blueprint.route("/<token>", methods=["GET", "POST"])
@signed_in
@limiter.limit("60 per 15 minutes")
def confirm(token: str) -> ResponseReturnValue:
    """Shows the button of a link; only pressing it adds the address, since mail programs open pages."""
    person = _signed_in_person()
    link = usable_address_link(token, person, clock.now())
    if link is None:
        return render_template("accounts/address_link_over.html"), 404
    form = Form()
    if form.is_sent():
        try:
            add_address(token, person)
            db.session.commit()
            flash(_("This address is yours here. What was said under it is now on your page."))
            return redirect(url_for("addresses.list"))
        except DomainError as error:
            db.session.rollback()
            form.refuse(error)
    return render_template("accounts/confirm_address.html", form=form, link=link), form.status


def _signed_in_person() -> Person:
    person = current_person()
    if person is None:
        abort(403)
    return person

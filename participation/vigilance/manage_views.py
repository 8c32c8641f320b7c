"""Back office: series that look alike, for moderators and auditors, and networks known to be shared."""

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from participation.collectivities.models import Collectivity, Membership, Role
from participation.collectivities.staff import held, staff
from participation.foundation.database import db
from participation.foundation.errors import DomainError
from participation.foundation.i18n import current_language
from participation.foundation.i18n import gettext as _
from participation.vigilance import queries, wording
from participation.vigilance.actions import declare_network, forget_network, judge_series
from participation.vigilance.forms import JudgeForm, NetworkForm
from participation.vigilance.models import Verdict
from participation.vigilance.permissions import READING, may_judge
from participation.web.forms import Form
from participation.web.pagination import Page, page_number

blueprint = Blueprint("manage_vigilance", __name__)

SERIES = "/gestion/<collectivity_slug>/series"
NETWORKS = "/gestion/<collectivity_slug>/reseaux"
LARGEST_NUMBER = 2**31 - 1


@blueprint.get(SERIES, endpoint="list")
@staff(*READING)
def list_series(collectivity: Collectivity, member: Membership) -> ResponseReturnValue:
    """Shows every series, those nobody judged first; who is in them is not told."""
    number = page_number()
    found, total = queries.series_page(collectivity, number=number)
    return render_template(
        "vigilance/manage_list.html",
        collectivity=collectivity,
        found=Page(found, number, total, queries.PAGE_SIZE),
        titles=wording.TITLES,
        networks=queries.known_networks_of(collectivity),
    )


@blueprint.route(f"{SERIES}/<ref>", methods=["GET", "POST"])
@staff(*READING)
def show(collectivity: Collectivity, member: Membership, ref: str) -> ResponseReturnValue:
    """Shows one series with its rule and figures; a moderator says what it is."""
    found = queries.series_with_ref(collectivity, ref) if "\x00" not in ref else None
    if found is None:
        abort(404)
    form, series = JudgeForm(), found.series
    if form.is_sent():
        try:
            judge_series(
                series,
                Verdict(form.verdict.data),
                reason=form.reason.data,
                member=member,
                language=current_language(),
            )
            db.session.commit()
            flash(_("Your conclusion is recorded. No position and no text has changed."))
            return redirect(url_for("manage_vigilance.list", collectivity_slug=collectivity.slug))
        except DomainError as error:
            db.session.rollback()
            form.refuse(error)
    page = render_template(
        "vigilance/manage_show.html",
        collectivity=collectivity,
        found=found,
        series=series,
        form=form,
        titles=wording.TITLES,
        rules=wording.RULES,
        may_judge=held(may_judge, series),
    )
    return page, form.status


@blueprint.route(NETWORKS, methods=["GET", "POST"])
@staff(Role.ADMINISTRATOR)
def networks(collectivity: Collectivity, member: Membership) -> ResponseReturnValue:
    """Shows the networks known to be shared, and declares one more."""
    form = NetworkForm()
    if form.is_sent():
        try:
            declare_network(
                collectivity,
                cidr=form.cidr.data,
                reason=form.reason.data,
                member=member,
                language=current_language(),
            )
            db.session.commit()
            flash(_("The network is in the list."))
            return redirect(_networks_url(collectivity))
        except DomainError as error:
            db.session.rollback()
            form.refuse(error)
    page = render_template(
        "vigilance/manage_networks.html",
        collectivity=collectivity,
        form=form,
        networks=queries.known_networks_of(collectivity),
        button_form=Form(formdata=None),
    )
    return page, form.status


@blueprint.post(f"{NETWORKS}/<int(max={LARGEST_NUMBER}):network_id>/fin")
@staff(Role.ADMINISTRATOR)
def forget(collectivity: Collectivity, member: Membership, network_id: int) -> ResponseReturnValue:
    """Takes a network out of the list."""
    network = queries.known_network(collectivity, network_id)
    if network is None:
        abort(404)
    if not Form().is_sent():
        abort(400)
    forget_network(network, member=member)
    db.session.commit()
    flash(_("The network counts like any other again."))
    return redirect(_networks_url(collectivity))


def _networks_url(collectivity: Collectivity) -> str:
    return url_for("manage_vigilance.networks", collectivity_slug=collectivity.slug)

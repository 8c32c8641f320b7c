"""What the public sees of a collectivity: its home, its colour, the page of an invitation."""

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Redirection

from participation.accounts.devices import device_named
from participation.accounts.signing_in import close_session, current_person, open_session
from participation.activity.recording import record
from participation.collectivities import queries
from participation.collectivities.actions import accept_invitation
from participation.collectivities.forms import AcceptForm
from participation.collectivities.site import dark_accent, show_as
from participation.foundation import clock
from participation.foundation.database import db
from participation.foundation.errors import DomainError
from participation.foundation.i18n import current_language
from participation.foundation.i18n import gettext as _
from participation.pages.queries import home_of
from participation.web.access import public
from participation.web.assets import accent_sheet, sent
from participation.web.limits import limiter

blueprint = Blueprint("collectivities", __name__)


@blueprint.get("/collectivites/<slug>")
@public
def home(slug: str) -> str:
    """Shows what one collectivity asks, decided and owes."""
    collectivity = queries.collectivity_by_slug(slug)
    if collectivity is None:
        abort(404)
    show_as(collectivity)
    home = home_of(clock.now(), collectivity_id=collectivity.id)
    return render_template("collectivities/home.html", collectivity=collectivity, home=home)


@blueprint.get("/accent-<slug>-<digest>.css")
@public
def accent(slug: str, digest: str) -> Response:
    """Sends the colour of a collectivity, to be kept for ever: another colour has another name."""
    collectivity = queries.collectivity_by_slug(slug)
    if collectivity is None:
        abort(404)
    sheet = accent_sheet(collectivity.accent, dark_accent(collectivity.accent))
    if digest != sheet.digest:
        abort(404)
    return sent(sheet)


@blueprint.get("/invitations/<token>")
@blueprint.post("/invitations/<token>")
@public
@limiter.limit("60 per 15 minutes")
def invitation(token: str) -> str | tuple[str, int] | Redirection:
    """Shows an invitation to work with a collectivity; accepting it signs in and leads to the desk."""
    offered = queries.usable_invitation(token, clock.now())
    if offered is None:
        return render_template("collectivities/invitation_over.html"), 404
    show_as(offered.collectivity)
    form = AcceptForm()
    if form.is_sent():
        try:
            member = accept_invitation(
                token, display_name=form.display_name.data, language=current_language()
            )
            record("membership.accepted", f"membership:{member.id}", member=member, role=member.role.value)
            close_session()
            open_session(member.person, device=device_named(request.user_agent.string))
            db.session.commit()
            flash(_("Welcome. This is your desk."))
            slug = member.collectivity.slug
            return redirect(url_for("manage_collectivities.desk", collectivity_slug=slug))
        except DomainError as error:
            db.session.rollback()
            form.refuse(error)
    return render_template(
        "collectivities/invitation.html", form=form, invitation=offered, person=current_person()
    ), form.status

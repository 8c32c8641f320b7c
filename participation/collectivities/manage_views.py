"""The desk of the staff, who holds which role, who reviews appeals, the settings."""

from flask import Blueprint, abort, flash, g, redirect, render_template, url_for
from werkzeug.wrappers import Response

from participation.activity.recording import record
from participation.collectivities import actions, queries
from participation.collectivities.forms import AnsweringForm, AppealReviewerForm, InviteForm, SettingsForm
from participation.collectivities.models import Collectivity, Membership, Role
from participation.collectivities.permissions import reviewers_of
from participation.collectivities.staff import staff
from participation.foundation import clock
from participation.foundation.database import db
from participation.foundation.errors import DomainError
from participation.foundation.i18n import gettext as _
from participation.foundation.i18n import lazy_gettext
from participation.pages.desk import desk_of
from participation.projects.dossier.field import SECTIONS
from participation.web.forms import Form

blueprint = Blueprint("manage_collectivities", __name__)

LARGEST_NUMBER = 2**31 - 1
Answer = str | tuple[str, int] | Response


@blueprint.get("/gestion/<collectivity_slug>")
@staff()
def desk(collectivity: Collectivity, member: Membership) -> Answer:
    """Shows everything that waits in a collectivity, with its clock."""
    return render_template(
        "collectivities/desk.html",
        collectivity=collectivity,
        memberships=g.memberships,
        roles={held.role for held in g.memberships},
        desk=desk_of(collectivity, clock.now(), g.memberships),
        section_titles=SECTIONS,
        button_form=Form(),
    )


@blueprint.get("/gestion/<collectivity_slug>/equipe")
@staff(Role.ADMINISTRATOR)
def people(collectivity: Collectivity, member: Membership) -> Answer:
    """Shows who holds which role, and the invitations that wait."""
    return render_template(
        "collectivities/people.html",
        collectivity=collectivity,
        staff=queries.staff_of(collectivity),
        invitations=queries.open_invitations_of(collectivity, clock.now()),
        reviewer=queries.appeal_reviewer_of(collectivity),
        reviewers_are_enough=reviewers_of(collectivity.id).are_enough,
        button_form=Form(),
    )


@blueprint.get("/gestion/<collectivity_slug>/equipe/invitation")
@blueprint.post("/gestion/<collectivity_slug>/equipe/invitation")
@staff(Role.ADMINISTRATOR)
def invite(collectivity: Collectivity, member: Membership) -> Answer:
    """Invites somebody to hold a role."""
    form = InviteForm()
    if form.is_sent():
        try:
            invitation = actions.invite(
                collectivity,
                email=form.email.data,
                role=Role(form.role.data),
                function=form.function.data,
                member=member,
            )
            record("membership.offered", f"invitation:{invitation.id}", member=member, role=form.role.data)
            db.session.commit()
            flash(_("The invitation is on its way. It can be accepted for fourteen days."))
            return redirect(_people_url(collectivity))
        except DomainError as error:
            db.session.rollback()
            form.refuse(error)
    return render_template("collectivities/invite.html", collectivity=collectivity, form=form), form.status


@blueprint.post(f"/gestion/<collectivity_slug>/equipe/<int(max={LARGEST_NUMBER}):membership_id>/fin")
@staff(Role.ADMINISTRATOR)
def end_role(collectivity: Collectivity, member: Membership, membership_id: int) -> Answer:
    """Ends a role."""
    membership = queries.membership_in(collectivity, membership_id)
    if membership is None:
        abort(404)
    if not Form().is_sent():
        abort(400)
    try:
        actions.end_membership(membership)
        record("membership.ended", f"membership:{membership.id}", member=member, role=membership.role.value)
        db.session.commit()
        flash(_("The role has ended. What was done under it keeps its author."))
    except DomainError as error:
        db.session.rollback()
        flash(str(error), "late")
    return redirect(_people_url(collectivity))


@blueprint.post(
    f"/gestion/<collectivity_slug>/equipe/invitations/<int(max={LARGEST_NUMBER}):invitation_id>/fin"
)
@staff(Role.ADMINISTRATOR)
def withdraw_invitation(collectivity: Collectivity, member: Membership, invitation_id: int) -> Answer:
    """Takes back an invitation."""
    invitation = queries.invitation_in(collectivity, invitation_id)
    if invitation is None:
        abort(404)
    if not Form().is_sent():
        abort(400)
    try:
        actions.withdraw_invitation(invitation)
        record("membership.offer_withdrawn", f"invitation:{invitation.id}", member=member)
        db.session.commit()
        flash(_("The invitation is withdrawn: its link no longer works."))
    except DomainError as error:
        db.session.rollback()
        flash(str(error), "late")
    return redirect(_people_url(collectivity))


@blueprint.get("/gestion/<collectivity_slug>/equipe/recours")
@blueprint.post("/gestion/<collectivity_slug>/equipe/recours")
@staff(Role.ADMINISTRATOR)
def appeal_reviewer(collectivity: Collectivity, member: Membership) -> Answer:
    """Names the moderator of another collectivity who answers the appeals that nobody here can."""
    named = queries.appeal_reviewer_of(collectivity)
    form = AppealReviewerForm(queries.moderators_elsewhere(collectivity), named)
    if form.is_sent():
        try:
            reviewer = actions.name_appeal_reviewer(collectivity, form.chosen())
            record("appeal_reviewer.named", f"membership:{reviewer.membership_id}", member=member)
            db.session.commit()
            flash(_("Appeals that nobody here can answer go there now. The person is told by e-mail."))
            return redirect(_people_url(collectivity))
        except DomainError as error:
            db.session.rollback()
            form.refuse(error)
    page = render_template(
        "collectivities/appeal_reviewer.html", collectivity=collectivity, form=form, reviewer=named
    )
    return page, form.status


@blueprint.post("/gestion/<collectivity_slug>/equipe/recours/fin")
@staff(Role.ADMINISTRATOR)
def release_appeal_reviewer(collectivity: Collectivity, member: Membership) -> Answer:
    """Takes back what was entrusted to somebody elsewhere; pressed again, it changes nothing."""
    if not Form().is_sent():
        abort(400)
    reviewer = queries.appeal_reviewer_of(collectivity)
    if reviewer is not None:
        record("appeal_reviewer.released", f"membership:{reviewer.membership_id}", member=member)
        actions.release_appeal_reviewer(reviewer)
        db.session.commit()
    flash(_("Appeals no longer go to another collectivity."))
    return redirect(_people_url(collectivity))


@blueprint.post("/gestion/<collectivity_slug>/recours-confies/<slug>/refus")
@staff(Role.MODERATOR)
def decline_appeals(collectivity: Collectivity, member: Membership, slug: str) -> Answer:
    """Declines to answer the appeals of another collectivity."""
    duties = queries.reviewing_duties_of([member.id])
    declined = next((one for one in duties if one.collectivity.slug == slug), None)
    if declined is None:
        abort(404)
    if not Form().is_sent():
        abort(400)
    entrusted_by = declined.collectivity
    record(
        "appeal_reviewer.declined",
        f"membership:{member.id}",
        member=member,
        collectivity_id=entrusted_by.id,
    )
    actions.release_appeal_reviewer(declined)
    db.session.commit()
    flash(_("You no longer answer the appeals of %(name)s.", name=entrusted_by.display_name))
    return redirect(url_for("manage_collectivities.desk", collectivity_slug=collectivity.slug))


@blueprint.get("/gestion/<collectivity_slug>/reglages")
@blueprint.post("/gestion/<collectivity_slug>/reglages")
@staff(Role.ADMINISTRATOR)
def settings(collectivity: Collectivity, member: Membership) -> Answer:
    """Changes what the collectivity says of itself."""
    form = SettingsForm(obj=collectivity)
    if form.is_sent():
        try:
            actions.change_settings(collectivity, **_settings_of(form))
            record("collectivity.settings_changed", f"collectivity:{collectivity.id}", member=member)
            db.session.commit()
            flash(_("The settings are recorded; public pages show them within a minute."))
            slug = collectivity.slug
            return redirect(url_for("manage_collectivities.settings", collectivity_slug=slug))
        except DomainError as error:
            db.session.rollback()
            form.refuse(error)
    return render_template("collectivities/settings.html", collectivity=collectivity, form=form), form.status


@blueprint.get("/gestion/<collectivity_slug>/reglages/questions")
@blueprint.post("/gestion/<collectivity_slug>/reglages/questions")
@staff(Role.ADMINISTRATOR)
def answering(collectivity: Collectivity, member: Membership) -> Answer:
    """Names the AI referent of the collectivity, and within how many working days an answer is owed."""
    named = queries.ai_referent_of(collectivity)
    members = queries.answering_members(collectivity)
    nobody = lazy_gettext("Nobody: the administrators receive the questions")
    form = AnsweringForm(members, named.membership_id if named else None, nobody=nobody)
    if not form.is_submitted():
        form.days.data = str(collectivity.answer_days)
    if form.is_sent():
        try:
            actions.set_answering(collectivity, referent=form.chosen(), days=int(form.days.data))
            record("collectivity.answering_changed", f"collectivity:{collectivity.id}", member=member)
            db.session.commit()
            flash(_("Recorded: public pages show it within a minute."))
            slug = collectivity.slug
            return redirect(url_for("manage_collectivities.settings", collectivity_slug=slug))
        except DomainError as error:
            db.session.rollback()
            form.refuse(error)
    return render_template("collectivities/answering.html", collectivity=collectivity, form=form), form.status


def _settings_of(form: SettingsForm) -> dict[str, actions.Setting]:
    settings = {name: value for name, value in form.data.items() if name != "csrf_token"}
    return {**settings, "population": int(settings["population"]) if settings["population"] else None}


def _people_url(collectivity: Collectivity) -> str:
    return url_for("manage_collectivities.people", collectivity_slug=collectivity.slug)

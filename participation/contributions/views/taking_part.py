"""Giving an opinion or a text, and confirming it from a mail."""

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from participation.accounts.signing_in import current_person
from participation.consultations.queries import participant_of
from participation.contributions.actions import confirm_submission
from participation.contributions.actions.confirming import pending_with_token
from participation.contributions.forms import CommentForm, ConfirmForm, OpinionForm
from participation.contributions.models import Choice, Kind
from participation.contributions.queries import (
    alike,
    offered_conditions,
    position_of,
    supported_by,
)
from participation.contributions.views.receipts import remember_receipt
from participation.contributions.views.sending import (
    blueprint,
    consultation_or_404,
    function_in,
    page_before_one_begins,
    refuse_archive,
    send,
)
from participation.contributions.wording import CHOICES, subjects_of, with_subject
from participation.foundation.database import db
from participation.foundation.errors import DomainError
from participation.projects.queries import open_points_of
from participation.vigilance.watching import look_once_confirmed
from participation.web.access import public
from participation.web.limits import per_mailbox, per_network


@blueprint.route("/consultations/<slug>/avis", methods=["GET", "POST"])
@public
@per_network
@per_mailbox
def take_part(slug: str) -> ResponseReturnValue:
    consultation = consultation_or_404(slug)
    refuse_archive(consultation)
    if request.method == "GET" and (not_open := page_before_one_begins(consultation)):
        return not_open
    before = participant_of(consultation, current_person())
    chosen = supported_by(before) if before else set()
    conditions, points = offered_conditions(consultation, chosen), open_points_of(consultation.project)
    form = OpinionForm(
        person=current_person(),
        conditions=conditions.shown,
        subjects=subjects_of(points),
        asks_postcode=bool(consultation.postcodes),
    )
    form.alike.offer(alike(consultation, Kind.CONDITION, form.new_condition.data or ""))
    supported = [one.ref for one in conditions.shown if one.id in chosen]
    if form.is_sent():
        try:
            return send(form, consultation, "opinion", form.payload(supported=supported))
        except DomainError as error:
            db.session.rollback()
            form.refuse(error)
    elif before is not None and not form.is_submitted():
        form.show(choice=position_of(before), supported=supported, display_name=before.display_name)
    return render_template(
        "contributions/take_part.html",
        form=form,
        consultation=consultation,
        conditions=conditions.shown,
        more_conditions=conditions.others,
        open_points=points,
        has_position=before is not None and position_of(before) is not None,
    ), form.status


@blueprint.route("/consultations/<slug>/commentaire", methods=["GET", "POST"])
@public
@per_network
@per_mailbox
def comment(slug: str) -> ResponseReturnValue:
    consultation = consultation_or_404(slug)
    refuse_archive(consultation)
    function = function_in(consultation)
    if request.method == "GET" and (not_open := page_before_one_begins(consultation, spoken_as=function)):
        return not_open
    about = request.args.get("about", "")
    subjects = with_subject(subjects_of(open_points_of(consultation.project)), about)
    form = CommentForm(person=current_person(), subjects=subjects, about=about, spoken_as=function)
    if form.is_sent():
        try:
            return send(form, consultation, "comment", form.payload())
        except DomainError as error:
            db.session.rollback()
            form.refuse(error)
    return render_template("contributions/comment.html", form=form, consultation=consultation), form.status


@blueprint.get("/consultations/<slug>/a-confirmer")
@public
def waiting(slug: str) -> str:
    return render_template("contributions/waiting.html", consultation=consultation_or_404(slug))


@blueprint.route("/confirmer/<token>", methods=["GET", "POST"])
@public
def confirm(token: str) -> ResponseReturnValue:
    pending = pending_with_token(token)
    if pending is None:
        abort(404)
    form = ConfirmForm()
    if form.is_sent():
        try:
            submission = confirm_submission(token)
            look_once_confirmed(pending.place)
            db.session.commit()
            remember_receipt(submission)
            return redirect(url_for("contributions.recorded", ref=submission.ref))
        except DomainError as error:
            db.session.rollback()
            form.refuse(error)
            pending = pending_with_token(token)
            if pending is None:
                # What was held has just been erased, at the end of its forty-eight hours.
                abort(404)
    choice = pending.payload.get("choice")
    return render_template(
        "contributions/confirm.html",
        form=form,
        pending=pending,
        choice=CHOICES[Choice(choice)] if choice else None,
    ), form.status

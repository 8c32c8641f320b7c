"""Typing in forms, one after the other, without leaving the keyboard."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import FileStorage

from participation.collectivities.models import Collectivity, Membership
from participation.collectivities.staff import staff
from participation.consultations.models import Consultation
from participation.contributions.paper import queries
from participation.contributions.paper.actions import SeemsEntered, keep_scan, record_form
from participation.contributions.paper.forms import EntryForm, ReasonForm
from participation.contributions.paper.manage_views.entrance import (
    FOLDER,
    blueprint,
    consultation_or_404,
)
from participation.contributions.paper.models import PaperForm
from participation.contributions.paper.period import last_day
from participation.contributions.paper.permissions import ENTERING, why_not
from participation.contributions.wording import subjects_of
from participation.foundation import clock, files
from participation.foundation.database import db
from participation.foundation.errors import DomainError
from participation.projects.queries import open_points_of


@blueprint.route(FOLDER, methods=["GET", "POST"])
@staff(*ENTERING)
def enter(collectivity: Collectivity, member: Membership, slug: str) -> ResponseReturnValue:
    """Shows an empty form, with what was recorded just before above it; records what is sent."""
    consultation = consultation_or_404(collectivity, slug)
    now = clock.now()
    form = EntryForm(
        subjects=subjects_of(open_points_of(consultation.project)),
        last=queries.last_form_of(consultation, member),
        latest_day=last_day(consultation, now),
        asks_postcode=bool(consultation.postcodes),
    )
    like: list[PaperForm] = []
    if form.is_sent():
        try:
            recorded = _record(form, consultation, member)
            return redirect(
                url_for(".enter", collectivity_slug=collectivity.slug, slug=slug, fait=recorded.ref)
            )
        except DomainError as error:
            db.session.rollback()
            like = [found for one in _like(error) if (found := queries.form_by_ref(one)) is not None]
            form.refuse(error)
    page = render_template(
        "contributions/manage_paper_enter.html",
        form=form,
        collectivity=collectivity,
        consultation=consultation,
        conditions=queries.numbered_conditions(consultation),
        sources=queries.known_sources(consultation),
        total=queries.standing_forms(consultation),
        not_possible=why_not(consultation, now),
        done=_just_recorded(consultation),
        like=like,
        undoing=ReasonForm(formdata=None),
    )
    return page, form.status


def _record(form: EntryForm, consultation: Consultation, member: Membership) -> PaperForm:
    """Records the form with its scan; a file is stored only once everything else was accepted."""
    recorded = record_form(consultation, form.filled(), form_key=form.key(), member=member)
    upload = _upload()
    stored = ""
    try:
        if upload is not None and recorded.scan_file is None:
            stored = files.store_scan(upload, "scan")
            keep_scan(recorded, stored, purge_on=form.scan_purge_on.data)
        db.session.commit()
    except Exception:
        if stored:
            files.delete_scan(stored)
        raise
    return recorded


def _upload() -> FileStorage | None:
    upload = request.files.get("scan")
    return upload if upload is not None and upload.filename else None


def _like(error: DomainError) -> list[str]:
    """Returns the references of the forms that were found to be like the one sent, before they are lost."""
    return error.refs if isinstance(error, SeemsEntered) else []


def _just_recorded(consultation: Consultation) -> PaperForm | None:
    done = queries.form_by_ref(request.args.get("fait", ""))
    return done if done is not None and done.consultation_id == consultation.id else None

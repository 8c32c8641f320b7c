"""Bringing a register in: the file, what its columns hold, the progress, the report."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from participation.collectivities.models import Collectivity, Membership, Role
from participation.collectivities.staff import staff
from participation.foundation.database import db
from participation.foundation.errors import DomainError, Invalid
from participation.foundation.i18n import gettext as _
from participation.importing import queries
from participation.importing.forms import MappingForm, RegisterForm, mapping_form
from participation.importing.models import RegisterImport, RunState
from participation.importing.registers import running
from participation.importing.registers.table import read_file
from participation.importing.registers.targets import SIRET

blueprint = Blueprint("manage_importing", __name__, url_prefix="/gestion/<collectivity_slug>/projets/import")
Page = str | Response | tuple[str, int]
writers = staff(Role.AGENT, Role.ADMINISTRATOR)
LARGEST_FILE = 8 * 1024 * 1024


@blueprint.before_request
def _take_large_files() -> None:
    """Registers are larger than what residents send."""
    if request.endpoint == "manage_importing.new":
        request.max_content_length = LARGEST_FILE + 64 * 1024


@blueprint.route("", methods=["GET", "POST"])
@writers
def new(collectivity: Collectivity, member: Membership) -> Page:
    """Takes the file, and shows what was brought in before."""
    form = RegisterForm()
    if form.is_sent():
        try:
            run = _receive(form, collectivity, member)
            db.session.commit()
            return _to(run)
        except DomainError as error:
            db.session.rollback()
            form.refuse(error)
    page = render_template(
        "importing/new.html",
        collectivity=collectivity,
        form=form,
        runs=queries.runs_of(collectivity.id),
    )
    return page, form.status


@blueprint.route("/<ref>", methods=["GET", "POST"])
@writers
def show(collectivity: Collectivity, member: Membership, ref: str) -> Page:
    """Asks what the columns hold, then shows how far the run is and what it did."""
    run = queries.run_by_ref(ref)
    if run is None or run.collectivity_id != collectivity.id:
        abort(404)
    if run.state is RunState.MAPPING:
        return _ask_columns(run, collectivity)
    if request.method == "POST":
        # Sent twice: it runs already.
        return _to(run)
    return render_template("importing/show.html", collectivity=collectivity, run=run)


def _ask_columns(run: RegisterImport, collectivity: Collectivity) -> Page:
    table = read_file(run.content or b"")
    form = mapping_form(dict(run.columns), has_siret=SIRET in run.columns.values())
    if form.is_sent():
        try:
            only_own = bool("own_records_only" in form and form["own_records_only"].data)
            running.start_import(run, form.places(), own_records_only=only_own)
            db.session.commit()
            flash(_("The register is being brought in. This page says how far it is."))
            return _to(run)
        except DomainError as error:
            db.session.rollback()
            form.refuse(error)
    samples = {column: table.sample(column) for column in run.columns}
    page = render_template(
        "importing/columns.html", collectivity=collectivity, run=run, form=form, fields=_fields(form, samples)
    )
    return page, form.status


def _fields(form: MappingForm, samples: dict[str, list[str]]) -> list[tuple[object, list[str]]]:
    return [(form[f"column-{number}"], samples[column]) for number, column in enumerate(form.columns)]


def _receive(form: RegisterForm, collectivity: Collectivity, member: Membership) -> RegisterImport:
    upload = request.files.get("file")
    if upload is None or not upload.filename:
        raise Invalid(_("Choose a file."), "file")
    content = upload.stream.read(LARGEST_FILE + 1)
    if len(content) > LARGEST_FILE:
        raise Invalid(_("This file is larger than 8 MB: cut it in two."), "file")
    return running.receive_register(
        collectivity,
        content=content,
        file_name=" ".join(upload.filename.split())[:150],
        register=form.register.data or "",
        member=member,
    )


def _to(run: RegisterImport) -> Response:
    address = url_for("manage_importing.show", collectivity_slug=run.collectivity.slug, ref=run.ref)
    return redirect(address)

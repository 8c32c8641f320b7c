"""My data, to read and to take away; leaving for good."""

from flask import Blueprint, Response, abort, make_response, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import logout_user

from participation.accounts.erasure import ErasureChoice
from participation.accounts.models import Person
from participation.accounts.recent import signed_in_recently
from participation.accounts.signing_in import current_person
from participation.collectivities.queries import memberships_everywhere
from participation.foundation.database import db
from participation.foundation.errors import DomainError
from participation.privacy import files, queries
from participation.privacy.actions import erase_person
from participation.privacy.forms import HINTS, ErasureForm
from participation.privacy.wording import KINDS
from participation.web.access import public, signed_in
from participation.web.limits import limiter

blueprint = Blueprint("privacy", __name__)

FILE_NAME = "mes-donnees"
DOWNLOADS = "30 per hour"


@blueprint.get("/compte/donnees")
@signed_in
def data() -> ResponseReturnValue:
    """Shows how much is held of each kind, and offers the whole as a file."""
    held = queries.traces_of(_signed_in_person())
    kinds = [(words, len(held[kind])) for kind, words in KINDS.items()]
    return _own(make_response(render_template("privacy/data.html", kinds=kinds)))


@blueprint.get("/compte/donnees/fichier")
@signed_in_recently
@limiter.limit(DOWNLOADS)
def download() -> ResponseReturnValue:
    """Sends everything held on the person signed in, made at once: no copy and no link of it remains."""
    held = queries.traces_of(_signed_in_person())
    return _file(files.as_json(held), "application/json", f"{FILE_NAME}.json")


@blueprint.get("/compte/donnees/fichiers")
@signed_in_recently
@limiter.limit(DOWNLOADS)
def download_all() -> ResponseReturnValue:
    """Sends the same to read in a browser, as tables and for programs, in one archive."""
    held = queries.traces_of(_signed_in_person())
    page = render_template("privacy/my_data_file.html", tables=files.tables_of(held, KINDS))
    return _file(files.as_archive(held, page, FILE_NAME), "application/zip", f"{FILE_NAME}.zip")


@blueprint.route("/compte/effacement", methods=["GET", "POST"])
@signed_in_recently
def erase() -> ResponseReturnValue:
    """Says what goes and what stays; then erases, and signs out everywhere."""
    person = _signed_in_person()
    form = ErasureForm()
    if form.is_sent():
        try:
            erase_person(person, ErasureChoice(form.choice.data))
            db.session.commit()
            logout_user()
            session.clear()
            return redirect(url_for("privacy.erased"))
        except DomainError as error:
            db.session.rollback()
            form.refuse(error)
    page = render_template(
        "privacy/erase.html", form=form, hints=HINTS, memberships=memberships_everywhere(person)
    )
    return _own(make_response(page, form.status))


@blueprint.get("/compte/efface")
@public
def erased() -> str:
    """Says that it is done; names nobody, so that it tells nothing of anybody."""
    return render_template("privacy/erased.html")


def _signed_in_person() -> Person:
    person = current_person()
    if person is None:
        abort(403)
    return person


def _own(response: Response) -> Response:
    """Keeps what is one person's own out of every cache."""
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _file(content: bytes, kind: str, name: str) -> Response:
    response = Response(content, mimetype=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return _own(response)

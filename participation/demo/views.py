"""The demonstration's own pages: enter as each kind of person in one click, read the mails."""

from flask import Blueprint, abort, current_app, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from participation.accounts.devices import device_named
from participation.accounts.signing_in import close_session, open_session
from participation.demo.mailbox import latest_mails
from participation.demo.personas import PERSONAS, persona_person
from participation.foundation.database import db
from participation.web.access import public
from participation.web.forms import Form

blueprint = Blueprint("demo", __name__)


@blueprint.before_request
def _only_in_the_demonstration() -> None:
    if not current_app.config["DEMO"]:
        abort(404)


@blueprint.get("/demo")
@public
def index() -> str:
    """Offers to enter as each of the six kinds of people."""
    people = [(persona, persona_person(persona)) for persona in PERSONAS]
    return render_template("demo/index.html", people=people, button_form=Form())


@blueprint.post("/demo/entrer/<kind>")
@public
def enter(kind: str) -> Response:
    """Signs in as one of the six kinds of people."""
    persona = next((one for one in PERSONAS if one.kind == kind), None)
    found = persona_person(persona) if persona else None
    if persona is None or found is None:
        abort(404)
    if not Form().is_sent():
        abort(400)
    close_session()
    open_session(found.person, device=device_named(request.user_agent.string))
    db.session.commit()
    if found.collectivity_slug is None:
        return redirect(url_for("accounts.show"))
    return redirect(url_for("manage_collectivities.desk", collectivity_slug=found.collectivity_slug))


@blueprint.get("/demo/courrier")
@public
def mailbox() -> str:
    """Shows the mails this demonstration wrote instead of sending them, newest first."""
    return render_template("demo/mailbox.html", mails=latest_mails())

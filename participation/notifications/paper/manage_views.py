"""Back office of letters: which are to be printed, and all those ticked, one per page."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from participation.collectivities.models import Collectivity, Membership
from participation.collectivities.staff import staff
from participation.contributions.paper.permissions import ENTERING
from participation.foundation.database import db
from participation.foundation.errors import DomainError
from participation.notifications.letters import by_theme
from participation.notifications.paper.actions import print_letters
from participation.notifications.paper.forms import LettersForm
from participation.notifications.paper.queries import letters_of

blueprint = Blueprint("manage_letters", __name__)


@blueprint.route("/gestion/<collectivity_slug>/courriers", methods=["GET", "POST"], endpoint="list")
@staff(*ENTERING)
def list_letters(collectivity: Collectivity, member: Membership) -> ResponseReturnValue:
    """Lists the letters without any address; sent, marks those ticked as printed and shows them to print."""
    letters = letters_of(collectivity.id)
    form = LettersForm(letters)
    if form.is_sent():
        try:
            said = print_letters(form.letters.data or [], member=member)
            page = render_template(
                "notifications/letters.html",
                collectivity=collectivity,
                letters=[(one, by_theme(one.fates)) for one in said],
            )
            db.session.commit()
            return page, 200, {"Cache-Control": "private, no-store"}
        except DomainError as error:
            db.session.rollback()
            form.refuse(error)
            letters = letters_of(collectivity.id)
    page = render_template(
        "notifications/manage_letters.html", collectivity=collectivity, letters=letters, form=form
    )
    return page, form.status

"""What the pages of moderation share: which text, and the way back to the queue."""

from flask import Blueprint, abort, url_for

from participation.collectivities.models import Collectivity
from participation.contributions.models import Contribution
from participation.contributions.queries import contribution_by_ref

blueprint = Blueprint("manage_moderation", __name__)
FOLDER = "/gestion/<collectivity_slug>/moderation"


def contribution_or_404(collectivity: Collectivity, ref: str) -> Contribution:
    """Returns a text of this collectivity."""
    contribution = contribution_by_ref(ref) if "\x00" not in ref else None
    if contribution is None or contribution.project.collectivity_id != collectivity.id:
        abort(404)
    return contribution


def queue_url(collectivity: Collectivity, *, done: str | None = None) -> str:
    """Returns the address of the queue; `done` is the text that was just dealt with."""
    return url_for("manage_moderation.queue", collectivity_slug=collectivity.slug, done=done)

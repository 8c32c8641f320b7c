"""What the pages of one summary share: which consultation, which summary, which theme."""

from typing import Any

from flask import Blueprint, abort, redirect, url_for
from werkzeug.wrappers import Response

from participation.collectivities.models import Collectivity, Membership, Role
from participation.consultations.models import Consultation
from participation.consultations.queries import consultation_by_slug
from participation.summaries.actions import draft_summary
from participation.summaries.models import Summary, Theme
from participation.summaries.queries import draft_of, has_published_summary, themes_of

blueprint = Blueprint("manage_summaries", __name__)

FOLDER = "/gestion/<collectivity_slug>/syntheses"
WRITERS = (Role.MODERATOR, Role.ADMINISTRATOR)


def consultation_or_404(collectivity: Collectivity, slug: str) -> Consultation:
    """Returns an announced consultation of this collectivity."""
    consultation = consultation_by_slug(slug)
    if (
        consultation is None
        or not consultation.is_public
        or consultation.project.collectivity_id != collectivity.id
    ):
        abort(404)
    return consultation


def unfrozen_or_404(collectivity: Collectivity, slug: str) -> Consultation:
    """Returns a consultation whose summary can still be written."""
    consultation = consultation_or_404(collectivity, slug)
    if has_published_summary(consultation.id):
        abort(404)
    return consultation


def theme_or_404(consultation: Consultation, number: int) -> Theme:
    """Returns one theme of this consultation."""
    theme = next((one for one in themes_of(consultation) if one.id == number), None)
    if theme is None:
        abort(404)
    return theme


def draft_started(consultation: Consultation, member: Membership) -> Summary:
    """Returns the summary being written, started with empty texts when there is none yet."""
    return draft_of(consultation) or draft_summary(consultation, member=member)


def to_workbench(collectivity: Collectivity, consultation: Consultation) -> Response:
    """Redirects to the page of one summary."""
    return to("show", collectivity, consultation)


def to(name: str, collectivity: Collectivity, consultation: Consultation, **query: Any) -> Response:
    """Redirects to one of the pages of a summary."""
    address = url_for(
        f"manage_summaries.{name}", collectivity_slug=collectivity.slug, slug=consultation.slug, **query
    )
    return redirect(address)

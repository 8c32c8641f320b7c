"""The blueprint of forms on paper in the back office, and how what an address names is found."""

from flask import Blueprint, abort, request

from participation.collectivities.models import Collectivity
from participation.consultations.models import Consultation
from participation.consultations.queries import consultation_by_slug
from participation.contributions.paper.models import PaperForm
from participation.contributions.paper.queries import form_by_ref
from participation.foundation.files import LARGEST_SCAN

blueprint = Blueprint("manage_paper", __name__)
FOLDER = "/gestion/<collectivity_slug>/consultations/<slug>/saisie"
# Besides the scan: the texts, and what separates the parts.
REST_OF_A_FORM = 128 * 1024


@blueprint.before_request
def _take_scans() -> None:
    """A scan is larger than what residents send."""
    if request.endpoint == "manage_paper.enter":
        request.max_content_length = LARGEST_SCAN + REST_OF_A_FORM


def consultation_or_404(collectivity: Collectivity, slug: str) -> Consultation:
    """Returns an announced consultation of that collectivity."""
    consultation = consultation_by_slug(slug)
    if consultation is None or consultation.project.collectivity_id != collectivity.id:
        abort(404)
    if not consultation.is_public:
        abort(404)
    return consultation


def form_or_404(collectivity: Collectivity, slug: str, ref: str) -> PaperForm:
    """Returns a form of that consultation of that collectivity."""
    form = form_by_ref(ref)
    consultation = consultation_or_404(collectivity, slug)
    if form is None or form.consultation_id != consultation.id:
        abort(404)
    return form

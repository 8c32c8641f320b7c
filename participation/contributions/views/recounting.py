"""The recount file of a consultation, offered whenever its page shows the figures."""

from collections.abc import Callable

from flask import Response, abort

from participation.consultations.models import Consultation
from participation.contributions.queries import Counted, counted_of
from participation.contributions.recount import Because, as_csv, as_json, provisional_because
from participation.contributions.views.sending import blueprint, consultation_or_404
from participation.foundation import clock
from participation.web.access import public
from participation.web.limits import limiter

# Made anew each time: enough for people, too little to hold every worker.
OFTEN = "60 per hour"


@blueprint.get("/consultations/<slug>/resultats.json")
@public
@limiter.limit(OFTEN)
def recount_json(slug: str) -> Response:
    """Sends lines and totals."""
    return _file(slug, as_json, "application/json", "json")


@blueprint.get("/consultations/<slug>/resultats.csv")
@public
@limiter.limit(OFTEN)
def recount_csv(slug: str) -> Response:
    """Sends the lines as a table."""
    return _file(slug, as_csv, "text/csv", "csv")


def _file(
    slug: str, written: Callable[[Consultation, Counted, Because], str], mimetype: str, ending: str
) -> Response:
    consultation, now = consultation_or_404(slug), clock.now()
    # Totals that came without people are outside our counts; before the opening there is nothing to count.
    if consultation.project.is_archive or now < consultation.opens_at:
        abort(404)
    because = provisional_because(consultation, now)
    response = Response(written(consultation, counted_of(consultation.id), because), mimetype=mimetype)
    kind = "resultats-provisoires" if because else "resultats"
    response.headers["Content-Disposition"] = f'attachment; filename="{slug}-{kind}.{ending}"'
    return response

"""What the law asks of one project: computed again each day from the answers that were published."""

from flask import abort, render_template

from participation.foundation import clock
from participation.projects.dossier.guidance.confirming import FIELD
from participation.projects.dossier.guidance.laws import NOT_ESTABLISHED
from participation.projects.views.entrance import blueprint
from participation.projects.views.page import story_or_404
from participation.web.access import public
from participation.web.page_cache import same_for_every_reader


@blueprint.get("/projets/<slug>/droit")
@public
@same_for_every_reader
def law(slug: str) -> str:
    """Shows the class, why, the duties with their dates, French law, and where all this was read."""
    story = story_or_404(slug)
    answer = story.dossier.answers.get(FIELD)
    if answer is None or answer.indication_on(clock.now().date()) is None:
        abort(404)
    return render_template(
        "projects/law.html", project=story.project, answer=answer, not_established=NOT_ESTABLISHED
    )

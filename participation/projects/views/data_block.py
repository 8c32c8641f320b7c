"""The linked data that the page of a project holds for search engines.

A block of data is no script: the browser never executes it, and the content policy has nothing to say.
"""

from datetime import datetime

from markupsafe import Markup

from participation.projects.dossier.exports.linked import service, written
from participation.projects.views.page import Story
from participation.projects.views.recording import record_of, version_of


def data_block(story: Story, now: datetime) -> Markup:
    """Returns the block of a project; what it holds is escaped so that it can end nothing."""
    record = record_of(
        story.project,
        story.dossier,
        consultations=story.consultations,
        decisions=story.decisions,
        versions=[version_of(story.version, None)] if story.version else [],
        now=now,
    )
    block = '<script type="application/ld+json" lang="{}">{}</script>'
    return Markup(block).format(record.language, Markup(written(service(record))))  # noqa: S704

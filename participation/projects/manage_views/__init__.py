"""Pages of those who write dossiers: list, draft, fields, points, charter, publication, dates, photograph."""

from participation.projects.manage_views import (
    answering,
    describing,
    guidance,
    pointing,
    publishing,
    referring,
    stating,
)
from participation.projects.manage_views.entrance import blueprint

__all__ = [
    "answering",
    "blueprint",
    "describing",
    "guidance",
    "pointing",
    "publishing",
    "referring",
    "stating",
]

"""Pages of those who write dossiers: list, draft, fields, points, charter, publication, dates, photograph."""

from participation.projects.manage_views import (
    adapting,
    answering,
    describing,
    guidance,
    pointing,
    publishing,
    referring,
    stating,
    taking_path,
)
from participation.projects.manage_views.entrance import blueprint

__all__ = [
    "adapting",
    "answering",
    "blueprint",
    "describing",
    "guidance",
    "pointing",
    "publishing",
    "referring",
    "stating",
    "taking_path",
]

"""Pages of those who write dossiers: list, draft, sections, fields, points, charter, path, publication."""

from participation.projects.manage_views import (
    adapting,
    answering,
    describing,
    guidance,
    pointing,
    previewing,
    publishing,
    referring,
    sections,
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
    "previewing",
    "publishing",
    "referring",
    "sections",
    "stating",
    "taking_path",
]

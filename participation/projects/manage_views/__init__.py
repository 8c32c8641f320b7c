"""Pages of the people who write dossiers: list, draft, fields, points, publication, dates, photograph."""

from participation.projects.manage_views import (
    adapting,
    answering,
    describing,
    pointing,
    publishing,
    taking_path,
)
from participation.projects.manage_views.entrance import blueprint

__all__ = ["adapting", "answering", "blueprint", "describing", "pointing", "publishing", "taking_path"]

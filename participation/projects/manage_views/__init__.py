"""Pages of the people who write dossiers: list, draft, fields, points, publication, dates, photograph."""

from participation.projects.manage_views import answering, describing, pointing, publishing, referring
from participation.projects.manage_views.entrance import blueprint

__all__ = ["answering", "blueprint", "describing", "pointing", "publishing", "referring"]

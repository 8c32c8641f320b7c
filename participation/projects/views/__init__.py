"""Public pages of projects: the list, one project, its dossier, versions and files, its picture."""

from participation.projects.views import adapting, downloads, history, listing, showing
from participation.projects.views.entrance import blueprint

__all__ = ["adapting", "blueprint", "downloads", "history", "listing", "showing"]

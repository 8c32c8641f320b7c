"""Public pages of projects: the list, the project, its dossier, versions, picture and short address."""

from participation.projects.views import adapting, listing, showing
from participation.projects.views.entrance import blueprint

__all__ = ["adapting", "blueprint", "listing", "showing"]

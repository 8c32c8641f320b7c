"""Public pages of projects: list, project, dossier, versions, picture, short address; all of it as data."""

from participation.projects.views import catalogue, listing, open_data, registers, showing
from participation.projects.views.entrance import blueprint

__all__ = ["blueprint", "catalogue", "listing", "open_data", "registers", "showing"]

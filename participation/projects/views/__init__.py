"""Public pages of projects: list, project, dossier, versions and their files, picture; all of it as data."""

from participation.projects.views import (
    adapting,
    catalogue,
    downloads,
    history,
    law,
    listing,
    open_data,
    registers,
    showing,
)
from participation.projects.views.entrance import blueprint

__all__ = [
    "adapting",
    "blueprint",
    "catalogue",
    "downloads",
    "history",
    "law",
    "listing",
    "open_data",
    "registers",
    "showing",
]

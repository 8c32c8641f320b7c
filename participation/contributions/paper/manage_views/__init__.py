"""Back office of forms on paper: typing one in, the list of them, one with its scan, undoing and erasing."""

from participation.contributions.paper.manage_views import entering, forms
from participation.contributions.paper.manage_views.entrance import blueprint

__all__ = ["blueprint", "entering", "forms"]

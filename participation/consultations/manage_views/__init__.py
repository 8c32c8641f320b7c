"""Back office of consultations: prepare and announce a draft, then change its period in public."""

from participation.consultations.manage_views import closing, preparing, running
from participation.consultations.manage_views.entrance import blueprint

__all__ = ["blueprint", "closing", "preparing", "running"]

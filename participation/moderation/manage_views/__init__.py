"""Back office of moderation: the queue, the text being read, and the answers to appeals."""

from participation.moderation.manage_views import appeals, queue
from participation.moderation.manage_views.entrance import blueprint

__all__ = ["appeals", "blueprint", "queue"]

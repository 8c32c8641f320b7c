"""Pages about who one is: signing in and out, one's own page, one's account."""

from participation.accounts.views import account, entering, own
from participation.accounts.views.entrance import blueprint

__all__ = ["account", "blueprint", "entering", "own"]

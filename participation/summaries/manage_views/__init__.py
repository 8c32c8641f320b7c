"""Back office of summaries: choose a consultation, sort, write findings, account for the rest, publish."""

from participation.summaries.manage_views import findings, left_out, sorting, themes, workbench
from participation.summaries.manage_views.entrance import blueprint

__all__ = ["blueprint", "findings", "left_out", "sorting", "themes", "workbench"]

"""The verbs of summaries."""

from participation.summaries.actions.finding import (
    add_finding,
    change_finding,
    mark_orphan,
    mark_orphans,
    remove_finding,
    remove_orphans,
)
from participation.summaries.actions.publishing import publish_summary
from participation.summaries.actions.sorting import (
    add_theme,
    assign_theme,
    assign_theme_to_several,
    change_theme,
    move_theme,
    unassign_theme,
)
from participation.summaries.actions.writing import draft_summary

__all__ = [
    "add_finding",
    "add_theme",
    "assign_theme",
    "assign_theme_to_several",
    "change_finding",
    "change_theme",
    "draft_summary",
    "mark_orphan",
    "mark_orphans",
    "move_theme",
    "publish_summary",
    "remove_finding",
    "remove_orphans",
    "unassign_theme",
]

"""The verbs of forms on paper: record one, undo it, erase it, keep its scan and look at it."""

from participation.contributions.paper.actions.ending import erase_form, undo_form
from participation.contributions.paper.actions.entering import Filled, SeemsEntered, record_form
from participation.contributions.paper.actions.scanning import keep_scan, look_at_scan, purge_scans

__all__ = [
    "Filled",
    "SeemsEntered",
    "erase_form",
    "keep_scan",
    "look_at_scan",
    "purge_scans",
    "record_form",
    "undo_form",
]

"""How long a text, a report or an appeal may wait: promised publicly, shown in the queue."""

from datetime import timedelta

NEW_TEXT_WITHIN = timedelta(hours=48)
REPORT_WITHIN = timedelta(hours=24)
APPEAL_WITHIN = timedelta(days=15)

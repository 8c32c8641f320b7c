"""Reading decisions: the published ones, their answers, and what each answer rests on."""

from participation.decisions.queries.answers import (
    answers_for,
    answers_of,
    findings_under,
    themes_to_answer,
    verdict_counts,
)
from participation.decisions.queries.heard import Heard, heard_by_theme, theme_links
from participation.decisions.queries.versions import (
    decision_by_ref,
    decision_of_consultation,
    decisions_of_collectivity,
    latest_published,
    published_decisions,
    published_versions,
    working_version,
)
from participation.decisions.queries.waiting import summaries_to_decide, summary_to_decide

__all__ = [
    "Heard",
    "answers_for",
    "answers_of",
    "decision_by_ref",
    "decision_of_consultation",
    "decisions_of_collectivity",
    "findings_under",
    "heard_by_theme",
    "latest_published",
    "published_decisions",
    "published_versions",
    "summaries_to_decide",
    "summary_to_decide",
    "theme_links",
    "themes_to_answer",
    "verdict_counts",
    "working_version",
]

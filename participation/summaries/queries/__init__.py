"""Reading summaries: the one in force, its themes and findings, what is covered, what is left to sort."""

from participation.summaries.queries.covering import (
    Coverage,
    count_left,
    count_unsorted,
    coverage,
    is_to_be_covered,
    left_out,
    sources_among,
)
from participation.summaries.queries.finding import (
    PublishedCondition,
    ShownFinding,
    findings_of,
    findings_resting_on,
    orphans_of,
    quotable,
    removed_on,
)
from participation.summaries.queries.reading import (
    Listed,
    draft_of,
    has_published_summary,
    published_summary,
    published_summary_at,
    summaries_of,
    theme_sizes,
    themes_of,
    themes_of_contribution,
)
from participation.summaries.queries.sorting import (
    SORT_PAGE,
    SortFilter,
    SortPage,
    contributions_to_sort,
    of_consultation,
)

__all__ = [
    "SORT_PAGE",
    "Coverage",
    "Listed",
    "PublishedCondition",
    "ShownFinding",
    "SortFilter",
    "SortPage",
    "contributions_to_sort",
    "count_left",
    "count_unsorted",
    "coverage",
    "draft_of",
    "findings_of",
    "findings_resting_on",
    "has_published_summary",
    "is_to_be_covered",
    "left_out",
    "of_consultation",
    "orphans_of",
    "published_summary",
    "published_summary_at",
    "quotable",
    "removed_on",
    "sources_among",
    "summaries_of",
    "theme_sizes",
    "themes_of",
    "themes_of_contribution",
]

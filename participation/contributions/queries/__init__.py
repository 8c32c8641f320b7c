"""Reading what was said and chosen."""

from participation.contributions.queries.archive import Holdings, holdings_of, reported_by_source
from participation.contributions.queries.changing import (
    causes_by,
    causes_of_versions,
    contributions_named,
)
from participation.contributions.queries.discussion import (
    Comment,
    CommentsPage,
    comment_counts,
    comments_page,
    thread_of,
)
from participation.contributions.queries.finding import (
    conditions_of,
    contribution_by_ref,
    contributions_of_person,
    contributions_of_submission,
    position_of,
    reported_totals,
    submission_by_ref,
    supported_by,
    useful_for,
)
from participation.contributions.queries.tallies import (
    LevelTally,
    Tally,
    position_tallies,
    position_tally,
    tallies_by_level,
)
from participation.contributions.queries.turns import EVERYTHING, Shown

__all__ = [
    "EVERYTHING",
    "Comment",
    "CommentsPage",
    "Holdings",
    "LevelTally",
    "Shown",
    "Tally",
    "causes_by",
    "causes_of_versions",
    "comment_counts",
    "comments_page",
    "conditions_of",
    "contribution_by_ref",
    "contributions_named",
    "contributions_of_person",
    "contributions_of_submission",
    "holdings_of",
    "position_of",
    "position_tallies",
    "position_tally",
    "reported_by_source",
    "reported_totals",
    "submission_by_ref",
    "supported_by",
    "tallies_by_level",
    "thread_of",
    "useful_for",
]

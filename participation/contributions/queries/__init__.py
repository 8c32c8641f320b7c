"""Reading what was said and chosen."""

from participation.contributions.queries.alike import alike
from participation.contributions.queries.archive import Holdings, holdings_of, reported_by_source
from participation.contributions.queries.asking import Asking, Beside, asking_of
from participation.contributions.queries.changing import (
    causes_by,
    causes_of_versions,
    contributions_named,
)
from participation.contributions.queries.commented import Commented, commented_in
from participation.contributions.queries.conditions import (
    OfferedConditions,
    conditions_of,
    offered_conditions,
)
from participation.contributions.queries.discussion import (
    Comment,
    CommentsPage,
    comment_counts,
    comments_page,
    thread_of,
)
from participation.contributions.queries.editing import Wording, has_reactions, wordings_of
from participation.contributions.queries.finding import (
    contribution_by_ref,
    contributions_of_submission,
    contributions_supported_in,
    position_of,
    reported_totals,
    submission_by_ref,
    supported_by,
    useful_for,
)
from participation.contributions.queries.linking import (
    LinkedIdentity,
    linked_identities_of,
    position_counting_for,
)
from participation.contributions.queries.orders import Order, known_place
from participation.contributions.queries.people import People, people_by_level, people_in
from participation.contributions.queries.questions import (
    Answered,
    Asked,
    QuestionsPage,
    asked_in,
    awaits_answer,
    deadline_of,
    questions_page,
    questions_to_answer,
    service_answer_of,
    versions_since,
    with_answers,
)
from participation.contributions.queries.recounting import Counted, counted_of
from participation.contributions.queries.shown import EVERYTHING, Shown, is_about
from participation.contributions.queries.tallies import (
    LevelTally,
    Tally,
    position_tallies,
    position_tally,
    tallies_by_level,
)

__all__ = [
    "EVERYTHING",
    "Answered",
    "Asked",
    "Asking",
    "Beside",
    "Comment",
    "Commented",
    "CommentsPage",
    "Counted",
    "Holdings",
    "LevelTally",
    "LinkedIdentity",
    "OfferedConditions",
    "Order",
    "People",
    "QuestionsPage",
    "Shown",
    "Tally",
    "Wording",
    "alike",
    "asked_in",
    "asking_of",
    "awaits_answer",
    "causes_by",
    "causes_of_versions",
    "comment_counts",
    "commented_in",
    "comments_page",
    "conditions_of",
    "contribution_by_ref",
    "contributions_named",
    "contributions_of_submission",
    "contributions_supported_in",
    "counted_of",
    "deadline_of",
    "has_reactions",
    "holdings_of",
    "is_about",
    "known_place",
    "linked_identities_of",
    "offered_conditions",
    "people_by_level",
    "people_in",
    "position_counting_for",
    "position_of",
    "position_tallies",
    "position_tally",
    "questions_page",
    "questions_to_answer",
    "reported_by_source",
    "reported_totals",
    "service_answer_of",
    "submission_by_ref",
    "supported_by",
    "tallies_by_level",
    "thread_of",
    "useful_for",
    "versions_since",
    "with_answers",
    "wordings_of",
]

"""The order of a discussion, page after page: each side in its turn, newest first, nothing lost."""

import random
from datetime import timedelta
from itertools import zip_longest

import pytest

from participation.consultations.models import Consultation
from participation.contributions.models import Contribution, Kind, Stance, Visibility
from participation.contributions.queries import Shown, comments_page
from participation.foundation import clock
from tests.factories.consultations import a_participant, an_open_consultation
from tests.factories.contributions import a_contribution


def a_discussion(seed: int) -> tuple[Consultation, list[Contribution]]:
    """Returns uneven sides, some texts older than their number says, some that nobody may see."""
    chance = random.Random(seed)
    consultation = an_open_consultation()
    author = a_participant(consultation)
    said = [
        a_contribution(
            participant=author,
            stance=chance.choices(list(Stance), weights=(7, 2, 3))[0],
            kind=chance.choice((Kind.COMMENT, Kind.CONDITION, Kind.EXPERIENCE)),
            visibility=chance.choices(list(Visibility), weights=(1, 9, 1, 1, 1))[0],
            created_at=clock.now() - timedelta(minutes=chance.randrange(40)),
        )
        for _ in range(70)
    ]
    return consultation, said


def expected(said: list[Contribution], shown: Shown) -> list[int]:
    """Returns the numbers of the comments in the order they are to be read, sorted in memory."""
    kept = [one for one in said if one.visibility in (Visibility.PUBLISHED, Visibility.HIDDEN)]
    if shown in (Shown.FOR, Shown.AGAINST):
        kept = [one for one in kept if one.stance.value == shown.value]
    elif shown is Shown.CONDITIONS:
        kept = [one for one in kept if one.kind is Kind.CONDITION]
    newest_first = sorted(kept, key=lambda one: (one.created_at, one.id), reverse=True)
    lanes = [[one.id for one in newest_first if one.stance is stance] for stance in Stance]
    return [number for turn in zip_longest(*lanes) for number in turn if number is not None]


@pytest.mark.parametrize("shown", [Shown.ALL, Shown.FOR, Shown.AGAINST, Shown.CONDITIONS])
def test_pages_follow_one_another_in_the_order_of_turns(shown: Shown) -> None:
    consultation, said = a_discussion(seed=len(shown))

    read: list[int] = []
    cursor, pages = "", 0
    while cursor or not pages:
        page = comments_page(consultation.id, shown=shown, after=cursor)
        read += [comment.contribution.id for comment in page.comments]
        cursor, pages = page.next_cursor, pages + 1

    assert read == expected(said, shown)
    assert pages == max(1, -(-len(read) // 20))

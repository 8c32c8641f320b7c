"""The orders of a discussion: what stands first, and pages that follow one another while others write."""

import random
from datetime import timedelta

import pytest

from participation.consultations.models import Consultation
from participation.contributions.actions import (
    change_visibility,
    find_useful,
    stop_finding_useful,
    submit_contribution,
    support_condition,
    withdraw_contribution,
)
from participation.contributions.actions.standing import forget_former_standings
from participation.contributions.models import Contribution, FormerStanding, Kind, Stance, Visibility
from participation.contributions.queries import Order, Shown, comments_page
from participation.contributions.ranking import useful_rank
from participation.foundation import clock
from participation.foundation.database import db
from tests.factories.consultations import a_participant, an_open_consultation
from tests.factories.contributions import a_condition, a_contribution

# An order by rank is read as it stood a moment ago.
SETTLED = timedelta(seconds=11)
ACTS = ("vote", "back", "reply", "say", "accept", "hide", "withdraw")


def vote(contribution: Contribution, times: int = 1) -> None:
    for _one in range(times):
        find_useful(a_participant(contribution.consultation), contribution)


def answer(contribution: Contribution, stance: Stance = Stance.NEUTRAL) -> Contribution:
    return submit_contribution(
        a_participant(contribution.consultation),
        kind=Kind.COMMENT,
        body="Une réponse",
        stance=stance,
        reply_to=contribution,
    )


def read(consultation: Consultation, order: Order, *, size: int = 20) -> list[int]:
    """Returns the numbers of the comments of all pages, as one reads them a little later."""
    numbers: list[int] = []
    cursor, pages = "", 0
    with clock.pretend(clock.now() + SETTLED):
        while cursor or not pages:
            page = comments_page(consultation.id, order=order, after=cursor, size=size)
            numbers += [comment.contribution.id for comment in page.comments]
            cursor, pages = page.next_cursor, pages + 1
    return numbers


def test_many_votes_weigh_more_than_one_and_an_argument_of_the_other_side_weighs_against() -> None:
    assert useful_rank(0, 0) == useful_rank(0, 9) == 0
    assert useful_rank(1, 0) < useful_rank(10, 1) < useful_rank(40, 5) < useful_rank(400, 50)
    assert useful_rank(10, 4) < useful_rank(10, 0) < 1_000_000_000
    # Wilson 1927, for 8 out of 10.
    assert useful_rank(8, 2) == pytest.approx(490_162_000, abs=10_000)


def test_most_useful_comes_first_and_supports_are_the_votes_of_a_condition() -> None:
    consultation = an_open_consultation()
    unread, useful, more_useful = (a_contribution(consultation) for _one in range(3))
    condition = a_condition(consultation)
    vote(useful)
    vote(more_useful, 3)
    for _one in range(2):
        support_condition(a_participant(consultation), condition)

    assert read(consultation, Order.USEFUL) == [more_useful.id, condition.id, useful.id, unread.id]


def test_only_a_public_argument_of_the_other_side_counts_against_a_text_and_once_for_each_person() -> None:
    consultation = an_open_consultation()
    argued = a_contribution(consultation, stance=Stance.FOR)
    vote(argued, 2)
    opponent = a_participant(consultation)

    for stance in (Stance.AGAINST, Stance.AGAINST, Stance.NEUTRAL, Stance.FOR):
        submit_contribution(opponent, kind=Kind.COMMENT, body="Non", stance=stance, reply_to=argued)
    hidden = answer(argued, Stance.AGAINST)
    change_visibility(hidden, Visibility.HIDDEN)
    fair = answer(argued, Stance.AGAINST)
    find_useful(fair.participant, argued)

    db.session.refresh(argued)
    assert argued.useful_rank == useful_rank(3, 1)


def test_most_discussed_counts_public_replies_of_both_levels() -> None:
    consultation = an_open_consultation()
    lonely, once, deep = (a_contribution(consultation) for _one in range(3))
    answer(once)
    answer(answer(deep))
    change_visibility(answer(once), Visibility.HIDDEN)

    db.session.refresh(deep)
    assert (deep.thread_count, deep.reply_count) == (2, 1)
    assert read(consultation, Order.DISCUSSED) == [deep.id, once.id, lonely.id]


def test_newest_and_oldest_follow_the_moment_and_not_the_number() -> None:
    consultation = an_open_consultation()
    now = clock.now()
    imported = a_contribution(consultation, created_at=now - timedelta(hours=1))
    older = a_contribution(consultation, created_at=now - timedelta(hours=2))

    assert read(consultation, Order.NEWEST) == [imported.id, older.id]
    assert read(consultation, Order.OLDEST) == [older.id, imported.id]


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("order", Order)
def test_pages_never_repeat_nor_lose_a_comment_while_others_write(order: Order, seed: int) -> None:
    chance = random.Random(f"{order}{seed}")
    consultation = an_open_consultation()
    people = [a_participant(consultation) for _one in range(8)]
    now = clock.now()
    stood = [
        _say(chance, consultation, people, now - timedelta(minutes=chance.randrange(60, 90)))
        for _one in range(25)
    ]
    with clock.pretend(now - timedelta(minutes=30)):
        _others_act(chance, consultation, people, stood, times=40)
    before = {one.id for one in stood if one.visibility in (Visibility.PUBLISHED, Visibility.HIDDEN)}

    shown: list[int] = []
    cursor, pages = "", 0
    while cursor or not pages:
        with clock.pretend(now + timedelta(minutes=pages)):
            page = comments_page(consultation.id, order=order, after=cursor, size=4)
        shown += [comment.contribution.id for comment in page.comments]
        cursor, pages = page.next_cursor, pages + 1
        with clock.pretend(now + timedelta(minutes=pages, seconds=-30)):
            _others_act(chance, consultation, people, stood, times=12)

    assert len(shown) == len(set(shown))
    stayed = {one.id for one in stood if one.visibility in (Visibility.PUBLISHED, Visibility.HIDDEN)}
    assert (before & stayed) <= set(shown)


def test_votes_and_replies_change_the_order_of_the_next_reader_only() -> None:
    consultation = an_open_consultation()
    now = clock.now()
    with clock.pretend(now - timedelta(hours=1)):
        first, second, third = (a_contribution(consultation) for _one in range(3))
        vote(first, 3)
        vote(second, 2)
        vote(third, 1)
    page = comments_page(consultation.id, order=Order.USEFUL, size=2)
    vote(third, 5)

    rest = comments_page(consultation.id, order=Order.USEFUL, size=2, after=page.next_cursor)

    assert [one.contribution.id for one in (*page.comments, *rest.comments)] == [
        first.id,
        second.id,
        third.id,
    ]
    assert read(consultation, Order.USEFUL)[0] == third.id


@pytest.mark.parametrize(
    "words", ["x", "0.", "1_2_3", "9" * 99, "0.0_0.0_0", "3.0_0.0_0.0_0", "01_1", "-1.5_3"]
)
@pytest.mark.parametrize("order", Order)
def test_a_place_nobody_wrote_is_the_first_page(order: Order, words: str) -> None:
    contribution = a_contribution(created_at=clock.now() - timedelta(days=1))

    page = comments_page(contribution.consultation_id, order=order, after=words)

    assert [one.contribution.id for one in page.comments] == [contribution.id]


def test_former_standings_are_forgotten_once_nobody_can_be_reading_by_them() -> None:
    now = clock.now()
    contribution = a_contribution(an_open_consultation(opens_at=now - timedelta(days=9)))
    for days in (5, 1):
        with clock.pretend(now - timedelta(days=days)):
            vote(contribution)

    forget_former_standings()

    [kept] = db.session.query(FormerStanding).all()
    assert kept.created_at > now - timedelta(days=2)


def test_a_tab_keeps_the_order() -> None:
    consultation = an_open_consultation()
    against, favoured = (a_contribution(consultation, stance=Stance.AGAINST) for _one in range(2))
    elsewhere = a_contribution(consultation, stance=Stance.FOR)
    vote(elsewhere, 3)
    vote(against)

    with clock.pretend(clock.now() + SETTLED):
        page = comments_page(consultation.id, shown=Shown.AGAINST, order=Order.USEFUL)

    assert [one.contribution.id for one in page.comments] == [against.id, favoured.id]


def _say(chance: random.Random, consultation: Consultation, people: list, at: object) -> Contribution:
    return a_contribution(
        participant=chance.choice(people),
        stance=chance.choices(list(Stance), weights=(5, 2, 2))[0],
        visibility=chance.choices(list(Visibility), weights=(2, 9, 1, 0, 0))[0],
        created_at=at,
    )


def _others_act(
    chance: random.Random, consultation: Consultation, people: list, stood: list[Contribution], *, times: int
) -> None:
    """Votes, takes votes back, replies, speaks, accepts what waited, hides and withdraws."""
    for _one in range(times):
        one, who = chance.choice(stood), chance.choice(people)
        act = chance.choices(
            ("vote", "back", "reply", "say", "accept", "hide", "withdraw"), (9, 3, 5, 2, 2, 1, 1)
        )[0]
        if act == "say":
            _say(chance, consultation, people, clock.now())
        elif act == "accept" and one.visibility is Visibility.PENDING:
            change_visibility(one, Visibility.PUBLISHED)
        elif one.visibility is not Visibility.PUBLISHED:
            continue
        elif act == "vote" and who is not one.participant:
            find_useful(who, one)
        elif act == "back":
            stop_finding_useful(who, one)
        elif act == "reply":
            submit_contribution(
                who, kind=Kind.COMMENT, body="Oui", stance=chance.choice(list(Stance)), reply_to=one
            )
        elif act == "hide":
            change_visibility(one, Visibility.HIDDEN)
        elif act == "withdraw":
            withdraw_contribution(one)
        db.session.expire(one)

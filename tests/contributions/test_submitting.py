"""Saying something: who reads it first, where a reply stands, what clock it starts."""

import pytest
import sqlalchemy as sa

from participation.activity.models import Deadline
from participation.consultations.models import ModerationTime
from participation.contributions.actions import (
    change_visibility,
    submit_contribution,
    withdraw_contribution,
)
from participation.contributions.models import Contribution, Kind, Stance, Visibility
from participation.contributions.queries import Shown, comment_counts, comments_page, thread_of
from participation.foundation.database import db
from participation.foundation.errors import AlreadyDone, Invalid, NotPossibleNow
from tests.factories.consultations import a_closed_consultation, a_participant, an_open_consultation
from tests.factories.contributions import a_contribution


def say(reply_to: Contribution | None = None, **words: str) -> Contribution:
    participant = a_participant(reply_to.consultation if reply_to else None)
    return submit_contribution(participant, kind=Kind.COMMENT, body="Un texte", reply_to=reply_to, **words)


def test_a_text_waits_for_a_moderator_when_the_consultation_says_so() -> None:
    before = an_open_consultation(moderation=ModerationTime.BEFORE)
    participant = a_participant(before)

    resident = submit_contribution(participant, kind=Kind.COMMENT, body="Un texte")
    official = submit_contribution(
        participant, kind=Kind.COMMENT, body="Réponse", spoken_as="Service Accueil"
    )

    assert resident.visibility is Visibility.PENDING
    assert official.visibility is Visibility.PUBLISHED


def test_nothing_is_said_after_the_closing_but_by_the_services() -> None:
    question = a_contribution(a_closed_consultation())
    participant = a_participant(question.consultation)

    with pytest.raises(NotPossibleNow):
        submit_contribution(participant, kind=Kind.COMMENT, body="Trop tard")
    answer = submit_contribution(
        participant, kind=Kind.COMMENT, body="Voici.", reply_to=question, spoken_as="Service Accueil"
    )
    assert answer.is_published


def test_an_empty_text_is_refused() -> None:
    with pytest.raises(Invalid):
        submit_contribution(a_participant(), kind=Kind.COMMENT, body="  \n ")


def test_deeper_replies_stand_under_their_level_two_ancestor() -> None:
    comment = say()
    reply = say(comment)
    deeper = say(reply)
    deepest = say(deeper)

    assert reply.parent_id == comment.id
    assert deeper.parent_id == deepest.parent_id == reply.id
    assert deepest.reply_to_id == deeper.id
    shown = thread_of(comment).replies[0]
    assert [one.contribution.id for one in shown.replies] == [deeper.id, deepest.id]
    assert shown.replies[1].answers == deeper.participant.display_name


def test_one_answers_only_what_is_published() -> None:
    for visibility in (Visibility.PENDING, Visibility.HIDDEN, Visibility.WITHDRAWN):
        with pytest.raises(NotPossibleNow):
            say(a_contribution(visibility=visibility))


def test_counts_of_replies_follow_what_everyone_may_read() -> None:
    comment = say()
    reply = say(comment)

    change_visibility(reply, Visibility.HIDDEN)
    db.session.refresh(comment)
    assert comment.reply_count == 0

    change_visibility(reply, Visibility.PUBLISHED)
    change_visibility(reply, Visibility.PUBLISHED)
    db.session.refresh(comment)
    assert comment.reply_count == 1


def test_a_question_starts_a_clock_that_a_mere_reply_does_not_stop() -> None:
    participant = a_participant()
    question = submit_contribution(participant, kind=Kind.SERVICE_QUESTION, body="Qui écoute ?")
    owed = sa.select(Deadline).filter_by(kind="service_question", subject=f"contribution:{question.id}")
    deadline = db.session.scalars(owed).one()
    assert deadline.done_at is None

    submit_contribution(
        a_participant(question.consultation),
        kind=Kind.COMMENT,
        body="Personne.",
        reply_to=question,
        spoken_as="Adjointe au numérique",
    )

    db.session.refresh(deadline)
    assert deadline.done_at is None


def test_a_withdrawn_text_leaves_its_place_to_the_replies() -> None:
    comment = say()
    say(comment)
    alone = say(None)

    withdraw_contribution(comment)
    with pytest.raises(AlreadyDone):
        withdraw_contribution(comment)
    withdraw_contribution(alone)

    page = comments_page(comment.consultation_id)
    assert [one.contribution.id for one in page.comments] == [comment.id]
    assert comments_page(alone.consultation_id).comments == []


def test_for_and_against_alternate_and_pages_neither_repeat_nor_lose_anything() -> None:
    consultation = an_open_consultation()
    for stance, how_many in ((Stance.FOR, 25), (Stance.AGAINST, 4), (Stance.NEUTRAL, 6)):
        for _ in range(how_many):
            a_contribution(consultation, stance=stance)

    first = comments_page(consultation.id)
    a_contribution(consultation, stance=Stance.AGAINST, body="Dit entre deux pages")
    second = comments_page(consultation.id, after=first.next_cursor)

    stances = [comment.contribution.stance for comment in first.comments]
    assert stances[:6] == [Stance.FOR, Stance.AGAINST, Stance.NEUTRAL] * 2
    seen = [comment.contribution.id for comment in (*first.comments, *second.comments)]
    assert len(seen) == len(set(seen)) == 35
    assert second.next_cursor == ""
    assert comment_counts(consultation.id)[Shown.FOR] == 25


def test_a_cursor_that_we_did_not_write_is_ignored() -> None:
    contribution = a_contribution()

    for cursor in ("0", "1.9.1", "1.0.99999999999999999999", "a.b.c", "\x00"):
        assert len(comments_page(contribution.consultation_id, after=cursor).comments) == 1

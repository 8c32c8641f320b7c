"""One person under two identities counts once: the latest position, each support once, texts as they were."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from participation.consultations.actions import participant_for
from participation.consultations.models import Assurance, Participant, PerimeterSide
from participation.consultations.queries import participant_of, participants_of
from participation.contributions.actions import (
    find_useful,
    link_participants,
    link_participation,
    support_condition,
    take_position,
    withdraw_contribution,
)
from participation.contributions.actions.recording import record_submission
from participation.contributions.models import Choice, ConditionSupport, Position, UsefulVote, Visibility
from participation.contributions.queries import people_in, position_tally
from participation.foundation import clock
from participation.foundation.database import db
from participation.foundation.errors import NotAllowed
from participation.moderation.permissions import may_moderate
from tests.concurrency.counting import count, counters_that_drifted
from tests.factories.accounts import a_person
from tests.factories.consultations import a_participant, an_open_consultation
from tests.factories.contributions import a_condition, a_contribution, a_position
from tests.factories.moderation import a_moderator_of


@pytest.mark.parametrize(("first", "second"), [("kept", "other"), ("other", "kept")])
def test_when_both_identities_chose_the_latest_counts_and_it_says_so(first: str, second: str) -> None:
    consultation = an_open_consultation()
    who = {"kept": a_participant(consultation), "other": a_participant(consultation)}
    now = clock.now()
    take_position(who[first], Choice.OPPOSED, now=now - timedelta(hours=2))
    take_position(who[second], Choice.FAVOURABLE, now=now - timedelta(hours=1))
    a_position(consultation, Choice.INFORMATION)

    linked = link_participants(who["kept"], who["other"])

    assert (linked.both_chose, linked.counts_since) == (True, now - timedelta(hours=1))
    tally = position_tally(consultation.id)
    assert (tally.favourable, tally.opposed, tally.information) == (1, 0, 1)
    assert db.session.scalars(sa.select(Position).filter_by(participant_id=who["kept"].id)).one()
    assert who["other"].both_chose


def test_a_position_taken_under_the_other_identity_only_stands_under_the_one_that_counts() -> None:
    consultation = an_open_consultation()
    kept, other = a_participant(consultation), a_participant(consultation)
    take_position(other, Choice.CONDITIONS)

    linked = link_participants(kept, other)

    assert not linked.both_chose
    assert db.session.scalars(sa.select(Position.participant_id)).all() == [kept.id]


@pytest.mark.parametrize("silent", ["kept", "other"])
def test_a_position_taken_back_later_under_the_other_identity_is_the_last_word(silent: str) -> None:
    consultation = an_open_consultation()
    who = {"kept": a_participant(consultation), "other": a_participant(consultation)}
    speaking = who["other" if silent == "kept" else "kept"]
    earlier = clock.now() - timedelta(hours=1)
    take_position(speaking, Choice.OPPOSED, now=earlier)
    take_position(who[silent], Choice.FAVOURABLE, now=earlier)
    record_submission(who[silent], "withdraw_position", {}, form_key="back", now=clock.now())

    linked = link_participants(who["kept"], who["other"])

    assert (linked.both_chose, linked.counts_since) == (False, None)
    assert position_tally(consultation.id).total == 0


def test_linking_again_changes_nothing_whichever_way_round() -> None:
    consultation = an_open_consultation()
    kept, other = a_participant(consultation), a_participant(consultation)
    take_position(kept, Choice.OPPOSED)
    take_position(other, Choice.FAVOURABLE)

    link_participants(kept, other)
    again = [link_participants(kept, other), link_participants(other, kept), link_participants(kept, kept)]

    assert [one.is_new for one in again] == [False] * 3
    assert {one.participant.id for one in again} == {kept.id}
    assert position_tally(consultation.id).total == 1


def test_supports_and_votes_are_united_once_each_and_counters_stay_true() -> None:
    consultation = an_open_consultation()
    kept, other = a_participant(consultation), a_participant(consultation)
    both, only_other = a_condition(consultation), a_condition(consultation)
    for participant in (kept, other):
        support_condition(participant, both)
        find_useful(participant, both)
    support_condition(other, only_other)

    link_participants(kept, other)

    assert (both.support_count, both.useful_count, only_other.support_count) == (1, 1, 1)
    assert count(ConditionSupport, participant_id=kept.id) == 2
    assert count(UsefulVote, participant_id=other.id) == 0
    assert not counters_that_drifted(consultation.id)


def test_what_each_identity_gave_to_the_text_of_the_other_is_dropped() -> None:
    consultation = an_open_consultation()
    kept, other = a_participant(consultation), a_participant(consultation)
    of_kept = a_condition(consultation, participant=kept)
    of_other = a_condition(consultation, participant=other)
    support_condition(other, of_kept)
    find_useful(kept, of_other)
    find_useful(a_participant(consultation), of_other)

    link_participants(kept, other)

    assert (of_kept.support_count, of_other.useful_count) == (0, 1)
    assert not counters_that_drifted(consultation.id)


def test_the_text_of_either_identity_is_ones_own_afterwards() -> None:
    consultation = an_open_consultation()
    kept, other = a_participant(consultation), a_participant(consultation)
    text = a_condition(consultation, participant=other)

    link_participants(kept, other)

    with pytest.raises(NotAllowed):
        support_condition(kept, text)
    payload = {"choice": "conditions", "conditions": [text.ref], "language": "fr"}
    submission = record_submission(kept, "opinion", payload, form_key="own", now=clock.now())
    assert submission.recorded["supported"] == []
    gone = record_submission(kept, "withdraw", {"contribution": text.ref}, form_key="back", now=clock.now())
    assert gone.recorded["withdrawn"] == text.ref


def test_texts_keep_the_name_they_were_written_under() -> None:
    consultation = an_open_consultation()
    kept, other = a_participant(consultation, display_name="Ana"), a_participant(consultation)
    text = a_contribution(participant=other)

    link_participants(kept, other)

    assert (text.participant_id, text.participant.display_name) == (other.id, "Nadia B.")


def test_taking_part_again_lands_on_the_one_that_counts() -> None:
    consultation = an_open_consultation()
    kept, other = a_participant(consultation), a_participant(consultation)
    link_participants(kept, other)

    take_position(other, Choice.OPPOSED)
    assert kept.person is not None
    again = participant_for(consultation, kept.person, display_name="")

    assert again.id == kept.id
    assert db.session.scalars(sa.select(Position.participant_id)).all() == [kept.id]
    assert participant_of(consultation, kept.person) is kept


def test_a_paper_participant_counts_once_with_the_person_they_turn_out_to_be() -> None:
    consultation = an_open_consultation()
    kept = a_participant(consultation, assurance=Assurance.ACCOUNT)
    paper = a_participant(consultation, without_person=True, assurance=Assurance.VERIFIED)
    text = a_contribution(participant=paper)
    take_position(paper, Choice.OPPOSED)

    link_participants(kept, paper)

    assert kept.person is not None
    assert set(db.session.scalars(participants_of(kept.person))) == {kept.id, paper.id}
    assert people_in(consultation.id, asks_postcodes=False).total == 1
    # An address that an agent typed in proves nothing.
    assert kept.assurance is Assurance.ACCOUNT
    member = a_moderator_of(text)
    assert may_moderate(member, text)
    member.person_id = kept.person_id
    db.session.flush()
    assert not may_moderate(member, text)


def test_three_identities_are_one_person_too() -> None:
    consultation = an_open_consultation()
    one, two, three = (a_participant(consultation) for _ in range(3))
    for participant, choice in zip((one, two, three), Choice, strict=False):
        take_position(participant, choice)

    link_participants(two, three)
    link_participants(one, two)

    db.session.expire_all()
    assert [each.same_as_id for each in (one, two, three)] == [None, one.id, one.id]
    assert {each.person_id for each in (one, two, three)} == {one.person_id}
    assert position_tally(consultation.id).total == 1


def test_what_was_proven_or_said_under_the_other_identity_is_kept() -> None:
    consultation = an_open_consultation()
    kept = a_participant(consultation)
    other = a_participant(consultation, assurance=Assurance.VERIFIED)
    other.perimeter_side = PerimeterSide.IN

    link_participants(kept, other)

    assert (kept.assurance, kept.perimeter_side) == (Assurance.VERIFIED, PerimeterSide.IN)


def test_all_that_another_person_took_part_in_is_given_to_the_one_who_is_kept() -> None:
    shared, alone, of_somebody = (an_open_consultation() for _ in range(3))
    kept, other = a_person(), a_person(account=False)
    mine, theirs = a_participant(shared, person=kept), a_participant(shared, person=other)
    only_theirs = a_participant(alone, person=other)
    somebody = a_participant(of_somebody)

    linked = link_participation(kept, other)

    db.session.expire_all()
    assert [one.participant.id for one in linked] == [mine.id]
    assert (theirs.same_as_id, only_theirs.same_as_id) == (mine.id, None)
    assert only_theirs.person_id == theirs.person_id == kept.id
    assert somebody.person_id not in (kept.id, None)
    assert not db.session.scalars(participants_of(other)).all()


def test_two_places_are_never_linked() -> None:
    with pytest.raises(ValueError, match="one place"):
        link_participants(a_participant(), a_participant())


def test_a_text_may_be_taken_back_after_linking() -> None:
    consultation = an_open_consultation()
    kept, other = a_participant(consultation), a_participant(consultation)
    text = a_contribution(participant=other)
    link_participants(kept, other)

    withdraw_contribution(text)

    assert text.visibility is Visibility.WITHDRAWN


def test_a_person_counts_once_in_one_place_by_the_database() -> None:
    person, consultation = a_person(), an_open_consultation()
    a_participant(consultation, person=person)

    with pytest.raises(sa.exc.IntegrityError):
        db.session.execute(
            sa.insert(Participant).values(
                consultation_id=consultation.id,
                person_id=person.id,
                display_name="",
                created_at=clock.now(),
                channel="online",
                assurance="email",
            )
        )

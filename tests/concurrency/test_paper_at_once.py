"""Several agents at the same pile: a sheet is recorded once, undone once, printed once."""

from collections.abc import Callable
from functools import partial

import pytest

from participation.collectivities.models import Membership, Role
from participation.consultations.models import Consultation, Participant
from participation.contributions.actions import take_position
from participation.contributions.models import Choice, ConditionSupport, Position, Submission
from participation.contributions.paper.actions import record_form, undo_form
from participation.contributions.paper.models import PaperForm
from participation.foundation import clock
from participation.foundation.database import db
from participation.notifications.paper.actions import print_letters
from participation.notifications.paper.models import PaperLetter
from tests.concurrency.counting import count, counters_that_drifted
from tests.concurrency.world import Crew, meet
from tests.factories.accounts import a_person
from tests.factories.collectivities import a_member
from tests.factories.consultations import a_participant, an_open_consultation
from tests.factories.contributions import a_condition
from tests.factories.paper import a_form, an_agent, filled

pytestmark = [pytest.mark.keeps_its_own_database, pytest.mark.xdist_group("concurrency")]

Rounds = Callable[[int, int], int]


def type_in(members: list[int], consultation_id: int, key: str, number: int) -> str:
    member = db.session.get_one(Membership, members[number % len(members)])
    consultation = db.session.get_one(Consultation, consultation_id)
    sheet = filled(number="12", choice=Choice.CONDITIONS, conditions=(1,))
    meet()
    form_key = key or f"{consultation_id}-{number}"
    return record_form(consultation, sheet, form_key=form_key, member=member).ref


def a_pile() -> tuple[Consultation, list[int]]:
    consultation = an_open_consultation()
    a_condition(consultation)
    members = [an_agent(consultation).id for _ in range(4)]
    db.session.commit()
    return consultation, members


def test_the_same_sheet_typed_in_by_several_at_once_is_recorded_once(crew: Crew, rounds: Rounds) -> None:
    for _round in range(rounds(2, 40)):
        consultation, members = a_pile()

        given = crew.at_once(partial(type_in, members, consultation.id, ""))

        assert given.count("SeemsEntered") == 3, given
        # The author of the condition, and whoever handed the sheet in.
        assert count(Participant, consultation_id=consultation.id) == 2
        for table in (PaperForm, Position):
            assert count(table, consultation_id=consultation.id) == 1
        assert not counters_that_drifted(consultation.id)


def test_the_same_form_sent_several_times_at_once_gives_the_same_reference(
    crew: Crew, rounds: Rounds
) -> None:
    for number in range(rounds(2, 40)):
        consultation, members = a_pile()

        given = crew.at_once(partial(type_in, members[:1], consultation.id, f"same-{number}-{members[0]}"))

        assert len(set(given)) == 1, given
        assert count(PaperForm, consultation_id=consultation.id) == 1
        assert count(Position, consultation_id=consultation.id) == 1


def undo(form_id: int, member_id: int, number: int) -> str:
    form, member = db.session.get_one(PaperForm, form_id), db.session.get_one(Membership, member_id)
    meet()
    undo_form(form, reason="Saisi deux fois par erreur.", member=member)
    return "undone"


def test_a_form_undone_by_several_at_once_is_taken_back_once(crew: Crew) -> None:
    consultation = an_open_consultation()
    condition = a_condition(consultation)
    form = a_form(consultation, choice=Choice.CONDITIONS, conditions=(1,))
    member = an_agent(consultation)
    db.session.commit()

    given = crew.at_once(partial(undo, form.id, member.id))

    assert sorted(given) == ["AlreadyDone"] * 3 + ["undone"]
    assert condition.support_count == 0
    assert count(ConditionSupport, contribution_id=condition.id) == 0


def choose_online(participant_id: int, number: int) -> str:
    participant = db.session.get_one(Participant, participant_id)
    meet()
    take_position(participant, Choice.FAVOURABLE, now=clock.now())
    return "online"


def hand_in(consultation_id: int, member_id: int, email: str, number: int) -> str:
    member = db.session.get_one(Membership, member_id)
    consultation = db.session.get_one(Consultation, consultation_id)
    meet()
    sheet = filled(choice=Choice.OPPOSED, email=email)
    record_form(consultation, sheet, form_key=f"joined-{member_id}", member=member)
    return "paper"


def test_somebody_online_and_on_paper_at_once_counts_once(crew: Crew, rounds: Rounds) -> None:
    for _round in range(rounds(2, 40)):
        consultation = an_open_consultation()
        person = a_person()
        online = a_participant(consultation, person=person)
        member = a_member(Role.AGENT, consultation.project.collectivity)
        db.session.commit()

        given = crew.at_once(
            partial(choose_online, online.id), partial(hand_in, consultation.id, member.id, str(person.email))
        )

        assert set(given) == {"online", "paper"}
        position = db.session.query(Position).filter_by(consultation_id=consultation.id).one()
        # What was chosen online came later than the morning of the day on which the form was received.
        assert (position.participant_id, position.choice) == (online.id, Choice.FAVOURABLE)


def print_it(ref: str, member_id: int, number: int) -> str:
    meet()
    print_letters([ref], member=db.session.get_one(Membership, member_id))
    return "printed"


def test_a_letter_printed_by_several_at_once_is_marked_once(crew: Crew) -> None:
    consultation = an_open_consultation()
    form, member = a_form(consultation, postal_address="Ici"), an_agent(consultation)
    db.session.commit()

    given = crew.at_once(partial(print_it, form.ref, member.id))

    assert set(given) == {"printed"}
    assert count(PaperLetter, form_id=form.id) == 1
    assert count(Submission, participant_id=form.participant_id) == 1

"""The page of results: people and positions by channel and level, small groups merged, provisional first."""

from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from participation.consultations.actions import participant_for
from participation.consultations.models import Assurance, Channel, Consultation, PerimeterSide
from participation.contributions.actions import link_participants, take_position
from participation.contributions.models import Choice
from participation.contributions.queries import people_in
from participation.contributions.queries.people import without_small
from participation.foundation import clock
from participation.foundation.database import db
from tests.factories.accounts import a_person
from tests.factories.consultations import (
    a_closed_consultation,
    a_consultation,
    a_participant,
    a_suspended_consultation,
    an_open_consultation,
)
from tests.factories.contributions import a_contribution, a_position


def some_people(consultation: Consultation, number: int, **columns: object) -> None:
    for _ in range(number):
        participant = a_participant(consultation, **columns)
        a_position(consultation, Choice.OPPOSED, participant=participant)


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ({"a": 9, "b": 5}, [("a", 9), ("b", 5)]),
        ({"a": 9, "b": 7, "c": 2, "d": 4}, [("a", 9), ("b", 7), (None, 6)]),
        # One small group alone would be found by subtraction: the next one goes with it.
        ({"a": 9, "b": 7, "c": 2}, [("a", 9), (None, 9)]),
        ({"a": 2}, [(None, 2)]),
        ({}, []),
    ],
)
def test_no_group_of_fewer_than_five_stands_alone(counts: dict[str, int], shown: list[object]) -> None:
    assert without_small(counts) == shown


def test_people_are_counted_by_channel_and_level_whatever_they_did(visitor: FlaskClient) -> None:
    consultation = an_open_consultation()
    some_people(consultation, 6, assurance=Assurance.ACCOUNT)
    some_people(consultation, 5, channel=Channel.PAPER, assurance=Assurance.DECLARED, without_person=True)
    a_contribution(consultation, participant=a_participant(consultation, assurance=Assurance.ACCOUNT))
    a_contribution(consultation, spoken_as="Service")
    a_participant(consultation)

    people = people_in(consultation.id, asks_postcodes=False)

    assert [(one.channel, one.assurance, one.people) for one in people.groups] == [
        (Channel.ONLINE, Assurance.ACCOUNT, 7),
        (Channel.PAPER, Assurance.DECLARED, 5),
    ]
    assert (people.total, people.sides) == (12, [])
    page = visitor.get(f"/consultations/{consultation.slug}/resultats").text
    assert "12 personnes" in page
    assert "Sur papier" in page


def test_two_identities_are_one_person_and_the_page_says_how_many_were_linked(visitor: FlaskClient) -> None:
    consultation = an_open_consultation()
    kept, other = a_participant(consultation), a_participant(consultation)
    take_position(kept, Choice.OPPOSED)
    take_position(other, Choice.FAVOURABLE)
    # Said under the identity that counts no more: the person is counted all the same, once.
    a_contribution(participant=other)

    link_participants(kept, other)

    people = people_in(consultation.id, asks_postcodes=False)
    assert (people.total, people.linked, people.set_aside) == (1, 1, 1)
    db.session.commit()
    assert "la plus récente" in visitor.get(f"/consultations/{consultation.slug}/resultats").text


def test_where_people_live_is_counted_by_what_they_declared_and_the_code_is_kept_nowhere(
    visitor: FlaskClient,
) -> None:
    consultation = an_open_consultation(postcodes=["12340", "12350"])
    for code, number in (("12340", 5), ("75001", 6), ("", 7)):
        for _ in range(number):
            participant = participant_for(consultation, a_person(), display_name="", postcode=code)
            take_position(participant, Choice.OPPOSED)

    people = people_in(consultation.id, asks_postcodes=True)

    assert dict(people.sides) == {PerimeterSide.UNSAID: 7, PerimeterSide.OUT: 6, PerimeterSide.IN: 5}
    db.session.commit()
    page = visitor.get(f"/consultations/{consultation.slug}/resultats").text
    assert "6 personnes hors du périmètre" in page
    assert "75001" not in page


def test_a_postcode_said_later_replaces_and_silence_keeps_what_was_said() -> None:
    consultation, person = an_open_consultation(postcodes=["12340"]), a_person()

    said = [
        participant_for(consultation, person, display_name="", postcode=code).perimeter_side
        for code in ("75001", "12340", "")
    ]

    assert said == [PerimeterSide.OUT, PerimeterSide.IN, PerimeterSide.IN]
    assert (
        participant_for(an_open_consultation(), person, display_name="", postcode="12340").perimeter_side
        is PerimeterSide.UNSAID
    )


def test_the_page_says_while_results_may_still_change(visitor: FlaskClient) -> None:
    now = clock.now()
    places = {
        "open": an_open_consultation(),
        "suspended": a_suspended_consultation(),
        "just closed": a_closed_consultation(closes_at=now - timedelta(hours=47)),
        "paper can be typed in": a_closed_consultation(closes_at=now - timedelta(hours=49)),
        "over": a_closed_consultation(closes_at=now - timedelta(hours=49)),
    }
    places["over"].project.summary_published_at = now
    db.session.commit()

    pages = {when: visitor.get(f"/consultations/{one.slug}/resultats").text for when, one in places.items()}

    assert ["Résultats provisoires" in page for page in pages.values()] == [True, True, True, True, False]
    assert all("tiré au sort" in page for page in pages.values())


def test_nothing_is_shown_before_the_opening(visitor: FlaskClient) -> None:
    tomorrow = clock.now() + timedelta(days=1)
    coming = a_consultation(opens_at=tomorrow, closes_at=tomorrow + timedelta(days=20))
    draft = a_consultation(announced=False)
    db.session.commit()

    answers = [visitor.get(f"/consultations/{one.slug}/resultats").status_code for one in (coming, draft)]

    assert answers == [404, 404]
    assert "resultats" not in visitor.get(f"/consultations/{coming.slug}").text.replace('id="resultats"', "")

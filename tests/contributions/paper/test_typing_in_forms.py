"""A form on paper counts like an answer online, as of the day it was received, and once."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa
import time_machine

from participation.activity.models import Event
from participation.collectivities.models import Role
from participation.consultations.models import Assurance, Channel, ModerationTime, PerimeterSide
from participation.contributions.models import Choice, Contribution, Kind, Position, Visibility
from participation.contributions.paper.actions import SeemsEntered, record_form
from participation.contributions.paper.models import PaperForm
from participation.contributions.paper.queries import numbered_conditions, standing_forms
from participation.contributions.queries import position_tally, tallies_by_level
from participation.foundation import clock
from participation.foundation.database import db
from participation.foundation.dates import local_day
from participation.foundation.errors import Invalid, NotAllowed, NotPossibleNow
from participation.foundation.references import secret_token
from participation.summaries.figures import figures_of
from tests.factories.collectivities import a_member
from tests.factories.consultations import (
    a_closed_consultation,
    a_consultation,
    an_open_consultation,
    resume,
    suspend,
)
from tests.factories.contributions import a_condition, a_position
from tests.factories.paper import URN, a_form, an_agent, filled
from tests.factories.summaries import a_summary

TEXT = "Au téléphone, ma voisine raccroche dès qu’elle entend une machine."


def test_a_form_counts_under_its_channel_and_is_of_nobody() -> None:
    form = a_form(choice=Choice.OPPOSED, channel=Channel.MEETING, display_name="Rose")

    participant = form.participant
    assert position_tally(form.consultation_id).opposed == 1
    assert (participant.channel, participant.assurance) == (Channel.MEETING, Assurance.DECLARED)
    assert (participant.person_id, participant.display_name) == (None, "Rose")


def test_its_texts_are_moderated_like_those_sent_online() -> None:
    consultation = an_open_consultation(moderation=ModerationTime.BEFORE)

    form = a_form(consultation, body=TEXT, choice=Choice.CONDITIONS, new_condition="Une personne décroche")

    texts = db.session.scalars(sa.select(Contribution).where(Contribution.ref.in_(form.contributions))).all()
    assert {(text.kind, text.visibility) for text in texts} == {
        (Kind.COMMENT, Visibility.PENDING),
        (Kind.CONDITION, Visibility.PENDING),
    }


def test_conditions_are_named_by_the_number_they_keep() -> None:
    consultation = an_open_consultation()
    first, second, third = (a_condition(consultation) for _ in range(3))
    second.visibility = Visibility.HIDDEN
    third.support_count = 9

    assert [(one.number, one.condition.id) for one in numbered_conditions(consultation)] == [
        (1, first.id),
        (3, third.id),
    ]
    a_form(consultation, choice=Choice.CONDITIONS, conditions=(3, 3))
    assert (first.support_count, third.support_count) == (0, 10)


def test_a_condition_that_nobody_can_read_is_refused_by_its_number() -> None:
    consultation = an_open_consultation()
    a_condition(consultation, visibility=Visibility.HIDDEN)

    with pytest.raises(Invalid) as refused:
        a_form(consultation, choice=Choice.CONDITIONS, conditions=(1,))

    assert refused.value.field == "conditions"


def test_a_text_alone_is_recorded_without_position() -> None:
    form = a_form(choice=None, body=TEXT)

    assert position_tally(form.consultation_id).total == 0
    assert len(form.contributions) == 1


@pytest.mark.parametrize(
    ("columns", "field"),
    [
        ({"choice": None}, "choice"),
        ({"choice": None, "body": "Oui, si", "new_condition": "Une personne décroche"}, "choice"),
        ({"source": "  "}, "source"),
    ],
)
def test_an_empty_form_or_one_from_nowhere_is_refused(columns: dict[str, object], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        a_form(**columns)

    assert refused.value.field == field


def test_only_staff_who_type_in_forms_of_that_collectivity_may() -> None:
    consultation = an_open_consultation()
    elsewhere = a_member(Role.AGENT, an_open_consultation().project.collectivity)

    for member in (an_agent(consultation, Role.OFFICIAL), an_agent(consultation, Role.AUDITOR), elsewhere):
        with pytest.raises(NotAllowed):
            a_form(consultation, member)
    for role in (Role.AGENT, Role.MODERATOR, Role.ADMINISTRATOR):
        a_form(consultation, an_agent(consultation, role))


# The day


def test_what_was_received_in_time_is_typed_in_after_the_closing_and_says_so() -> None:
    consultation = a_closed_consultation()

    form = a_form(consultation, received_on=consultation.closes_at.date() - timedelta(days=2))

    event = db.session.scalars(sa.select(Event).filter_by(action="paper.recorded")).one()
    position = db.session.scalars(sa.select(Position).filter_by(participant_id=form.participant_id)).one()
    assert event.details["after_closing"] == 1
    assert consultation.is_open(position.changed_at)


@pytest.mark.parametrize("days", [-32, 0, 1])
def test_a_day_outside_the_period_is_refused(days: int) -> None:
    consultation = a_closed_consultation()

    with pytest.raises(Invalid) as refused:
        a_form(consultation, received_on=clock.today() + timedelta(days=days))

    assert refused.value.field == "received_on"


def test_the_last_day_counts_up_to_the_hour_of_the_closing() -> None:
    with time_machine.travel("2026-12-20T09:00:00Z", tick=False):
        consultation = a_consultation(
            opens_at=clock.now() - timedelta(days=30), closes_at=clock.now() - timedelta(hours=2)
        )

        form = a_form(consultation, received_on=date(2026, 12, 20))

    assert form.stands


def test_a_closing_at_midnight_leaves_nothing_to_the_next_day() -> None:
    with time_machine.travel("2026-12-20T12:00:00Z", tick=False):
        # Midnight in Paris, between the 19th and the 20th.
        consultation = a_consultation(
            opens_at=clock.now() - timedelta(days=30), closes_at=clock.now() - timedelta(hours=13)
        )

        a_form(consultation, received_on=date(2026, 12, 19))
        with pytest.raises(Invalid):
            a_form(consultation, received_on=date(2026, 12, 20))


def test_the_day_of_the_opening_counts_from_its_hour() -> None:
    consultation = an_open_consultation()
    day = local_day(consultation.opens_at, "Europe/Paris")

    form = a_form(consultation, received_on=day)

    position = db.session.scalars(sa.select(Position).filter_by(participant_id=form.participant_id)).one()
    assert position.changed_at == consultation.opens_at


def test_a_day_wholly_in_a_suspension_is_refused_before_and_after_it_ends() -> None:
    with time_machine.travel("2026-12-20T12:00:00Z", tick=False):
        consultation = a_consultation(opens_at=clock.now() - timedelta(days=20))
        suspend(consultation, clock.now() - timedelta(days=5))
        inside, before = date(2026, 12, 17), date(2026, 12, 14)

        a_form(consultation, received_on=before)
        with pytest.raises(Invalid):
            a_form(consultation, received_on=inside)
        resume(consultation, clock.now() - timedelta(days=1))
        with pytest.raises(Invalid):
            a_form(consultation, received_on=inside)
        a_form(consultation, received_on=date(2026, 12, 19))

    assert standing_forms(consultation) == 2


def test_once_the_summary_is_published_nothing_is_typed_in() -> None:
    consultation = a_closed_consultation()
    consultation.project.summary_published_at = clock.now()
    db.session.flush()

    with pytest.raises(NotPossibleNow):
        a_form(consultation, received_on=consultation.closes_at.date() - timedelta(days=2))


# Twice


def test_the_same_form_sent_twice_is_recorded_once() -> None:
    consultation = an_open_consultation()
    member, key = an_agent(consultation), secret_token()

    first = record_form(consultation, filled(number="1", body=TEXT), form_key=key, member=member)
    again = record_form(consultation, filled(number="1", body=TEXT), form_key=key, member=member)

    assert first.id == again.id
    assert position_tally(consultation.id).total == 1


@pytest.mark.parametrize(
    "second",
    [
        {"number": "12"},
        {"number": "12", "source": "urne de la  MÉDIATHÈQUE"},
        {"number": None, "body": TEXT.upper().replace(",", "")},
        {"number": "13", "email": "rose@mail.example"},
    ],
)
def test_what_looks_like_another_form_is_shown_first(second: dict[str, object]) -> None:
    consultation = an_open_consultation()
    first = a_form(consultation, number="12", body=TEXT, email="rose@mail.example")

    with pytest.raises(SeemsEntered) as refused:
        a_form(consultation, **second)

    assert refused.value.refs == [first.ref]


def test_a_short_text_or_another_urn_looks_like_nothing() -> None:
    consultation = an_open_consultation()
    a_form(consultation, number="1", body="Je suis contre.")

    a_form(consultation, number="1", source="Accueil de la mairie", body="Je suis contre.")

    assert standing_forms(consultation) == 2


def test_with_a_reason_it_is_recorded_all_the_same_and_both_are_kept() -> None:
    consultation = an_open_consultation()
    first = a_form(consultation, number="1")

    for _time in range(2):
        a_form(consultation, number="1", anyway="Le numéro a été écrit deux fois par erreur.")

    forms = db.session.scalars(sa.select(PaperForm).order_by(PaperForm.id)).all()
    assert [form.copy for form in forms] == [0, 1, 2]
    assert len({form.ref for form in forms}) == 3
    assert forms[0].entered_by_id == first.entered_by_id
    assert forms[1].recorded_anyway.startswith("Le numéro")


# Counting


def test_thirty_forms_are_in_every_figure() -> None:
    consultation = an_open_consultation()
    member = an_agent(consultation)
    a_position(consultation)

    for number in range(30):
        a_form(consultation, member, number=str(number), choice=list(Choice)[number % 4])

    levels = {(level.channel, level.tally.total) for level in tallies_by_level(consultation.id)}
    figures = figures_of(a_summary(consultation))
    assert position_tally(consultation.id).total == 31
    # One person alone is shown with a larger level.
    assert sum(total for _channel, total in levels) == 31
    assert figures["people"]["channels"] == {"online": 1, "paper": 30}


def test_of_a_declared_postcode_only_the_side_is_kept() -> None:
    consultation = an_open_consultation(postcodes=["35000"])

    inside, outside = (a_form(consultation, postcode=code) for code in ("35000", "75001"))

    assert inside.participant.perimeter_side is PerimeterSide.IN
    assert outside.participant.perimeter_side is PerimeterSide.OUT


def test_the_source_is_written_as_the_first_time() -> None:
    consultation = an_open_consultation()
    a_form(consultation)

    form = a_form(consultation, source=URN.upper())

    assert form.source == URN


def test_a_key_that_was_used_elsewhere_records_nothing() -> None:
    first = an_open_consultation()
    key = secret_token()
    record_form(first, filled(), form_key=key, member=an_agent(first))
    second = an_open_consultation()

    with pytest.raises(NotPossibleNow):
        record_form(second, filled(), form_key=key, member=an_agent(second))

    assert standing_forms(second) == 0

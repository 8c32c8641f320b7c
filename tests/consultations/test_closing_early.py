"""Closing early takes two people, never before fifteen days, and is said in public once it takes effect."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient
from sqlalchemy.exc import IntegrityError

from participation.accounts.models import Person
from participation.activity.models import Audience, Event
from participation.collectivities.models import Membership, Role
from participation.consultations.actions import (
    confirm_closing,
    extend_consultation,
    propose_closing,
    refuse_closing,
)
from participation.consultations.models import (
    ChangeKind,
    ClosingProposal,
    Consultation,
    ProposalOutcome,
)
from participation.consultations.permissions import earliest_closing
from participation.consultations.queries import changes_of, waiting_proposal
from participation.contributions.actions import take_position
from participation.contributions.models import Choice
from participation.foundation import clock
from participation.foundation.database import db
from participation.foundation.errors import AlreadyDone, Invalid, NotAllowed, NotPossibleNow
from participation.projects.stage import Stage, stage_of
from tests.factories.collectivities import a_member
from tests.factories.consultations import (
    a_closed_consultation,
    a_closing_proposal,
    a_consultation,
    a_participant,
    resume,
    suspend,
)
from tests.forms import post_form

SignIn = Callable[[FlaskClient, Person], None]
SECOND = timedelta(seconds=1)
DAY = timedelta(days=1)


@pytest.fixture
def consultation() -> Consultation:
    """Returns a consultation open for twenty days, and for ten more."""
    now = clock.now()
    return a_consultation(opens_at=now - 20 * DAY, closes_at=now + 10 * DAY)


@pytest.fixture
def first(consultation: Consultation) -> Membership:
    return a_member(Role.MODERATOR, consultation.project.collectivity, function="Cheffe de projet")


@pytest.fixture
def second(consultation: Consultation) -> Membership:
    return a_member(Role.ADMINISTRATOR, consultation.project.collectivity, function="Directeur général")


def propose(consultation: Consultation, member: Membership, closes_at: datetime | None) -> ClosingProposal:
    return propose_closing(
        consultation, closes_at=closes_at, reason="Plus personne ne répond.", member=member
    )


def events_named(action: str) -> list[Event]:
    return list(db.session.scalars(sa.select(Event).filter_by(action=action)))


def page_of(consultation: Consultation) -> str:
    return f"/gestion/{consultation.project.collectivity.slug}/consultations/{consultation.slug}"


def test_a_proposal_alone_changes_nothing_and_is_told_to_the_staff_only(
    consultation: Consultation, first: Membership
) -> None:
    before = consultation.closes_at

    propose(consultation, first, None)

    assert consultation.closes_at == consultation.project.closes_at == before
    assert changes_of(consultation) == []
    assert [event.audience for event in events_named("consultation.closing_proposed")] == [Audience.STAFF]


def test_once_confirmed_at_once_nothing_more_is_taken(
    consultation: Consultation, first: Membership, second: Membership
) -> None:
    participant = a_participant(consultation)
    proposal = propose(consultation, first, None)
    now = clock.now() + DAY

    with clock.pretend(now):
        confirm_closing(proposal, member=second)

    assert consultation.closes_at == consultation.project.closes_at == now
    assert stage_of(consultation.project, now) is Stage.UNDER_REVIEW
    take_position(participant, Choice.OPPOSED, now=now - SECOND)
    with pytest.raises(NotPossibleNow):
        take_position(participant, Choice.FAVOURABLE, now=now)


def test_once_confirmed_for_a_date_it_accepts_until_the_second_before(
    consultation: Consultation, first: Membership, second: Membership
) -> None:
    participant = a_participant(consultation)
    earlier = clock.now() + 3 * DAY

    confirm_closing(propose(consultation, first, earlier), member=second)

    assert consultation.closes_at == consultation.project.closes_at == earlier
    take_position(participant, Choice.OPPOSED, now=earlier - SECOND)
    with pytest.raises(NotPossibleNow):
        take_position(participant, Choice.FAVOURABLE, now=earlier)


def test_both_people_and_the_reason_are_kept(
    consultation: Consultation, first: Membership, second: Membership
) -> None:
    before, earlier = consultation.closes_at, clock.now() + 3 * DAY
    proposal = propose(consultation, first, earlier)

    confirm_closing(proposal, member=second)

    (change,) = changes_of(consultation)
    assert (change.kind, change.closed_at_before, change.closes_at_after) == (
        ChangeKind.CLOSED_EARLY,
        before,
        earlier,
    )
    assert (change.changed_by, change.confirmed_by) == (first, second)
    assert change.reason == "Plus personne ne répond."
    assert (proposal.outcome, proposal.ended_by_id) == (ProposalOutcome.CONFIRMED, second.id)
    (told,) = events_named("consultation.closed_early")
    assert told.audience is Audience.PUBLIC and told.details["proposed_by"] == first.id


@pytest.mark.parametrize("role", [Role.MODERATOR, Role.ADMINISTRATOR])
def test_another_moderator_or_an_administrator_confirms(
    consultation: Consultation, first: Membership, role: Role
) -> None:
    other = a_member(role, consultation.project.collectivity)

    confirm_closing(propose(consultation, first, None), member=other)

    assert consultation.is_closed(clock.now())


@pytest.mark.parametrize("role", [Role.AGENT, Role.OFFICIAL, Role.AUDITOR])
def test_nobody_else_of_the_staff_confirms_refuses_or_proposes(
    consultation: Consultation, first: Membership, role: Role
) -> None:
    other = a_member(role, consultation.project.collectivity)
    proposal = propose(consultation, first, None)

    for act in (confirm_closing, refuse_closing):
        with pytest.raises(NotAllowed):
            act(proposal, member=other)
    with pytest.raises(NotAllowed):
        propose(consultation, other, None)


def test_an_administrator_does_not_propose_and_strangers_do_nothing(
    consultation: Consultation, first: Membership, second: Membership
) -> None:
    proposal = propose(consultation, first, None)

    with pytest.raises(NotAllowed):
        propose(consultation, second, None)
    for stranger in (a_member(Role.MODERATOR), a_member(Role.ADMINISTRATOR)):
        with pytest.raises(NotAllowed):
            confirm_closing(proposal, member=stranger)


def test_the_same_person_never_confirms_even_under_another_role(
    consultation: Consultation, first: Membership
) -> None:
    also = a_member(Role.ADMINISTRATOR, consultation.project.collectivity, person=first.person)
    proposal = propose(consultation, first, None)

    for member in (first, also):
        with pytest.raises(NotAllowed, match="une autre personne"):
            confirm_closing(proposal, member=member)

    assert not consultation.is_closed(clock.now()) and waiting_proposal(consultation) == proposal


def test_somebody_whose_role_has_ended_confirms_nothing(
    consultation: Consultation, first: Membership, second: Membership
) -> None:
    proposal = propose(consultation, first, None)
    second.ended_at = clock.now()

    with pytest.raises(NotAllowed):
        confirm_closing(proposal, member=second)


def test_a_refused_one_and_one_taken_back_have_no_effect(
    consultation: Consultation, first: Membership, second: Membership
) -> None:
    before = consultation.closes_at

    refused = propose(consultation, first, None)
    refuse_closing(refused, member=second)
    withdrawn = propose(consultation, first, None)
    refuse_closing(withdrawn, member=first)

    assert (refused.outcome, withdrawn.outcome) == (ProposalOutcome.REFUSED, ProposalOutcome.WITHDRAWN)
    assert consultation.closes_at == before and changes_of(consultation) == []
    for proposal in (refused, withdrawn):
        with pytest.raises(AlreadyDone):
            confirm_closing(proposal, member=second)


def test_confirming_twice_counts_once(
    consultation: Consultation, first: Membership, second: Membership
) -> None:
    proposal = propose(consultation, first, None)
    confirm_closing(proposal, member=second)
    closing = consultation.closes_at

    with pytest.raises(AlreadyDone):
        confirm_closing(proposal, member=second)

    assert consultation.closes_at == closing and len(changes_of(consultation)) == 1


def test_fifteen_days_are_the_least_to_the_second(first: Membership, second: Membership) -> None:
    now = clock.now()
    body = first.collectivity
    young = a_consultation(opens_at=now - 5 * DAY, closes_at=now + 20 * DAY)
    young.project.collectivity, young.project.collectivity_id = body, body.id
    earliest = earliest_closing(young.opens_at, body.timezone)

    for too_early in (None, earliest - SECOND):
        with pytest.raises(Invalid, match="quinze jours") as refusal:
            propose(young, first, too_early)
        assert refusal.value.field == "closes_at"
    confirm_closing(propose(young, first, earliest), member=second)

    assert young.closes_at == earliest


def test_time_spent_suspended_does_not_count_in_the_fifteen_days(first: Membership) -> None:
    now = clock.now()
    young = a_consultation(opens_at=now - 12 * DAY, closes_at=now + 20 * DAY)
    body = first.collectivity
    young.project.collectivity, young.project.collectivity_id = body, body.id
    suspend(young, now - 8 * DAY)
    resume(young, now - 4 * DAY)
    earliest = earliest_closing(young.opens_at, body.timezone) + 4 * DAY

    with pytest.raises(Invalid, match="quinze jours"):
        propose(young, first, earliest - SECOND)
    propose(young, first, earliest)


def test_the_moment_lies_between_now_and_the_closing_announced(
    consultation: Consultation, first: Membership
) -> None:
    for wrong in (clock.now() - SECOND, consultation.closes_at, consultation.closes_at + DAY):
        with pytest.raises(Invalid) as refusal:
            propose(consultation, first, wrong)
        assert refusal.value.field == "closes_at"


def test_one_proposal_waits_at_a_time_unless_its_moment_has_passed(
    consultation: Consultation, first: Membership, second: Membership
) -> None:
    proposal = propose(consultation, first, clock.now() + DAY)
    with pytest.raises(AlreadyDone):
        propose(consultation, first, None)

    with clock.pretend(clock.now() + 2 * DAY):
        with pytest.raises(NotPossibleNow):
            confirm_closing(proposal, member=second)
        propose(consultation, first, None)

    assert proposal.outcome is ProposalOutcome.LAPSED


def test_the_database_keeps_one_waiting_proposal(consultation: Consultation, first: Membership) -> None:
    propose(consultation, first, None)

    db.session.add(ClosingProposal(consultation_id=consultation.id, reason="Une autre."))

    with pytest.raises(IntegrityError):
        db.session.flush()


def test_a_proposal_expires_with_the_regular_closing(
    consultation: Consultation, first: Membership, second: Membership
) -> None:
    proposal = propose(consultation, first, None)

    with clock.pretend(consultation.closes_at), pytest.raises(NotPossibleNow):
        confirm_closing(proposal, member=second)

    assert changes_of(consultation) == []


def test_while_suspended_it_is_neither_proposed_nor_confirmed_but_may_be_refused(
    consultation: Consultation, first: Membership, second: Membership
) -> None:
    proposal = propose(consultation, first, None)
    suspend(consultation, clock.now())

    with pytest.raises(NotPossibleNow):
        confirm_closing(proposal, member=second)
    refuse_closing(proposal, member=second)
    with pytest.raises(NotPossibleNow):
        propose(consultation, first, None)


def test_a_draft_and_a_closed_one_are_not_closed_early() -> None:
    for other in (a_consultation(announced=False), a_closed_consultation()):
        with pytest.raises(NotPossibleNow):
            propose(other, a_member(Role.MODERATOR, other.project.collectivity), None)


def test_it_can_still_be_made_longer_afterwards(
    consultation: Consultation, first: Membership, second: Membership
) -> None:
    confirm_closing(propose(consultation, first, clock.now() + DAY), member=second)
    later = clock.now() + 5 * DAY

    extend_consultation(consultation, closes_at=later, reason="Finalement.", member=first)

    assert consultation.closes_at == consultation.project.closes_at == later


def test_two_people_close_it_from_the_back_office_and_everyone_reads_why(
    visitor: FlaskClient,
    sign_in: SignIn,
    consultation: Consultation,
    first: Membership,
    second: Membership,
) -> None:
    page, public = page_of(consultation), f"/consultations/{consultation.slug}"
    sign_in(visitor, first.person)
    sent = post_form(visitor, f"{page}/clore-plus-tot", closes_at="", reason="Plus personne ne répond.")
    assert sent.status_code == 302 and "Plus personne" not in visitor.get(public).text
    proposal = waiting_proposal(consultation)
    assert proposal is not None
    answer = f"{page}/clore-plus-tot/{proposal.id}"
    own = visitor.get(answer).text
    assert "Vous avez fait cette proposition" in own and 'value="confirm"' not in own
    refused = post_form(visitor, answer, answer="confirm")
    assert refused.status_code == 422 and "une autre personne doit confirmer" in refused.text

    sign_in(visitor, second.person)
    assert answer in visitor.get(f"/gestion/{consultation.project.collectivity.slug}").text
    assert post_form(visitor, answer).status_code == 422
    confirmed = post_form(visitor, answer, answer="confirm")

    assert confirmed.status_code == 302
    shown = visitor.get(public).text
    assert "Clôture avancée le" in shown and "Plus personne ne répond." in shown
    assert "Cheffe de projet" in shown and "Directeur général" in shown
    assert first.person.display_name not in shown
    thread = visitor.get(f"/projets/{consultation.project.slug}").text
    assert "Clôture de la consultation avancée" in thread and "Directeur général" in thread
    assert post_form(visitor, answer, answer="confirm").status_code == 422


def test_a_moment_too_early_is_refused_beside_its_field(
    visitor: FlaskClient, sign_in: SignIn, first: Membership
) -> None:
    young = a_consultation(opens_at=clock.now() - DAY, closes_at=clock.now() + 30 * DAY)
    young.project.collectivity, young.project.collectivity_id = first.collectivity, first.collectivity_id
    sign_in(visitor, first.person)

    sent = post_form(visitor, f"{page_of(young)}/clore-plus-tot", closes_at="", reason="Texte gardé.")

    assert sent.status_code == 422
    assert "Texte gardé." in sent.text and 'id="closes_at-error"' in sent.text


def test_a_proposal_is_found_under_its_own_consultation_only(
    visitor: FlaskClient, sign_in: SignIn, consultation: Consultation, first: Membership
) -> None:
    other = a_consultation(opens_at=clock.now() - 20 * DAY)
    proposal = a_closing_proposal(other)
    sign_in(visitor, first.person)

    for number in (proposal.id, 999_999, 2**80):
        assert visitor.get(f"{page_of(consultation)}/clore-plus-tot/{number}").status_code == 404

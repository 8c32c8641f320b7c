"""Accepting, hiding and restoring a text: the verbs."""

from collections.abc import Callable

import pytest

from participation.activity.models import Event
from participation.collectivities.models import Role
from participation.contributions.models import Visibility
from participation.foundation.database import db
from participation.foundation.errors import AlreadyDone, Invalid, NotAllowed, NotPossibleNow
from participation.moderation.actions import (
    accept_contribution,
    accept_several,
    hide_contribution,
    restore_contribution,
)
from participation.moderation.models import Report, Rule
from participation.moderation.queries import hiding_rules
from tests.factories.accounts import a_person
from tests.factories.collectivities import a_collectivity, a_member
from tests.factories.consultations import a_participant
from tests.factories.contributions import a_contribution
from tests.factories.moderation import (
    REASON,
    a_hidden_contribution,
    a_moderator_of,
    a_report,
    an_appeal,
    town_of,
)

Mails = Callable[[], list[str]]


def test_accepting_publishes_a_text_that_waited() -> None:
    contribution = a_contribution(visibility=Visibility.PENDING)

    accept_contribution(contribution, member=a_moderator_of(contribution))

    assert contribution.visibility is Visibility.PUBLISHED


def test_accepting_a_reported_text_answers_its_reports_and_no_other() -> None:
    report, other = a_report(), a_report()

    accept_contribution(report.contribution, member=a_moderator_of(report.contribution))
    db.session.expire_all()

    assert report.handled_at is not None
    assert other.handled_at is None


def test_a_text_is_accepted_once() -> None:
    contribution = a_contribution(visibility=Visibility.PENDING)
    member = a_moderator_of(contribution)
    accept_contribution(contribution, member=member)

    with pytest.raises(AlreadyDone):
        accept_contribution(contribution, member=member)


@pytest.mark.parametrize(("rule", "reason"), [(None, REASON), (Rule.ATTACK, ""), (Rule.ATTACK, "   non   ")])
def test_nothing_is_hidden_without_a_rule_and_a_reason(rule: Rule | None, reason: str) -> None:
    contribution = a_contribution()

    with pytest.raises(Invalid):
        hide_contribution(contribution, rule=rule, reason=reason, member=a_moderator_of(contribution))

    assert contribution.visibility is Visibility.PUBLISHED


def test_the_author_of_a_hidden_text_is_told_the_rule_the_reason_and_how_to_appeal(mails: Mails) -> None:
    author = a_person(email="gil@mail.example", language="en")
    contribution = a_contribution(participant=a_participant(person=author), body="Words that were hidden.")

    hide_contribution(contribution, rule=Rule.ATTACK, reason=REASON, member=a_moderator_of(contribution))
    db.session.commit()

    [mail] = mails()
    assert "gil@mail.example" in mail
    assert "No attack on a person" in mail and REASON in mail
    assert "/en/moderation/recours/" in mail
    assert "Words that were hidden." not in mail


def test_replies_survive_and_the_rule_stands_in_the_place_of_a_hidden_text() -> None:
    contribution = a_contribution()
    reply = a_contribution(parent=contribution)

    a_hidden_contribution(contribution)

    assert reply.visibility is Visibility.PUBLISHED
    assert hiding_rules([contribution.id, reply.id]) == {contribution.id: Rule.ATTACK}


def test_a_restored_text_is_public_again_and_its_author_is_told(mails: Mails) -> None:
    appeal = a_hidden_contribution()
    contribution = appeal.decision.contribution

    restore_contribution(
        contribution, reason="La phrase ne vise personne.", member=a_moderator_of(contribution)
    )
    db.session.commit()

    assert contribution.visibility is Visibility.PUBLISHED
    assert hiding_rules([contribution.id]) == {}
    # The first message is no longer true when it would be written: it is not sent.
    [mail] = mails()
    assert "La phrase ne vise personne." in mail


def test_whoever_hid_a_text_cannot_forestall_the_appeal_by_restoring_it() -> None:
    appeal = an_appeal()

    with pytest.raises(NotPossibleNow):
        restore_contribution(
            appeal.decision.contribution,
            reason="Je me ravise, tout bien pesé.",
            member=appeal.decision.decided_by,
        )


def test_nobody_decides_about_what_they_wrote() -> None:
    moderator = a_member(Role.MODERATOR)
    contribution = a_contribution(visibility=Visibility.PENDING)
    contribution.consultation.project.collectivity = moderator.collectivity
    contribution.consultation.project.collectivity_id = moderator.collectivity_id
    contribution.participant.person_id = moderator.person_id
    db.session.flush()

    with pytest.raises(NotAllowed):
        accept_contribution(contribution, member=moderator)


@pytest.mark.parametrize("role", [Role.AGENT, Role.OFFICIAL, Role.AUDITOR])
def test_other_roles_do_not_moderate(role: Role) -> None:
    contribution = a_contribution()

    with pytest.raises(NotAllowed):
        hide_contribution(
            contribution, rule=Rule.HATE, reason=REASON, member=a_member(role, town_of(contribution))
        )


def test_moderators_of_a_neighbour_do_not_moderate_here() -> None:
    contribution = a_contribution()

    with pytest.raises(NotAllowed):
        accept_contribution(contribution, member=a_member(Role.MODERATOR, a_collectivity()))


def test_a_withdrawn_text_is_left_alone() -> None:
    contribution = a_contribution(visibility=Visibility.WITHDRAWN)

    with pytest.raises(NotPossibleNow):
        restore_contribution(contribution, reason=REASON, member=a_moderator_of(contribution))


def test_several_are_accepted_but_for_those_already_dealt_with() -> None:
    waiting = a_contribution(visibility=Visibility.PENDING)
    public = a_contribution(waiting.consultation)

    accepted = accept_several([waiting, public], member=a_moderator_of(waiting))

    assert accepted == 1


def test_what_is_recorded_of_a_decision_holds_no_word_of_the_text() -> None:
    contribution = a_contribution(body="Un secret de famille.")
    a_hidden_contribution(contribution)

    event = db.session.query(Event).filter_by(action="contribution.hidden").one()

    assert event.details == {"rule": "attack"}
    assert db.session.query(Report).count() == 0

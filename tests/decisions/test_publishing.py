"""Deciding: from a published summary, every theme answered, corrected only by a further version."""

from datetime import timedelta

import pytest

from participation.decisions.actions import (
    answer_theme,
    correct_decision,
    draft_decision,
    publish_decision,
)
from participation.decisions.models import AnswerVerdict, DecisionVersion
from participation.decisions.queries import answers_for, answers_of
from participation.foundation import clock
from participation.foundation.database import db
from participation.foundation.errors import AlreadyDone, Invalid, NotAllowed, NotPossibleNow
from participation.projects.models import Outcome, Project
from participation.summaries.models import Summary
from tests.factories.decisions import Heard, a_decision, a_heard_project


def decide(heard: Heard, *, summary: Summary | None, reason: str = "") -> DecisionVersion:
    return draft_decision(
        heard.project,
        summary=summary,
        reason_without_consultation=reason,
        outcome=Outcome.REFUSED,
        title="No machine",
        body="Municipal council",
        act_number="",
        held_on=clock.today() - timedelta(days=1),
        votes="",
        reasons="It is not needed.",
        member=heard.agent,
    )


def test_a_decision_can_not_be_published_while_a_theme_has_no_answer() -> None:
    heard = a_heard_project(themes=2)
    version = decide(heard, summary=heard.summary)
    answer_theme(
        version,
        heard.themes[0],
        verdict=AnswerVerdict.REFUSED,
        answer="No.",
        reason="Too dear.",
        member=heard.agent,
    )

    with pytest.raises(NotPossibleNow):
        publish_decision(version, member=heard.administrator)


def test_publishing_gives_the_project_its_outcome() -> None:
    heard = a_heard_project()
    version = a_decision(heard)

    publish_decision(version, member=heard.administrator)

    assert heard.project.outcome is Outcome.ADOPTED_WITH_CHANGES
    assert heard.project.decided_at == version.published_at


def test_an_agent_writes_but_does_not_publish() -> None:
    heard = a_heard_project()
    version = a_decision(heard)

    with pytest.raises(NotAllowed):
        publish_decision(version, member=heard.agent)


def test_the_staff_of_another_collectivity_does_not_decide() -> None:
    heard, elsewhere = a_heard_project(), a_heard_project()
    version = a_decision(heard)

    with pytest.raises(NotAllowed):
        publish_decision(version, member=elsewhere.administrator)


def test_a_version_is_published_once() -> None:
    heard = a_heard_project()
    version = a_decision(heard)
    publish_decision(version, member=heard.administrator)

    with pytest.raises(AlreadyDone):
        publish_decision(version, member=heard.administrator)


def test_a_summary_is_decided_once() -> None:
    heard = a_heard_project()
    decide(heard, summary=heard.summary)

    with pytest.raises(AlreadyDone):
        decide(heard, summary=heard.summary)


def test_a_decision_waits_for_its_summary_to_be_published() -> None:
    heard = a_heard_project(published=False)

    with pytest.raises(NotPossibleNow):
        decide(heard, summary=heard.summary)


def test_nobody_is_asked_only_with_a_published_reason() -> None:
    heard = a_heard_project()
    other = Project(slug="unasked", collectivity=heard.collectivity, title="Unasked")
    db.session.add(other)
    db.session.flush()
    unasked = Heard(**{**vars(heard), "project": other})

    with pytest.raises(Invalid):
        decide(unasked, summary=None)
    assert decide(unasked, summary=None, reason="A court ordered it.").decision.summary is None


def test_a_consultation_can_not_be_passed_over_with_a_reason() -> None:
    heard = a_heard_project()

    with pytest.raises(NotPossibleNow):
        decide(heard, summary=None, reason="We changed our mind.")


def test_a_correction_is_a_further_version_and_leaves_the_published_one_alone() -> None:
    heard = a_heard_project()
    first = a_decision(heard, published=True)

    second = correct_decision(first.decision, member=heard.agent)
    answer_theme(
        second,
        heard.themes[0],
        verdict=AnswerVerdict.REFUSED,
        answer="No after all.",
        reason="The law.",
        member=heard.agent,
    )

    assert [row.verdict for row in answers_of(first)] == [AnswerVerdict.ADOPTED] * 2
    assert [row.verdict for row in answers_of(second)] == [AnswerVerdict.REFUSED, AnswerVerdict.ADOPTED]
    assert answers_for([heard.themes[0].id])[heard.themes[0].id].verdict is AnswerVerdict.ADOPTED


def test_words_that_stay_as_they_were_keep_their_language() -> None:
    heard = a_heard_project(themes=1)
    first = a_decision(heard, published=True)
    given = answers_of(first)[0]
    first.language = given.language = "en"
    second = correct_decision(first.decision, member=heard.agent)

    answer_theme(
        second,
        heard.themes[0],
        verdict=AnswerVerdict.ADAPTED,
        answer=given.answer,
        reason=given.reason,
        member=heard.agent,
        language="fr",
    )

    assert (second.language, answers_of(second)[0].language) == ("en", "en")


def test_a_published_answer_is_never_rewritten() -> None:
    heard = a_heard_project()
    version = a_decision(heard, published=True)

    with pytest.raises(NotPossibleNow):
        answer_theme(
            version,
            heard.themes[0],
            verdict=AnswerVerdict.REFUSED,
            answer="No.",
            reason="No.",
            member=heard.agent,
        )


def test_a_session_still_to_come_decides_nothing() -> None:
    heard = a_heard_project()

    with pytest.raises(Invalid):
        draft_decision(
            heard.project,
            summary=heard.summary,
            outcome=Outcome.ADOPTED,
            title="Yes",
            body="Council",
            act_number="",
            held_on=clock.today() + timedelta(days=5),
            votes="",
            reasons="Yes.",
            member=heard.agent,
        )

"""Findings, contributions left out, publication: the verbs."""

from datetime import timedelta

import pytest

from participation.collectivities.models import Role
from participation.contributions.actions import hold_submission
from participation.contributions.models import Choice, Stance, Visibility
from participation.foundation import clock
from participation.foundation.errors import AlreadyDone, Invalid, NotAllowed, NotPossibleNow
from participation.summaries.actions import (
    add_finding,
    change_finding,
    mark_orphan,
    mark_orphans,
    publish_summary,
    remove_finding,
)
from participation.summaries.models import FindingKind, OrphanReason
from participation.summaries.queries import (
    Wanted,
    all_chosen,
    coverage,
    is_left,
    orphans_of,
    themes_of_contribution,
)
from tests.factories.accounts import a_person
from tests.factories.collectivities import a_member
from tests.factories.consultations import a_closed_consultation, an_open_consultation
from tests.factories.contributions import a_condition, a_contribution, a_position
from tests.factories.summaries import (
    a_finding,
    a_moderator_for,
    a_published_summary,
    a_summary,
    a_theme,
    town_of,
)


def test_a_finding_rests_on_something() -> None:
    summary = a_summary()

    with pytest.raises(Invalid):
        add_finding(
            summary,
            a_theme(summary.consultation),
            kind=FindingKind.ASKED,
            text="Une phrase seule.",
            sources=[],
        )


def test_a_finding_rests_on_public_contributions_only() -> None:
    summary = a_summary()

    with pytest.raises(Invalid):
        a_finding(summary, a_contribution(summary.consultation, visibility=Visibility.HIDDEN))


def test_a_source_is_sorted_under_the_theme_and_is_no_longer_left_out() -> None:
    summary = a_summary()
    contribution = a_contribution(summary.consultation)
    mark_orphan(summary, contribution, reason=OrphanReason.OFF_TOPIC)

    finding = a_finding(summary, contribution)

    assert themes_of_contribution(contribution) == [finding.theme]
    assert orphans_of(summary) == []


def test_what_a_finding_rests_on_cannot_be_listed_as_left_out() -> None:
    summary = a_summary()
    source, other = a_contribution(summary.consultation), a_contribution(summary.consultation)
    a_finding(summary, source)

    with pytest.raises(Invalid):
        mark_orphan(summary, source, reason=OrphanReason.DUPLICATE)

    assert mark_orphans(summary, [source, other], reason=OrphanReason.DUPLICATE) == 1


def test_coverage_counts_contributions_not_sources() -> None:
    summary = a_summary()
    consultation = summary.consultation
    one, two, three, _four = (a_contribution(consultation) for _number in range(4))
    a_contribution(consultation, spoken_as="Service Accueil")
    a_finding(summary, one, two)
    a_finding(summary, one)
    mark_orphan(summary, three, reason=OrphanReason.OFF_TOPIC)

    covered = coverage(summary)

    assert (covered.sources, covered.published, covered.orphans, covered.left) == (2, 4, 1, 1)
    assert (covered.largest, covered.largest_share) == (2, 0.5)


def test_a_finding_that_is_removed_leaves_its_sources_to_be_covered() -> None:
    summary = a_summary()
    source = a_contribution(summary.consultation)
    finding = a_finding(summary, source)

    remove_finding(finding, summary, member=a_moderator_for(summary.consultation))

    assert all_chosen(summary.consultation_id, Wanted(), is_left(summary)) == [source]


def test_publishing_waits_for_the_closing() -> None:
    consultation = an_open_consultation()

    with pytest.raises(NotPossibleNow):
        a_published_summary(consultation)


def test_publishing_waits_for_every_contribution() -> None:
    consultation = a_closed_consultation()
    a_contribution(consultation)

    with pytest.raises(NotPossibleNow) as refusal:
        a_published_summary(consultation)

    assert "1 contribution" in str(refusal.value)


def test_publishing_waits_for_what_moderation_has_not_read() -> None:
    consultation = a_closed_consultation()
    a_contribution(consultation, visibility=Visibility.PENDING)

    with pytest.raises(NotPossibleNow):
        a_published_summary(consultation)


def test_publishing_waits_for_whoever_may_still_confirm() -> None:
    consultation = an_open_consultation()
    now = clock.now()
    hold_submission(consultation, a_person(account=False), kind="comment", payload={}, form_key="held")
    consultation.closes_at = now + timedelta(hours=1)

    summary, member = a_summary(consultation), a_moderator_for(consultation)
    a_finding(summary, a_contribution(consultation))
    with clock.pretend(now + timedelta(hours=2)), pytest.raises(NotPossibleNow):
        publish_summary(summary, member=member)

    with clock.pretend(now + timedelta(hours=49)):
        publish_summary(summary, member=member)

    assert summary.published_at is not None


def test_only_a_moderator_of_the_town_signs() -> None:
    summary = a_summary()
    a_finding(summary, a_contribution(summary.consultation))
    administrator = a_member(Role.ADMINISTRATOR, town_of(summary.consultation))

    for member in (administrator, a_member(Role.MODERATOR)):
        with pytest.raises(NotAllowed):
            publish_summary(summary, member=member)


def test_a_published_summary_keeps_its_figures_and_its_sentences() -> None:
    consultation = a_closed_consultation()
    first = a_contribution(consultation, stance=Stance.AGAINST)
    a_position(consultation, Choice.OPPOSED, participant=first.participant)
    condition = a_condition(consultation, support_count=3)
    member = a_moderator_for(consultation)
    summary = a_published_summary(consultation, first, condition, member=member)
    finding_id = next(iter(summary.figures["findings"]))

    condition.support_count = 50
    a_position(consultation)
    a_contribution(consultation)

    assert summary.figures["positions"] == {"favourable": 0, "conditions": 0, "opposed": 1, "information": 0}
    assert summary.figures["conditions"] == [{"ref": condition.ref, "support": 3}]
    assert summary.figures["people"]["total"] == 2
    assert summary.figures["findings"][finding_id]["stances"] == {"against": 1, "neutral": 1}
    assert coverage(summary).published == 2
    assert consultation.project.summary_published_at == summary.published_at
    with pytest.raises(AlreadyDone):
        publish_summary(summary, member=member)
    with pytest.raises(NotPossibleNow):
        a_finding(summary, first, theme=themes_of_contribution(first)[0])


def test_a_finding_has_the_language_of_whoever_wrote_its_words_last() -> None:
    summary = a_summary()
    source, member = a_contribution(summary.consultation), a_moderator_for(summary.consultation)
    finding = a_finding(summary, source, text="They ask for a desk.")

    for kind, text, language in (
        (FindingKind.ASKED, "They ask for a counter.", "en"),
        (FindingKind.FEARED, "They ask for a counter.", "fr"),
    ):
        change_finding(
            finding, summary, kind=kind, text=text, sources=[source], member=member, language=language
        )

    assert (finding.kind, finding.language) == (FindingKind.FEARED, "en")


def test_rewriting_a_finding_replaces_what_it_rests_on() -> None:
    summary = a_summary()
    before, after = a_contribution(summary.consultation), a_contribution(summary.consultation)
    finding = a_finding(summary, before)

    change_finding(
        finding,
        summary,
        kind=FindingKind.FEARED,
        text="Une autre phrase.",
        sources=[after],
        member=a_moderator_for(summary.consultation),
    )

    assert all_chosen(summary.consultation_id, Wanted(), is_left(summary)) == [before]

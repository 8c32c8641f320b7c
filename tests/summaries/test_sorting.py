"""Themes and the sorting bench: verbs and pages."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from participation.accounts.models import Person
from participation.collectivities.models import Role
from participation.contributions.models import Visibility
from participation.foundation.database import db
from participation.foundation.errors import AlreadyDone, Invalid, NotAllowed, NotPossibleNow
from participation.summaries.actions import add_theme, assign_theme, move_theme, unassign_theme
from participation.summaries.models import ThemeAssignment
from participation.summaries.queries import count_unsorted, theme_sizes, themes_of
from tests.factories.collectivities import a_member
from tests.factories.consultations import a_closed_consultation
from tests.factories.contributions import a_contribution
from tests.factories.summaries import (
    a_finding,
    a_moderator_for,
    a_published_summary,
    a_summary,
    a_theme,
    town_of,
)
from tests.forms import post_form

SignIn = Callable[[FlaskClient, Person], None]


def test_two_themes_of_one_consultation_never_share_a_name() -> None:
    consultation = a_closed_consultation()
    add_theme(consultation, name="La voix")

    with pytest.raises(AlreadyDone):
        add_theme(consultation, name=" La voix ")

    assert add_theme(a_closed_consultation(), name="La voix").position == 1


def test_a_contribution_is_sorted_once_under_a_theme_and_may_have_several() -> None:
    contribution = a_contribution()
    first, second = a_theme(contribution.consultation), a_theme(contribution.consultation)

    for theme in (first, first, second):
        assign_theme(contribution, theme)

    assert db.session.query(ThemeAssignment).count() == 2


def test_a_contribution_of_another_consultation_is_refused() -> None:
    with pytest.raises(Invalid):
        assign_theme(a_contribution(), a_theme())


def test_only_public_words_of_residents_are_counted_as_unsorted() -> None:
    consultation = a_closed_consultation()
    sorted_already = a_contribution(consultation)
    a_theme(consultation, sorted_already)
    a_contribution(consultation)
    a_contribution(consultation, visibility=Visibility.HIDDEN)
    a_contribution(consultation, spoken_as="Service Accueil")
    a_contribution()

    assert count_unsorted(consultation.id) == 1


def test_themes_change_places() -> None:
    consultation = a_closed_consultation()
    first, second = a_theme(consultation), a_theme(consultation)
    member = a_moderator_for(consultation)

    move_theme(second, up=True, member=member)
    move_theme(second, up=True, member=member)

    assert themes_of(consultation) == [second, first]


def test_what_a_finding_rests_on_stays_under_its_theme() -> None:
    consultation = a_closed_consultation()
    source, other = a_contribution(consultation), a_contribution(consultation)
    theme = a_theme(consultation, source, other)
    a_finding(a_summary(consultation), source, theme=theme)

    unassign_theme([source, other], theme, member=a_moderator_for(consultation))

    assert theme_sizes(consultation.id) == {theme.id: 1}


@pytest.mark.parametrize("role", [Role.AGENT, Role.OFFICIAL, Role.AUDITOR])
def test_other_roles_do_not_write_summaries(role: Role) -> None:
    consultation = a_closed_consultation()

    with pytest.raises(NotAllowed):
        add_theme(consultation, name="La voix", member=a_member(role, town_of(consultation)))


def test_themes_of_a_published_summary_no_longer_change() -> None:
    summary = a_published_summary()

    with pytest.raises(NotPossibleNow):
        add_theme(summary.consultation, name="Trop tard")


def test_themes_are_added_renamed_and_moved_through_the_pages(visitor: FlaskClient, sign_in: SignIn) -> None:
    consultation = a_closed_consultation()
    first, second = a_theme(consultation), a_theme(consultation)
    sign_in(visitor, a_moderator_for(consultation).person)
    address = f"/en/gestion/{town_of(consultation).slug}/syntheses/{consultation.slug}/themes"

    added = post_form(visitor, address, name="Keeping the voices", description="")
    twice = post_form(visitor, address, name="Keeping the voices", description="")
    renamed = post_form(visitor, f"{address}/{first.id}", name="Announcing", description="Its first words")
    moved = post_form(visitor, address, to=f"{address}/{second.id}/place", direction="up")

    assert [page.status_code for page in (added, twice, renamed, moved)] == [302, 422, 302, 302]
    names = [theme.name for theme in themes_of(consultation)]
    assert names == [second.name, "Announcing", "Keeping the voices"]


def test_contributions_are_searched_ticked_and_sorted_together(visitor: FlaskClient, sign_in: SignIn) -> None:
    consultation = a_closed_consultation()
    found = a_contribution(consultation, body="Le micro écoute toute la rue.")
    other = a_contribution(consultation, body="Et le prix ?")
    theme = a_theme(consultation)
    sign_in(visitor, a_moderator_for(consultation).person)
    address = f"/en/gestion/{town_of(consultation).slug}/syntheses/{consultation.slug}/classer"

    page = visitor.get(f"{address}?q=MICRO")
    refused = post_form(visitor, address, refs=[found.ref])
    unticked = post_form(visitor, address, theme=str(theme.id))
    done = post_form(visitor, address, theme=str(theme.id), refs=[found.ref, "\x00"])

    assert found.ref in page.text and other.ref not in page.text
    assert refused.status_code == unticked.status_code == 422
    assert "checked" in refused.text
    assert "1 contribution sorted" in visitor.get(done.location).text
    assert theme_sizes(consultation.id) == {theme.id: 1}
    assert count_unsorted(consultation.id) == 1


@pytest.mark.parametrize(
    "query", ["?theme=99999999999999999999", "?show=x&page=-1", "?q=%25%00", "?page=999999"]
)
def test_unknown_filters_are_ignored(visitor: FlaskClient, sign_in: SignIn, query: str) -> None:
    consultation = a_closed_consultation()
    sign_in(visitor, a_moderator_for(consultation).person)

    page = visitor.get(f"/gestion/{town_of(consultation).slug}/syntheses/{consultation.slug}/classer{query}")

    assert page.status_code == 200

"""Writing the AI charter of a collectivity, and publishing it."""

import pytest

from participation.collectivities.ai_charter.actions import (
    ArticleConflict,
    add_article,
    edit_article,
    publish_charter,
    remove_article,
)
from participation.collectivities.ai_charter.models import CharterHeading
from participation.collectivities.ai_charter.queries import (
    charter_in_force,
    charter_version,
    working_article,
    working_articles,
)
from participation.collectivities.ai_charter.reading import changes_between, read
from participation.collectivities.models import Collectivity, Role
from participation.foundation.errors import AlreadyDone, Invalid, NotAllowed, NotPossibleNow
from tests.factories.ai_charter import a_charter
from tests.factories.collectivities import a_collectivity, a_member


@pytest.fixture
def collectivity() -> Collectivity:
    return a_collectivity()


def test_a_version_is_frozen_whatever_is_written_afterwards(collectivity: Collectivity) -> None:
    a_charter(collectivity)
    article = working_article(collectivity, "personne")
    assert article is not None

    edit_article(collectivity, article, heading=article.heading, title="Autre titre", text="Autre texte")

    charter = charter_in_force(collectivity)
    assert charter is not None and charter.number == collectivity.charter_number == 1
    assert [(one.number, one.title) for one in charter.articles] == [
        (1, "Une personne en face"),
        (2, "L’énergie est publiée"),
    ]


def test_the_same_charter_is_published_once_and_an_empty_one_never(collectivity: Collectivity) -> None:
    with pytest.raises(NotPossibleNow):
        publish_charter(collectivity, reason="Rien")
    a_charter(collectivity)

    with pytest.raises(AlreadyDone):
        publish_charter(collectivity, reason="Encore")
    with pytest.raises(Invalid):
        publish_charter(collectivity, reason="")


def test_what_changed_is_told_article_by_article_whatever_moved(collectivity: Collectivity) -> None:
    first = a_charter(collectivity)
    energy, person = (working_article(collectivity, key) for key in ("energie", "personne"))
    assert energy is not None and person is not None
    edit_article(collectivity, energy, heading=energy.heading, title=energy.title, text="Chiffrée.", place=1)
    add_article(collectivity, heading=CharterHeading.GOVERNANCE, title="Un registre", text="Public.")
    remove_article(collectivity, person)
    second = publish_charter(collectivity, reason="Revue")

    changes = changes_between(read(first), read(second))

    told = [
        (one.before.text if one.before else None, one.after.text if one.after else None) for one in changes
    ]
    assert told == [
        ("Le registre la donne.", "Chiffrée."),
        (None, "Public."),
        ("Un guichet reste ouvert.", None),
    ]


def test_a_charter_put_in_another_order_is_another_version_in_which_no_article_changed(
    collectivity: Collectivity,
) -> None:
    first = a_charter(collectivity)
    energy = working_article(collectivity, "energie")
    assert energy is not None
    edit_article(collectivity, energy, heading=energy.heading, title=energy.title, text=energy.text, place=1)

    second = publish_charter(collectivity, reason="Autre ordre")

    assert [one.key for one in working_articles(collectivity)] == ["energie", "personne"]
    assert changes_between(read(first), read(second)) == []


def test_a_title_is_taken_once_but_may_be_used_again_when_its_article_was_renamed(
    collectivity: Collectivity,
) -> None:
    words = {"heading": CharterHeading.ETHICS, "text": "Texte."}
    first = add_article(collectivity, title="Transparence", **words)
    with pytest.raises(AlreadyDone):
        add_article(collectivity, title="Transparence", **words)
    edit_article(collectivity, first, heading=first.heading, title="Dire la machine", text="Texte.")

    second = add_article(collectivity, title="Transparence", **words)

    assert first.key == "transparence" and second.key.startswith("transparence-")


def test_a_newer_text_of_a_colleague_is_not_overwritten(collectivity: Collectivity) -> None:
    a_charter(collectivity)
    article = working_article(collectivity, "personne")
    assert article is not None
    words = {"heading": article.heading, "title": article.title}
    edit_article(collectivity, article, **words, text="Le premier", revision=1)

    with pytest.raises(ArticleConflict):
        edit_article(collectivity, article, **words, text="Le mien", revision=1)

    assert (article.text, article.revision) == ("Le premier", 2)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_nobody_but_an_administrator_of_the_place_writes_or_publishes(
    collectivity: Collectivity, role: Role
) -> None:
    a_charter(collectivity)
    article = working_article(collectivity, "personne")
    assert article is not None
    words = {"heading": CharterHeading.ETHICS, "title": "Un titre", "text": "Texte."}

    for member in (a_member(role, collectivity), a_member(Role.ADMINISTRATOR)):
        with pytest.raises(NotAllowed):
            add_article(collectivity, member=member, **words)
        with pytest.raises(NotAllowed):
            edit_article(collectivity, article, member=member, **words)
        with pytest.raises(NotAllowed):
            remove_article(collectivity, article, member=member)
        with pytest.raises(NotAllowed):
            publish_charter(collectivity, reason="Adoptée", member=member)


def test_a_number_of_another_collectivity_is_not_this_one(collectivity: Collectivity) -> None:
    a_charter(a_collectivity())

    assert charter_version(collectivity, 1) is None and charter_in_force(collectivity) is None

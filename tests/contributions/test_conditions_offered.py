"""«Yes, if»: the conditions shown first, and those that say nearly the same as one's own."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from participation.accounts.models import Person
from participation.consultations.models import Consultation
from participation.contributions.models import Contribution, Kind, Visibility
from participation.contributions.queries import (
    alike,
    conditions_of,
    offered_conditions,
)
from participation.foundation.database import db
from tests.factories.accounts import a_person
from tests.factories.consultations import an_open_consultation
from tests.factories.contributions import a_condition, a_contribution, a_question, contributions_of_person
from tests.factories.projects import a_project
from tests.forms import post_form

SignIn = Callable[[FlaskClient, Person], None]

REWORDINGS = [
    ("La touche 0 mène à un agent à tout moment", "Touche 0 pour avoir un agent à tout moment"),
    ("Qu’on puisse toujours parler à une personne", "Que l’on puisse toujours parler à un agent"),
    ("Le taux d’échec est publié chaque mois", "Publier chaque mois le taux d'échec"),
    ("La première phrase dit que c’est un robot", "DIRE dès la première phrase que c'est un robot"),
    ("Que les données restent en France", "Les donnees doivent rester en France"),
    ("Pas de caméras à côté des écoles", "pas de caméra près des écoles"),
    ("Un agent vérifie chaque réponse", "Chaque réponse est vérifiée par un agent"),
]
OTHERS = [
    ("Que les données restent en France", "Que les agents restent en poste"),
    ("Un agent vérifie chaque réponse", "Un habitant vérifie chaque facture"),
    ("Le taux d’échec est publié chaque mois", "Le coût est publié chaque année"),
    ("Que ce soit gratuit", "Que ce soit réversible"),
    ("Que les voix soient gardées un mois", "Que les voix ne soient pas gardées un mois"),
]


def bodies(found: list[Contribution]) -> list[str]:
    return [one.body for one in found]


def several_conditions(supports: list[int]) -> Consultation:
    """Returns a consultation with conditions named A, B, C… from the oldest, each with so many supports."""
    consultation = an_open_consultation()
    for number, count in enumerate(supports):
        a_condition(consultation, body=chr(ord("A") + number), support_count=count)
    return consultation


def test_the_most_supported_and_the_newest_are_shown_in_turn() -> None:
    consultation = several_conditions([9, 8, 7, 0, 0, 0])

    offered = offered_conditions(consultation, size=4)

    assert bodies(offered.shown) == ["A", "F", "B", "E"]
    assert offered.others == 2


def test_what_one_supports_comes_first_and_takes_nobodys_place() -> None:
    consultation = several_conditions([9, 8, 7, 0, 0, 0])
    own = next(one for one in conditions_of(consultation) if one.body == "C")

    offered = offered_conditions(consultation, {own.id}, size=2)

    assert bodies(offered.shown) == ["C", "A", "F"]
    assert offered.others == 3


def test_without_conditions_nothing_is_offered() -> None:
    assert offered_conditions(an_open_consultation()).shown == []


@pytest.mark.parametrize(("known", "typed"), REWORDINGS)
def test_the_same_in_other_words_is_found(known: str, typed: str) -> None:
    condition = a_condition(body=known)

    assert alike(condition.consultation, Kind.CONDITION, typed) == [condition]


@pytest.mark.parametrize(("known", "typed"), OTHERS)
def test_what_only_sounds_alike_is_not_offered(known: str, typed: str) -> None:
    condition = a_condition(body=known)

    assert alike(condition.consultation, Kind.CONDITION, typed) == []


def test_only_what_everybody_can_read_here_is_offered() -> None:
    words = "Le taux d’échec est publié chaque mois"
    consultation = an_open_consultation()
    a_condition(consultation, body=words, visibility=Visibility.PENDING)
    a_condition(consultation, body=words, visibility=Visibility.HIDDEN)
    a_condition(body=words)
    a_contribution(consultation, body=words)

    assert alike(consultation, Kind.CONDITION, words) == []
    assert alike(consultation, Kind.CONDITION, "…") == []


def test_before_a_condition_is_sent_what_says_it_already_is_offered(
    visitor: FlaskClient, sign_in: SignIn
) -> None:
    known = a_condition(body="Publier chaque mois le taux d’échec")
    person = a_person()
    sign_in(visitor, person)
    page = f"/consultations/{known.consultation.slug}/avis"
    typed = {
        "choice": "conditions",
        "new_condition": "Le taux d’échec publié chaque mois",
        "body": "Parce que.",
    }

    asked = post_form(visitor, page, **typed)
    assert asked.status_code == 422 and contributions_of_person(person) == []
    assert known.body in asked.text and "Le taux d’échec publié chaque mois" in asked.text

    post_form(visitor, page, **typed, alike=known.ref)
    db.session.refresh(known)
    assert bodies(contributions_of_person(person)) == ["Parce que."]
    assert known.support_count == 1


def test_one_may_say_it_all_the_same_in_ones_own_words(visitor: FlaskClient, sign_in: SignIn) -> None:
    known = a_condition(body="Publier chaque mois le taux d’échec")
    person = a_person()
    sign_in(visitor, person)

    post_form(
        visitor,
        f"/consultations/{known.consultation.slug}/avis",
        choice="conditions",
        new_condition="Le taux d’échec publié chaque mois",
        alike="own",
    )

    db.session.refresh(known)
    assert bodies(contributions_of_person(person)) == ["Le taux d’échec publié chaque mois"]
    assert known.support_count == 0


def test_a_question_asked_already_is_offered_with_its_page(visitor: FlaskClient, sign_in: SignIn) -> None:
    known = a_question(a_project(), body="Combien coûte le contrat par an ?")
    person = a_person()
    sign_in(visitor, person)
    page = f"/projets/{known.project.slug}/questions/poser"

    asked = post_form(visitor, page, body="Combien le contrat coûte-t-il par an ?")
    read = post_form(visitor, page, body="Combien le contrat coûte-t-il par an ?", alike=known.ref)

    assert asked.status_code == 422 and known.body in asked.text
    assert read.location.endswith(f"/contributions/{known.ref}")
    assert contributions_of_person(person) == []

"""Nobody passes for the collectivity, its staff or an elected person; people keep their own names."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from participation.accounts.models import Person
from participation.collectivities.models import Collectivity, Role
from participation.collectivities.names import require_free_name
from participation.consultations.models import Participant
from participation.contributions.models import PendingSubmission
from participation.foundation.database import db
from participation.foundation.errors import Invalid
from participation.foundation.lookalikes import skeleton
from tests.factories.accounts import a_person
from tests.factories.collectivities import a_collectivity, a_member
from tests.factories.consultations import an_open_consultation
from tests.factories.projects import a_project
from tests.forms import post_form

OPINION = {"choice": "favourable", "body": "Le soir surtout.", "email": "nora@mail.example"}


@pytest.mark.parametrize(
    "name",
    [
        "mairie", "Le maire", "LA MAIRIE", "Mairie de Villeneuve", "M. le Maire", "Maire", "l’élu",
        "Modérateur",
        "Modération", "Administrateur", "admin", "root", "support", "Service de l’eau", "Conseil municipal",
        "Participation", "Adjointe à la maire", "Conseillère municipale déléguée",
        # Cyrillic, Greek, accents, figures, two letters for one, full width, mathematical, circled.
        "Маire", "ΜΑΙRΙΕ", "Mairìe", "Ma1rie", "rnairie", "adrninistrateur", "Мodérateur",
        "ＭＡＩＲＩＥ", "𝓜airie", "ⓜairie",
        # Invisible signs, marks, letters set apart, a claim beside a name.
        "m\u200bairie", "m\u0336a\u0336irie", "m a i r i e",
        "Camille (mairie)", "Camille, modératrice", "Camille – Mairie",
        # This very collectivity, its staff, its elected people.
        "Ville de Villeneuve-sur-Lys", "Villeneuve sur Lys", "Responsable de l’accueil", "Odile Mercier",
    ],
)  # fmt: skip
def test_a_name_that_passes_for_somebody_official_is_refused(name: str, body: Collectivity) -> None:
    with pytest.raises(Invalid) as refusal:
        require_free_name(name, [body])

    assert refusal.value.field == "display_name"


@pytest.mark.parametrize(
    "name",
    [
        "Paul Lemaire", "Lemaire", "Sophie Maire", "Bruno Le Maire", "Marie Service", "Marie", "Claire",
        "Mairead",
        "Jean-Pierre", "Élodie", "Elias", "Adam", "Modeste", "Servane", "Иван Петров", "Νίκος",
        "Habitante du quartier",
        "Villeneuvois en colère", "Odile", "O. Mercier", "Camille 62", "👩\u200d🚒 Nora", "",
    ],
)  # fmt: skip
def test_people_keep_their_names(name: str, body: Collectivity) -> None:
    require_free_name(name, [body])


def test_skeletons_are_what_the_eye_reads() -> None:
    assert skeleton("Маіrìе  de\u200b rner") == skeleton("mairie de mer")


def test_a_guest_is_told_beside_the_name_and_loses_nothing(visitor: FlaskClient, body: Collectivity) -> None:
    consultation = an_open_consultation(a_project(body))
    db.session.commit()

    answer = post_form(visitor, f"/consultations/{consultation.slug}/avis", display_name="Маirie", **OPINION)

    assert answer.status_code == 422
    assert 'id="display_name-error"' in answer.text
    assert OPINION["body"] in answer.text
    assert db.session.query(PendingSubmission).count() == 0


def test_an_account_may_not_take_the_name_of_any_collectivity(
    visitor: FlaskClient, sign_in: Callable[[FlaskClient, Person], None], body: Collectivity
) -> None:
    sign_in(visitor, a_person())

    answer = post_form(visitor, "/compte/nom", display_name="Villeneuve-sur-Lys", language="fr")

    assert answer.status_code == 422


def test_whoever_speaks_for_the_collectivity_may_carry_its_name(
    visitor: FlaskClient, sign_in: Callable[[FlaskClient, Person], None], body: Collectivity
) -> None:
    consultation = an_open_consultation(a_project(body))
    sign_in(visitor, a_member(Role.AGENT, body).person)

    answer = post_form(
        visitor, f"/consultations/{consultation.slug}/avis", display_name="Mairie", choice="favourable"
    )

    assert answer.status_code == 302
    assert db.session.query(Participant).one().display_name == "Mairie"


@pytest.mark.parametrize(
    ("typed", "status", "kept"),
    [("No\u202era", 302, "Nora"), ("No\u200bra\n Diaz", 302, "Nora Diaz"), ("N" + "\u0301" * 9, 422, None)],
)
def test_signs_that_turn_or_hide_are_taken_out_of_names_and_piles_of_accents_refused(
    visitor: FlaskClient, body: Collectivity, typed: str, status: int, kept: str | None
) -> None:
    consultation = an_open_consultation(a_project(body))
    db.session.commit()

    answer = post_form(visitor, f"/consultations/{consultation.slug}/avis", display_name=typed, **OPINION)

    assert answer.status_code == status
    held = db.session.query(PendingSubmission).one_or_none()
    assert (held.payload["display_name"] if held else None) == kept


@pytest.fixture
def body() -> Collectivity:
    body = a_collectivity(name="Villeneuve-sur-Lys", display_name="Ville de Villeneuve-sur-Lys")
    a_member(Role.AGENT, body, function="Responsable de l’accueil")
    a_member(Role.OFFICIAL, body, person=a_person(display_name="Odile Mercier"), function="Adjointe")
    db.session.commit()
    return body

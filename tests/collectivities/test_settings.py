"""The settings of a collectivity: what is refused, where they show."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from participation.accounts.models import Person
from participation.collectivities.contrast import contrast
from participation.collectivities.models import Collectivity, Role
from participation.foundation.database import db
from participation.foundation.errors import AlreadyDone
from tests.factories.collectivities import a_collectivity, a_member
from tests.forms import post_form

SignIn = Callable[[FlaskClient, Person], None]
FILLED = {"display_name": "Ville de Test", "name": "Test", "accent": "#1F5A4C", "timezone": "Indian/Reunion"}


@pytest.fixture
def town(visitor: FlaskClient, sign_in: SignIn) -> Collectivity:
    administrator = a_member(Role.ADMINISTRATOR)
    sign_in(visitor, administrator.person)
    return administrator.collectivity


def test_settings_show_on_the_legal_notice(visitor: FlaskClient, town: Collectivity) -> None:
    form = f"/gestion/{town.slug}/reglages"

    answer = post_form(
        visitor,
        form,
        **FILLED,
        siret="217 500 016 00019",
        population="32 000",
        publication_director="La maire",
    )

    assert answer.location == form
    changed = db.session.get_one(Collectivity, town.id)
    assert (changed.siret, changed.population, changed.timezone) == (
        "21750001600019",
        32000,
        "Indian/Reunion",
    )
    legal = visitor.get("/mentions-legales").text
    assert "La maire" in legal
    assert "21750001600019" in legal


@pytest.mark.parametrize("accent", ["#FFD500", "#8A8A8A", "red", "#12345", "#6A1B4G"])
def test_an_accent_nobody_could_read_is_refused_with_what_was_typed(
    visitor: FlaskClient, town: Collectivity, accent: str
) -> None:
    answer = post_form(
        visitor, f"/gestion/{town.slug}/reglages", **{**FILLED, "accent": accent, "host": "Chez nous"}
    )

    assert answer.status_code == 422
    assert accent in answer.text
    assert "Chez nous" in answer.text
    assert db.session.get_one(Collectivity, town.id).accent == "#6A1B4D"


@pytest.mark.parametrize(
    "wrong",
    [{"population": "9" * 30}, {"population": "beaucoup"}, {"siret": "12"}, {"timezone": "Mars/Phobos"}],
)
def test_a_wrong_setting_is_refused_in_a_sentence(
    visitor: FlaskClient, town: Collectivity, wrong: dict[str, str]
) -> None:
    answer = post_form(visitor, f"/gestion/{town.slug}/reglages", **{**FILLED, **wrong})

    assert answer.status_code == 422
    assert next(iter(wrong.values())) in answer.text or "timezone" in wrong


def test_each_collectivity_has_its_colour_under_a_name_that_says_its_content(visitor: FlaskClient) -> None:
    town = a_collectivity(accent="#1F5A4C")
    db.session.commit()
    page = visitor.get(f"/collectivites/{town.slug}").text
    address = next(part for part in page.split('"') if part.startswith(f"/accent-{town.slug}-"))

    sheet = visitor.get(address)

    assert "--accent: #1F5A4C" in sheet.text
    assert "immutable" in sheet.headers["Cache-Control"]
    assert visitor.get(f"/accent-{town.slug}-000000000000.css").status_code == 404


def test_two_collectivities_cannot_share_an_address() -> None:
    a_collectivity(slug="villeneuve")

    with pytest.raises(AlreadyDone):
        a_collectivity(slug="villeneuve")


def test_contrast_is_that_of_the_standard() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#6A1B4D", "#FBF9F6") == pytest.approx(10.6, abs=0.05)

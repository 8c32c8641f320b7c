"""The demo opens its doors only over its own town."""

from flask import Flask

from participation.demo import build
from tests.factories.collectivities import a_collectivity


def test_an_empty_database_may_become_the_demo(app: Flask) -> None:
    assert build.is_empty()
    assert not build.holds_a_real_collectivity()


def test_the_fictional_town_may_be_shown_again(app: Flask) -> None:
    a_collectivity(slug="villeneuve-sur-lys")

    assert not build.is_empty()
    assert not build.holds_a_real_collectivity()


def test_a_real_collectivity_is_never_opened_to_visitors_of_a_demo(app: Flask) -> None:
    a_collectivity(slug="villeneuve-sur-lys")
    a_collectivity(slug="lille")

    assert build.holds_a_real_collectivity()

"""The public page of moderation: rules, figures, register."""

from datetime import timedelta

from flask.testing import FlaskClient

from participation.contributions.models import Visibility
from participation.foundation import clock
from participation.foundation.database import db
from participation.moderation.actions import accept_contribution
from participation.moderation.models import Rule
from participation.moderation.queries import moderation_figures
from tests.factories.consultations import a_participant
from tests.factories.contributions import a_contribution
from tests.factories.moderation import REASON, a_hidden_contribution, a_moderator_of, a_report, an_appeal


def test_the_register_shows_the_reason_but_neither_the_text_nor_its_author(visitor: FlaskClient) -> None:
    participant = a_participant(display_name="Gil du marché")
    contribution = a_contribution(participant=participant, body="Ce que personne ne lira.")
    a_hidden_contribution(contribution)
    db.session.commit()

    page = visitor.get("/en/moderation").text

    assert REASON in page and contribution.ref in page and "No attack on a person" in page
    assert "Gil du marché" not in page and "Ce que personne ne lira." not in page


def test_figures_are_those_of_the_rows() -> None:
    two_hours_ago = clock.now() - timedelta(hours=2)
    waited = a_contribution(visibility=Visibility.PENDING, created_at=two_hours_ago)
    accept_contribution(waited, member=a_moderator_of(waited))
    an_appeal(a_hidden_contribution(a_contribution(created_at=two_hours_ago)))
    a_report()

    figures = moderation_figures()

    assert (figures.accepted, figures.hidden, figures.restored) == (1, 1, 0)
    assert (figures.reports, figures.appeals, figures.appeals_reversed) == (1, 1, 0)
    assert figures.by_rule[Rule.ATTACK] == 1
    assert figures.mean_delay is not None
    assert abs(figures.mean_delay - timedelta(hours=2)) < timedelta(minutes=1)


def test_the_page_is_the_same_for_everybody_and_may_be_cached(visitor: FlaskClient) -> None:
    page = visitor.get("/moderation?page=99999999999")

    assert page.status_code == 200
    assert "Set-Cookie" not in page.headers
    assert page.headers["Cache-Control"].startswith("public")

"""A text that is gone keeps its place and its replies on every page, in every order; its words do not."""

import pytest
from flask.testing import FlaskClient

from participation.consultations.models import Consultation
from participation.contributions.actions import (
    change_visibility,
    edit_contribution,
    erase_contribution,
    submit_contribution,
)
from participation.contributions.models import Contribution, Kind, Visibility
from participation.contributions.queries import Order
from participation.foundation.database import db
from tests.factories.consultations import a_participant, an_open_consultation
from tests.factories.contributions import a_contribution
from tests.factories.projects import a_complete_project

GONE = "Des mots qui ne sont plus là"
WORDS = {
    Visibility.HIDDEN: "Hidden by moderation",
    Visibility.WITHDRAWN: "Withdrawn by its author.",
    Visibility.ERASED: "Erased at the request of its author.",
}


@pytest.fixture
def consultation() -> Consultation:
    return an_open_consultation(a_complete_project(slug="projet"), slug="debat")


def make_go(contribution: Contribution, visibility: Visibility) -> None:
    if visibility is Visibility.ERASED:
        erase_contribution(contribution)
    else:
        change_visibility(contribution, visibility)
    db.session.commit()


@pytest.mark.parametrize("visibility", WORDS)
def test_a_comment_that_is_gone_leaves_its_place_to_its_replies(
    visitor: FlaskClient, consultation: Consultation, visibility: Visibility
) -> None:
    comment = a_contribution(consultation, body=f"{GONE}, d’abord.")
    edit_contribution(comment, body=GONE)
    a_contribution(parent=a_contribution(parent=comment, body="Une réponse"), body="Une réponse à celle-ci")
    make_go(comment, visibility)

    discussions = [f"consultations/debat?ordre={order}" for order in Order if order is not Order.BALANCED]
    for address in ("projets/projet", "consultations/debat", f"contributions/{comment.ref}", *discussions):
        page = visitor.get(f"/en/{address}").text
        assert WORDS[visibility] in page, address
        assert page.count("Une réponse") == 2 and "Une réponse à celle-ci" in page, address
        assert GONE not in page, address
    assert visitor.get(f"/contributions/{comment.ref}/versions").status_code == 404


@pytest.mark.parametrize("visibility", WORDS)
def test_a_reply_that_is_gone_leaves_its_place_in_the_thread(
    visitor: FlaskClient, consultation: Consultation, visibility: Visibility
) -> None:
    reply = a_contribution(parent=a_contribution(consultation, body="Le début"), body=GONE)
    a_contribution(parent=reply, body="La suite")
    make_go(reply, visibility)

    for address in ("projets/projet", "consultations/debat", f"contributions/{reply.ref}"):
        page = visitor.get(f"/en/{address}").text
        assert WORDS[visibility] in page and "La suite" in page and GONE not in page, address


def test_a_reply_survives_when_all_above_it_is_gone(visitor: FlaskClient, consultation: Consultation) -> None:
    comment = a_contribution(consultation, body=GONE)
    reply = a_contribution(parent=comment, body=GONE)
    last = submit_contribution(
        a_participant(consultation), kind=Kind.COMMENT, body="La suite", reply_to=reply
    )
    for one in (comment, reply):
        make_go(one, Visibility.WITHDRAWN)

    page = visitor.get("/en/consultations/debat").text

    assert last.is_published and "La suite" in page and page.count("Withdrawn by its author.") == 2

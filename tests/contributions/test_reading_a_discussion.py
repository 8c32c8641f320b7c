"""Reading a discussion on its page: orders, tabs and subjects are plain links that keep one another."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from participation.accounts.models import Person
from participation.consultations.models import Consultation
from participation.contributions.actions import find_useful
from participation.contributions.models import Kind, Stance
from participation.foundation import clock
from participation.foundation.database import db
from participation.projects.models import OpenPoint
from tests.factories.accounts import a_person
from tests.factories.consultations import a_participant, an_open_consultation
from tests.factories.contributions import a_contribution
from tests.factories.projects import a_complete_project
from tests.forms import post_form

SignIn = Callable[[FlaskClient, Person], None]


@pytest.fixture
def consultation() -> Consultation:
    return an_open_consultation(a_complete_project(slug="projet"), slug="debat")


def test_an_order_is_kept_by_tabs_and_pages(visitor: FlaskClient, consultation: Consultation) -> None:
    for _one in range(21):
        a_contribution(consultation, stance=Stance.AGAINST)
    db.session.commit()

    page = visitor.get("/en/consultations/debat?avis=against&ordre=newest").text

    assert 'href="/en/consultations/debat?ordre=newest#discussion"' in page
    assert 'href="/en/consultations/debat?avis=against&amp;ordre=oldest#discussion"' in page
    assert 'href="/en/consultations/debat?avis=against#discussion"' in page
    following = page.partition('rel="next" href="')[2].partition('"')[0].replace("&amp;", "&")
    assert "avis=against&ordre=newest&apres=" in following
    assert visitor.get(following.partition("#")[0]).text.count('<article class="comment') == 1


def test_the_most_useful_text_stands_first_and_the_page_says_how(
    visitor: FlaskClient, consultation: Consultation
) -> None:
    useful = a_contribution(consultation, body="Le plus utile.")
    a_contribution(consultation, body="Le plus récent.")
    with clock.pretend(clock.now() - timedelta(minutes=1)):
        find_useful(a_participant(consultation), useful)
    db.session.commit()

    page = visitor.get("/en/consultations/debat?ordre=useful").text

    assert page.index("Le plus utile.") < page.index("Le plus récent.")
    assert "Wilson" in page and "Nobody can vote a text down." in page


@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        ("ordre=x", ""),
        ("ordre=balanced&avis=all", ""),
        ("avis=for&apres=zzz", "?avis=for"),
        ("ordre=newest&apres=2.0_0.0_0.0_0", "?ordre=newest"),
        ("sur=field:rien&ordre=oldest", "?ordre=oldest"),
        ("avis=for&avis=against", "?avis=for"),
    ],
)
def test_what_nobody_here_wrote_leads_to_the_one_address_of_the_page(
    visitor: FlaskClient, consultation: Consultation, asked: str, meant: str
) -> None:
    db.session.commit()

    assert visitor.get(f"/consultations/debat?{asked}").location == f"/consultations/debat{meant}"


def test_each_answer_says_how_many_comments_are_about_it_and_leads_to_them(
    visitor: FlaskClient, consultation: Consultation
) -> None:
    on_the_budget = a_contribution(consultation, body="Trop cher.", dossier_field="budget")
    a_contribution(consultation, body="Combien ?", dossier_field="budget", kind=Kind.SERVICE_QUESTION)
    a_contribution(consultation, body="Autre chose.")
    a_contribution(parent=on_the_budget, dossier_field="budget")
    db.session.commit()

    dossier = visitor.get("/en/projets/projet/dossier").text
    discussion = visitor.get("/en/consultations/debat?sur=field:budget").text

    assert '<a href="/en/consultations/debat?sur=field:budget#discussion">1 comment</a>' in dossier
    assert "Trop cher." in discussion and "Autre chose." not in discussion
    assert 'href="/en/consultations/debat#discussion">Show the whole discussion' in discussion


def test_a_comment_begins_on_an_answer_or_a_point(visitor: FlaskClient, consultation: Consultation) -> None:
    point = db.session.query(OpenPoint).filter_by(project_id=consultation.project_id).first()
    db.session.commit()
    assert point is not None

    for subject in ("field:budget", f"point:{point.key}"):
        form = visitor.get(f"/consultations/debat/commentaire?about={subject}").text
        assert f'<option value="{subject}" selected>' in form
    assert "selected" not in visitor.get("/consultations/debat/commentaire?about=field:rien").text
    assert f"about=point:{point.key}" in visitor.get("/projets/projet").text


def test_what_is_sent_from_an_answer_is_about_it(
    visitor: FlaskClient, consultation: Consultation, sign_in: SignIn
) -> None:
    sign_in(visitor, a_person())

    post_form(
        visitor,
        "/consultations/debat/commentaire?about=field:budget",
        body="Trop cher.",
        about="field:budget",
    )

    discussion = visitor.get("/consultations/debat?sur=field:budget").text
    assert "Trop cher." in discussion

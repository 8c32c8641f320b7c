"""The pages of the AI charter: for those who write it, and for everybody."""

from collections.abc import Callable

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient

from participation.accounts.models import Person
from participation.activity.models import Event
from participation.collectivities.ai_charter.actions import (
    add_article,
    edit_article,
    publish_charter,
)
from participation.collectivities.ai_charter.models import CharterHeading
from participation.collectivities.ai_charter.queries import (
    working_article,
    working_articles,
)
from participation.collectivities.models import Collectivity, Membership, Role
from participation.foundation.database import db
from participation.projects.models import Compliance
from tests.factories.ai_charter import a_charter, a_statement
from tests.factories.collectivities import a_collectivity, a_member
from tests.factories.projects import a_draft_project, a_project
from tests.forms import hidden_fields, post_form

SignIn = Callable[[FlaskClient, Person], None]
ARTICLE = {"heading": "ethics", "title": "Dire la machine", "text": "Une mention au pied.", "place": "1"}


@pytest.fixture
def collectivity() -> Collectivity:
    return a_collectivity()


def desk(collectivity: Collectivity) -> str:
    return f"/gestion/{collectivity.slug}/charte"


def page(collectivity: Collectivity) -> str:
    return f"/collectivites/{collectivity.slug}/charte"


@pytest.fixture
def administrator(collectivity: Collectivity, visitor: FlaskClient, sign_in: SignIn) -> Membership:
    member = a_member(Role.ADMINISTRATOR, collectivity, function="Directrice générale")
    sign_in(visitor, member.person)
    return member


def test_an_article_whose_title_is_the_address_of_the_form_can_be_opened(
    visitor: FlaskClient, collectivity: Collectivity, administrator: Membership
) -> None:
    article = add_article(collectivity, heading=CharterHeading.ETHICS, title="Nouveau", text="Texte.")
    db.session.commit()

    assert "Texte." in visitor.get(f"{desk(collectivity)}/articles/{article.key}").text


def test_a_charter_is_written_published_and_read_through_the_pages(
    visitor: FlaskClient, collectivity: Collectivity, administrator: Membership
) -> None:
    assert "Aucun article pour l’instant" in visitor.get(desk(collectivity)).text
    assert "n’a pas publié de charte" in visitor.get(page(collectivity)).text
    assert visitor.get(f"{page(collectivity)}/versions").status_code == 404

    assert post_form(visitor, f"{desk(collectivity)}/articles/nouveau", **ARTICLE).status_code == 302
    assert post_form(visitor, f"{desk(collectivity)}/publication", reason="Adoptée").status_code == 302

    read_by_all = visitor.get(page(collectivity)).text
    assert 'id="article-dire-la-machine"' in read_by_all and "Une mention au pied." in read_by_all
    assert "Adoptée" in read_by_all and "Directrice générale" in read_by_all
    actions = db.session.scalars(sa.select(Event.action).order_by(Event.id)).all()
    assert actions[-2:] == ["charter.article_added", "charter.published"]


def test_the_frame_of_every_page_leads_to_a_charter_once_there_is_one(
    visitor: FlaskClient, collectivity: Collectivity
) -> None:
    db.session.commit()
    assert page(collectivity) not in visitor.get("/").text
    a_charter(collectivity)
    db.session.commit()

    assert page(collectivity) in visitor.get("/").text
    assert page(collectivity) in visitor.get(f"/collectivites/{collectivity.slug}").text


def test_an_article_sent_wrongly_keeps_what_was_typed(
    visitor: FlaskClient, collectivity: Collectivity, administrator: Membership
) -> None:
    url = f"{desk(collectivity)}/articles/nouveau"

    for wrong in (
        {"heading": "nonsense"},
        {"title": ""},
        {"place": "0"},
        {"place": "1e9"},
        {"title": "x" * 121},
        {"place": "٣"},
    ):
        answer = post_form(visitor, url, **{**ARTICLE, **wrong})
        assert answer.status_code == 422 and "Une mention au pied." in answer.text
    assert working_articles(collectivity) == []


def test_two_administrators_on_one_article_lose_nothing(
    visitor: FlaskClient, collectivity: Collectivity, administrator: Membership
) -> None:
    a_charter(collectivity)
    article = working_article(collectivity, "personne")
    assert article is not None
    db.session.commit()
    url = f"{desk(collectivity)}/articles/personne"
    hidden = hidden_fields(visitor.get(url).text)
    edit_article(collectivity, article, heading="ethics", title="Un titre", text="Texte du collègue")
    db.session.commit()

    refused = visitor.post(url, data={**hidden, **ARTICLE, "text": "Mon texte"})
    sent_again = {**hidden_fields(refused.text), **ARTICLE, "text": "Les deux"}
    accepted = visitor.post(url, data=sent_again)

    assert refused.status_code == 422
    assert "Texte du collègue" in refused.text and "Mon texte" in refused.text
    kept = working_article(collectivity, "personne")
    assert accepted.status_code == 302 and kept is not None and kept.text == "Les deux"


def test_an_article_is_taken_out_once_and_earlier_versions_keep_it(
    visitor: FlaskClient, collectivity: Collectivity, administrator: Membership
) -> None:
    a_charter(collectivity)
    db.session.commit()
    url = f"{desk(collectivity)}/articles/personne/suppression"

    assert post_form(visitor, url).status_code == 302
    assert visitor.get(url).status_code == 404
    assert post_form(visitor, f"{desk(collectivity)}/publication", reason="Plus courte").status_code == 302

    assert "Une personne en face" not in visitor.get(page(collectivity)).text
    first = visitor.get(f"{page(collectivity)}/versions/1").text
    assert "Une personne en face" in first and "n’est plus en vigueur" in first
    versions = visitor.get(f"{page(collectivity)}/versions").text
    assert "Retiré" in versions and "Plus courte" in versions


@pytest.mark.parametrize("end", ["0", "2", "99999999999999999999", "x", "-1"])
def test_a_version_that_does_not_exist_is_not_found(
    visitor: FlaskClient, collectivity: Collectivity, end: str
) -> None:
    a_charter(collectivity)
    db.session.commit()

    assert visitor.get(f"{page(collectivity)}/versions/{end}").status_code == 404
    assert visitor.get("/collectivites/nulle-part/charte").status_code == 404


def test_what_is_written_in_an_article_never_becomes_markup(
    visitor: FlaskClient, collectivity: Collectivity
) -> None:
    hostile = "<script>alert(1)</script>"
    a_charter(collectivity)
    add_article(collectivity, heading=CharterHeading.ETHICS, title=hostile, text=hostile)
    publish_charter(collectivity, reason=hostile)
    project = a_project(collectivity, title=hostile)
    a_statement(project, "personne", Compliance.DEROGATES, hostile)
    db.session.commit()

    for address in (page(collectivity), f"{page(collectivity)}/versions", f"/projets/{project.slug}/dossier"):
        assert hostile not in visitor.get(address).text


def test_the_page_counts_public_projects_and_names_those_that_derogate(
    visitor: FlaskClient, collectivity: Collectivity
) -> None:
    a_charter(collectivity)
    sincere = a_project(collectivity, title="Le projet sincère")
    a_statement(sincere, "energie", Compliance.DEROGATES, "Le vendeur ne répond pas.")
    for _number in range(2):
        a_statement(a_project(collectivity), "energie", Compliance.COMPLIES)
    a_statement(a_project(collectivity), "energie", Compliance.PARTLY, "Estimée", published=False)
    a_statement(
        a_draft_project(collectivity, title="Un brouillon"),
        "energie",
        Compliance.DEROGATES,
        "Secret",
        published=False,
    )
    db.session.commit()

    text = visitor.get(page(collectivity)).text

    assert "2 projets le respectent." in text and "1 projet y déroge" in text
    assert f"/projets/{sincere.slug}/dossier#charter-energie" in text and "Le projet sincère" in text
    assert "en partie" not in text and "Un brouillon" not in text
    assert "Aucun projet public ne s’est encore prononcé" in text

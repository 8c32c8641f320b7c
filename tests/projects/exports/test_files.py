"""The files of the register at their addresses: what is in them, what is not, how they are found."""

import csv
import io
import json
import re
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from participation.contributions.models import Visibility
from participation.foundation import clock
from participation.foundation.database import db
from participation.projects.actions import answer_field, publish_dossier
from participation.projects.models import Outcome
from participation.projects.views import registers
from tests.factories.collectivities import a_collectivity
from tests.factories.consultations import a_consultation, a_suspended_consultation, an_open_consultation
from tests.factories.contributions import a_contribution
from tests.factories.decisions import a_decision, a_heard_project
from tests.factories.projects import a_complete_project, a_draft_project, a_project

FILES = ("/projets.json", "/eurocities.json", "/projets.csv", "/projets-complet.csv", "/inventaire.csv")
LISTS = (*FILES[:-1], "/inventaire.csv?tous=1")
ALL = (*LISTS, "/inventaire?tous=1", "/catalog.jsonld", "/donnees/dossiers")
HOSTILE = "=cmd|' /C calc'!A0 </script><script>alert(1)</script> \"un, deux\"\u2028"


@pytest.fixture
def two_a_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registers, "JSON_SIZE", 2)
    monkeypatch.setattr(registers, "CSV_SIZE", 2)


def rows_at(visitor: FlaskClient, address: str) -> list[dict[str, str]]:
    text = visitor.get(address).get_data().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_the_register_follows_its_published_schemas(visitor: FlaskClient) -> None:
    project = a_complete_project()
    a_suspended_consultation(project)
    a_project(imported_from="Decidim")
    a_heard = a_heard_project()
    answer_field(a_heard.project, "name", state="answered", text="Une machine")
    publish_dossier(a_heard.project, reason="Première version")
    a_decision(a_heard, published=True)
    db.session.commit()

    one = visitor.get("/schemas/dossier-1.json").json
    known = Registry().with_resource(one["$id"], Resource.from_contents(one))
    page = visitor.get("/projets.json")

    Draft202012Validator(one).validate(visitor.get(f"/projets/{project.slug}.json").json)
    Draft202012Validator(visitor.get("/schemas/projets-1.json").json, registry=known).validate(page.json)
    assert page.json["total"] == 3
    assert 'rel="license"' in page.headers["Link"] and 'rel="describedby"' in page.headers["Link"]


def test_the_same_file_twice_is_the_same_bytes_and_is_sent_once(visitor: FlaskClient) -> None:
    a_complete_project()
    db.session.commit()

    first, second = visitor.get("/projets.json"), visitor.get("/projets.json")
    again = visitor.get("/projets.json", headers={"If-None-Match": first.headers["ETag"]})

    assert first.get_data() == second.get_data() == visitor.get("/en/projets.json").get_data()
    assert again.status_code == 304


def test_a_draft_is_in_no_file(visitor: FlaskClient) -> None:
    a_complete_project()
    draft = a_draft_project(title="Projet secret")
    db.session.commit()

    assert [address for address in ALL if "Projet secret" in visitor.get(address).text] == []
    for address in (f"/projets/{draft.slug}.json", f"/projets/{draft.slug}/eurocities.json"):
        assert visitor.get(address).status_code == 404


def test_what_is_not_published_of_a_dossier_is_in_no_file(visitor: FlaskClient) -> None:
    project = a_complete_project()
    answer_field(project, "goal", state="answered", text="Un but secret", revision=1)
    a_consultation(project, announced=False, title="Une consultation secrète")
    heard = a_heard_project()
    a_decision(heard).title = "Une décision secrète"
    db.session.commit()

    for address in (*ALL, f"/projets/{project.slug}.json"):
        assert "secr" not in visitor.get(address).text, address


def test_no_contribution_is_in_a_file(visitor: FlaskClient) -> None:
    consultation = an_open_consultation(a_complete_project())
    a_contribution(consultation, body="zqparolezq")
    a_contribution(consultation, body="zqparolezq", visibility=Visibility.HIDDEN)
    db.session.commit()

    assert [address for address in ALL if "zqparolezq" in visitor.get(address).text] == []


def test_an_archive_is_only_in_our_own_format_and_says_where_it_comes_from(visitor: FlaskClient) -> None:
    archive = a_project(title="Archive importée", imported_from="Decidim")
    a_complete_project()
    db.session.commit()

    found = [address for address in ALL if "Archive importée" in visitor.get(address).text]

    assert found == ["/projets.json"]
    assert visitor.get(f"/projets/{archive.slug}.json").json["imported_from"] == "Decidim"
    assert visitor.get(f"/projets/{archive.slug}/eurocities.json").status_code == 404


def test_the_inventory_of_the_law_holds_individual_decisions_only(visitor: FlaskClient) -> None:
    chosen, other = a_complete_project(title="Places en crèche"), a_complete_project(title="Fuites d’eau")
    answer_field(
        chosen,
        "decision_type",
        state="answered",
        choice="individual_administrative_decision",
        revision=1,
    )
    publish_dossier(chosen, reason="Décision individuelle")
    db.session.commit()

    page, everything = visitor.get("/inventaire").text, visitor.get("/inventaire?tous=1").text

    label = "Nom de l'algorithme"
    assert [row[label] for row in rows_at(visitor, "/inventaire.csv")] == ["Places en crèche"]
    assert {row[label] for row in rows_at(visitor, "/inventaire.csv?tous=1")} == {
        "Places en crèche",
        "Fuites d’eau",
    }
    assert "Texte de explicit_mention." in page and other.title not in page
    assert everything.count("Texte de explicit_mention.") >= 1 and other.title in everything


def test_each_collectivity_has_its_own_files(visitor: FlaskClient) -> None:
    here, elsewhere = a_collectivity(slug="ici"), a_collectivity(slug="ailleurs")
    a_complete_project(here, title="Projet d’ici")
    a_complete_project(elsewhere, title="Projet d’ailleurs")
    db.session.commit()

    for address in LISTS:
        text = visitor.get(f"{address}{'&' if '?' in address else '?'}collectivite=ici").text
        assert "Projet d’ici" in text and "Projet d’ailleurs" not in text
    assert visitor.get("/projets.json?collectivite=nulle-part").json["total"] == 0


@pytest.mark.usefixtures("two_a_page")
def test_a_long_register_is_read_page_after_page(visitor: FlaskClient) -> None:
    titles = [f"Projet numéro {number}" for number in range(5)]
    for title in titles:
        a_project(title=title)
    db.session.commit()

    read: list[str] = []
    address: str | None = "/projets.json"
    while address:
        page = visitor.get(address.removeprefix("http://participation.example")).json
        read += [one["answers"]["name"]["text"] for one in page["projects"]]
        address = page["next"]
    csv_page = visitor.get("/projets.csv")

    assert read == titles
    assert '<http://participation.example/projets.csv?page=2>; rel="next"' in csv_page.headers["Link"]
    assert len(rows_at(visitor, "/projets.csv")) == 2 and len(rows_at(visitor, "/projets.csv?page=3")) == 1
    assert len(rows_at(visitor, "/projets.csv?page=99")) == 1


def test_hostile_words_execute_nowhere(visitor: FlaskClient) -> None:
    project = a_complete_project(title=HOSTILE, summary=HOSTILE)
    db.session.commit()

    page = visitor.get(f"/projets/{project.slug}").text
    block = _block(page)
    [row] = rows_at(visitor, "/projets.csv")

    assert page.count("<script") == page.count("</script>") and "<script>alert" not in page
    assert block["name"] == HOSTILE and block["description"] == HOSTILE
    assert row["Nom_du_projet"].startswith("'=cmd") and row["Description_service"] == f"'{HOSTILE}"
    assert visitor.get(f"/projets/{project.slug}.json").json["answers"]["name"]["text"] == HOSTILE


def test_the_page_of_a_project_tells_search_engines_who_offers_what(visitor: FlaskClient) -> None:
    body = a_collectivity(slug="ici", siret="21750001600011")
    project = a_complete_project(body, title="Un assistant vocal")
    an_open_consultation(project, title="Une machine au téléphone ?")
    db.session.commit()

    block = _block(visitor.get(f"/projets/{project.slug}").text)

    assert block["@type"] == "GovernmentService"
    assert block["provider"]["@type"] == "GovernmentOrganization"
    assert block["provider"]["identifier"] == {
        "@type": "PropertyValue",
        "propertyID": "SIRET",
        "value": "21750001600011",
    }
    assert {one["@type"] for one in block["subjectOf"]} == {"Event", "DataDownload"}
    assert {"areaServed", "audience", "serviceType", "description"} <= set(block)
    assert block["eu-aiact:hasRiskLevel"]["@id"].endswith("#RiskLevelMinimal")
    assert '"Project"' not in json.dumps(block)
    assert len(json.dumps(block)) < 2500


def test_the_catalogue_has_what_a_portal_must_find(visitor: FlaskClient) -> None:
    here, elsewhere = a_collectivity(slug="ici", email="ici@ville.example"), a_collectivity(slug="ailleurs")
    a_complete_project(here)
    a_complete_project(elsewhere)
    a_collectivity(slug="silencieuse")
    db.session.commit()

    answer = visitor.get("/catalog.jsonld")
    catalogue = json.loads(answer.text)
    whole, *each = catalogue["dcat:dataset"]

    assert answer.mimetype == "application/ld+json"
    assert catalogue["@type"] == "dcat:Catalog"
    assert all(catalogue[f"dct:{name}"] for name in ("title", "description", "publisher"))
    assert [one["dct:publisher"]["foaf:name"] for one in each] == [here.display_name, elsewhere.display_name]
    for one in (whole, *each):
        assert one["@type"] == "dcat:Dataset"
        assert one["dct:title"]["@value"] and one["dct:description"]["@value"]
        assert one["dcat:theme"]["@id"].endswith("/data-theme/GOVE")
        assert {"dct:publisher", "dct:spatial", "dct:accrualPeriodicity", "dct:license"} <= set(one)
        assert len(one["dcat:distribution"]) == 5
        for file in one["dcat:distribution"]:
            address = file["dcat:accessURL"]["@id"].removeprefix("http://participation.example")
            assert visitor.get(address).status_code == 200


def test_every_format_is_explained_with_what_it_loses(visitor: FlaskClient) -> None:
    page, in_english = visitor.get("/donnees/dossiers").text, visitor.get("/en/donnees/dossiers").text

    for address in FILES:
        assert f'href="{address}"' in page and f'href="/en{address}"' in in_english
    assert page.count('<details class="question"') == 4
    assert "Licence Ouverte 2.0" in page and "/schemas/dossier-1.json" in page


def test_pages_lead_to_their_twins(visitor: FlaskClient) -> None:
    project = a_complete_project()
    db.session.commit()

    for page in (f"/projets/{project.slug}", f"/projets/{project.slug}/dossier"):
        text = visitor.get(page).text
        assert f'<link rel="alternate" type="application/json" href="/projets/{project.slug}.json">' in text
        assert text.count(f'href="/projets/{project.slug}.json"') == 2
    text = visitor.get("/projets").text
    assert text.count('href="/projets.csv"') == 2 and 'href="/donnees/dossiers"' in text


def test_a_file_may_be_read_by_another_site_and_holds_no_cookie(visitor: FlaskClient) -> None:
    a_complete_project()
    db.session.commit()

    answer = visitor.get("/projets.csv")

    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "Set-Cookie" not in answer.headers
    assert answer.headers["Content-Disposition"] == 'attachment; filename="projets.csv"'
    assert not answer.get_data().startswith(b"\xef\xbb\xbf")
    assert visitor.get("/inventaire.csv").get_data().startswith(b"\xef\xbb\xbf")


def test_what_became_of_a_project_is_its_status(app: Flask, visitor: FlaskClient) -> None:
    today, now = clock.today(), clock.now()
    lives: dict[str, dict[str, Any]] = {
        "refused": {"decided_at": now, "outcome": Outcome.REFUSED},
        "adopted": {"decided_at": now, "outcome": Outcome.ADOPTED},
        "in_service": {"in_service_on": today},
        "without_ai": {"decided_at": now, "outcome": Outcome.WITHOUT_AI, "in_service_on": today},
        "stopped": {"in_service_on": today - timedelta(days=9), "stopped_on": today},
        "abandoned": {"stopped_on": today},
        "proposed": {},
    }
    for status, life in lives.items():
        a_project(title=status, **life)
    db.session.commit()

    found = {
        one["answers"]["name"]["text"]: one["status"]["status"]
        for one in visitor.get("/projets.json").json["projects"]
    }

    assert found == {status: status for status in lives}


def _block(page: str) -> dict[str, Any]:
    [text] = re.findall(r'<script type="application/ld\+json"[^>]*>(.*?)</script>', page, re.S)
    found: dict[str, Any] = json.loads(text)
    return found

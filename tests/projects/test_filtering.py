"""The list of projects: filters that combine, counts, a search, and never an older list than the database."""

import re
from collections import Counter
from datetime import timedelta
from random import Random

import pytest
from flask.testing import FlaskClient

from participation.foundation import clock
from participation.foundation.database import db
from participation.projects.actions import answer_field, publish_dossier, record_milestone
from participation.projects.dossier.facets import facets_of
from participation.projects.models import Project
from participation.projects.portfolio.index import COLLECTIVITY, STAGE, places_in
from participation.projects.portfolio.reading import current_index
from participation.projects.queries import published_version
from tests.architecture.listening import statements
from tests.factories.collectivities import a_collectivity
from tests.factories.consultations import an_open_consultation
from tests.factories.projects import a_draft_project, a_project


def sorted_project(**answers: str) -> Project:
    """Returns a published project that answers closed lists."""
    settings = {name: answers.pop(name) for name in ("title", "summary", "policy") if name in answers}
    project = a_draft_project(a_collectivity(), **settings)
    for field, choice in answers.items():
        answer_field(project, field, state="answered", choice=choice)
    publish_dossier(project, reason="Première version")
    return project


def shown(page: str) -> list[str]:
    return re.findall(r'<h3><a href="/projets/([^"]+)"', page)


def count_beside(page: str, key: str, value: str) -> int:
    found = re.search(rf'name="{key}" value="{value}"[^>]*>[^<]*<small>(\d+)</small>', page)
    return int(found[1]) if found else 0


def test_values_of_one_facet_add_up_and_facets_narrow(visitor: FlaskClient) -> None:
    informs = sorted_project(automation_level="information", personal_data="none")
    decides = sorted_project(automation_level="fully_automated", personal_data="none")
    sensitive = sorted_project(automation_level="information", personal_data="sensitive")
    a_project()
    db.session.commit()

    either = visitor.get("/projets?role=information&role=fully_automated&donnees=none").text

    assert set(shown(either)) == {informs.slug, decides.slug}
    assert count_beside(either, "donnees", "sensitive") == 1
    assert count_beside(either, "role", "information") == 1
    assert shown(visitor.get("/projets?role=information&donnees=sensitive").text) == [sensitive.slug]


def test_what_a_dossier_doesnt_say_can_be_looked_for(visitor: FlaskClient) -> None:
    sorted_project(personal_data="none")
    silent = a_project()
    db.session.commit()

    assert shown(visitor.get("/projets?donnees=unsaid").text) == [silent.slug]


def test_each_filter_is_said_with_a_link_that_removes_it(visitor: FlaskClient) -> None:
    sorted_project(title="Eau claire", personal_data="none", policy="water-resources")
    db.session.commit()

    page = visitor.get("/projets?q=eau&donnees=none&politique=water-resources").text
    sentence = page[page.index("Filtrés par") :]

    assert 'href="/projets?politique=water-resources&amp;q=eau"' in sentence
    assert 'href="/projets?donnees=none&amp;q=eau"' in sentence
    assert 'href="/projets?politique=water-resources&amp;donnees=none"' in sentence
    assert "Filtrés par" not in visitor.get("/projets").text


def test_words_are_looked_for_in_titles_and_summaries(visitor: FlaskClient) -> None:
    found = sorted_project(title="Les forêts", summary="Compter les chênes.")
    sorted_project(title="Les rues", summary="Compter les trous.")
    db.session.commit()

    assert shown(visitor.get("/projets?q=FORETS+chenes").text) == [found.slug]
    assert visitor.get("/projets?q=%00%27%3Cb%3E").status_code == 200


def test_more_precise_values_are_offered_once_a_policy_is_chosen(visitor: FlaskClient) -> None:
    project = a_draft_project(policy="water-resources")
    details = {"parts": {"sub_policy": "leak-detection"}}
    answer_field(project, "policy", state="answered", choice="water-resources", details=details)
    publish_dossier(project, reason="Première version")
    db.session.commit()

    assert 'name="sous-politique"' not in visitor.get("/projets").text
    assert count_beside(visitor.get("/projets?politique=water-resources").text, "sous-politique",
                        "leak-detection") == 1  # fmt: skip


def test_pages_keep_the_filters(visitor: FlaskClient) -> None:
    for _number in range(21):
        sorted_project(personal_data="none", summary="Un essai.")
    db.session.commit()

    first = visitor.get("/projets?donnees=none&q=essai").text
    following = re.search(r'rel="next" href="([^"]+)"', first)[1].replace("&amp;", "&")  # type: ignore[index]

    assert following == "/projets?donnees=none&q=essai&page=2"
    assert len(shown(first)) == 20 and len(shown(visitor.get(following).text)) == 1


def test_a_project_is_listed_the_moment_it_is_published_changed_or_gone(visitor: FlaskClient) -> None:
    project = a_draft_project(title="Un titre")
    db.session.commit()
    assert shown(visitor.get("/projets").text) == []

    publish_dossier(project, reason="Première version")
    db.session.commit()
    assert shown(visitor.get("/projets").text) == [project.slug]

    answer_field(project, "personal_data", state="answered", choice="none")
    publish_dossier(project, reason="Deuxième version")
    db.session.commit()
    assert shown(visitor.get("/projets?donnees=none").text) == [project.slug]

    record_milestone(project, stopped_on=clock.today())
    db.session.commit()
    assert shown(visitor.get("/projets?etape=refused").text) == [project.slug]

    db.session.delete(project)
    db.session.commit()
    assert shown(visitor.get("/projets").text) == []


def test_what_was_undone_is_never_taken_for_the_present(visitor: FlaskClient) -> None:
    a_project(title="Avant")
    db.session.commit()
    gone = a_project(title="Annulé").slug
    assert gone in shown(visitor.get("/projets").text)

    db.session.rollback()
    kept = a_project(title="Gardé")
    db.session.commit()

    assert kept.slug in shown(visitor.get("/projets").text)
    assert gone not in shown(visitor.get("/projets").text)


def test_a_date_that_passes_changes_the_list_though_nothing_was_written() -> None:
    project = a_project()
    opens_at = clock.now() + timedelta(days=2)
    an_open_consultation(project, opens_at=opens_at, closes_at=opens_at + timedelta(days=20))

    def stage_at(days: int) -> list[str]:
        with clock.pretend(clock.now() + timedelta(days=days)):
            return current_index(clock.now()).values_at(0, STAGE)

    assert [stage_at(days) for days in (0, 3, 30, 0)] == [
        ["proposed"],
        ["in_consultation"],
        ["under_review"],
        ["proposed"],
    ]


def test_an_index_that_is_still_good_costs_one_statement() -> None:
    a_project()
    made = current_index(clock.now())

    with statements() as sent:
        again = current_index(clock.now())

    assert again is made and len(sent) == 1


@pytest.mark.parametrize("seed", range(3))
def test_every_count_of_the_list_equals_a_recount_of_the_published_dossiers(
    visitor: FlaskClient, seed: int
) -> None:
    chance = Random(seed)
    made = [
        sorted_project(
            policy=chance.choice(("water-resources", "waste-food")),
            **{field: chance.choice(values) for field, values in CLOSED.items() if chance.random() < 0.7},
        )
        for _number in range(12)
    ]
    db.session.commit()
    facets = {project.id: facets_of(published_version(project).snapshot) for project in made}  # type: ignore[union-attr]
    choices = {"role": {"information", "unsaid"}, "personal_data": {"none", "sensitive"}}

    index = current_index(clock.now())

    found = index.having("")
    for name in facets[made[0].id]:
        others = {facet: values for facet, values in choices.items() if facet != name}
        recount = Counter(
            value
            for said in facets.values()
            if all(values & said[facet] for facet, values in others.items())
            for value in said[name]
        )
        counted = index.counts(name, choices, found)
        assert {value: count for value, count in counted.items() if count} == recount
    kept = {index.ids[place] for place in places_in(index.kept(choices, found), 0, 100)}
    assert kept == {
        number for number, said in facets.items() if all(choices[facet] & said[facet] for facet in choices)
    }
    assert sum(index.counts(COLLECTIVITY, {}, found).values()) == len(made)


CLOSED = {
    "automation_level": ("information", "decision_support", "fully_automated"),
    "personal_data": ("none", "identified", "sensitive"),
    "algorithm_type": ("rules", "nlp", "rules,generative"),
}

"""The pages of versions: all of them, one, one as it was, two compared."""

import pytest
from flask.testing import FlaskClient

from participation.collectivities.models import Role
from participation.contributions.actions import note_cause
from participation.foundation.database import db
from participation.projects.actions import answer_field, publish_dossier
from participation.projects.models import Project
from participation.projects.queries import published_version
from tests.architecture.listening import statements
from tests.architecture.pages_read import read
from tests.factories.collectivities import a_member
from tests.factories.consultations import an_open_consultation
from tests.factories.contributions import a_contribution
from tests.factories.projects import a_complete_project, a_draft_project

WHY = "Le devis est arrivé"


def rewrite(project: Project, text: str, reason: str = WHY, field: str = "goal") -> None:
    answer_field(project, field, state="answered", text=text)
    publish_dossier(project, reason=reason)


@pytest.fixture
def project() -> Project:
    """Returns a project with three versions."""
    project = a_complete_project()
    rewrite(project, "Répondre au téléphone le jour.")
    rewrite(project, "Répondre au téléphone la nuit.")
    db.session.commit()
    return project


def versions_of(project: Project) -> str:
    return f"/projets/{project.slug}/versions"


def test_a_version_shows_word_by_word_what_it_changed_and_why(visitor: FlaskClient, project: Project) -> None:
    page = visitor.get(f"{versions_of(project)}/3").text

    assert WHY in page and 'id="goal"' in page
    assert "Répondre au téléphone <del>" in page and " le jour</del><ins>" not in page
    # Said, and not only shown: struck through and underlined are nothing to the ear.
    assert '<del><span class="visually-hidden" lang="fr"> supprimé\u00a0: </span>le jour</del>' in page
    assert '<ins><span class="visually-hidden" lang="fr"> ajouté\u00a0: </span>la nuit</ins>.' in page


def test_a_version_says_under_which_function_it_was_published(visitor: FlaskClient) -> None:
    project = a_complete_project()
    member = a_member(Role.ADMINISTRATOR, project.collectivity)
    member.function = "Directrice du numérique"
    answer_field(project, "goal", state="answered", text="Répondre.")
    publish_dossier(project, reason=WHY, member=member)
    db.session.commit()

    for page in ("", "/2"):
        shown = visitor.get(f"{versions_of(project)}{page}").text
        assert "Directrice du numérique" in shown
        assert member.person.email is None or member.person.email not in shown


def test_what_is_typed_in_an_answer_stays_text(visitor: FlaskClient, project: Project) -> None:
    rewrite(project, "<script>alert(1)</script> & {{ 7*7 }}")
    db.session.commit()

    page = visitor.get(f"{versions_of(project)}/4").text

    assert "<script>alert" not in page and "&lt;script&gt;alert(1)" in page


def test_a_line_that_comes_is_said(visitor: FlaskClient, project: Project) -> None:
    for text in ("Répondre.\nLa nuit.", "Répondre.\n\nLa nuit."):
        rewrite(project, text)
    db.session.commit()

    page = visitor.get(f"{versions_of(project)}/5").text

    assert "fin de paragraphe" in page and "¶" in page


def test_the_first_version_has_nothing_to_compare(visitor: FlaskClient, project: Project) -> None:
    page = visitor.get(f"{versions_of(project)}/1").text

    assert "Première version." in page and "<ins>" not in page


@pytest.mark.parametrize("number", ["0", "4", "99999999999999999999", "-1", "deux", "1..9", "1..", "0..1"])
def test_a_version_that_is_none_is_not_found(visitor: FlaskClient, project: Project, number: str) -> None:
    assert visitor.get(f"{versions_of(project)}/{number}").status_code == 404


def test_versions_of_a_draft_are_not_found(visitor: FlaskClient) -> None:
    draft = a_draft_project()
    db.session.commit()

    for page in ("", "/1", "/1/dossier", "/1..2", "/comparer", ".json", ".csv"):
        assert visitor.get(f"{versions_of(draft)}{page}").status_code == 404


def test_one_goes_from_a_version_to_the_next_and_back(visitor: FlaskClient, project: Project) -> None:
    page = read(visitor.get(f"{versions_of(project)}/2").text)

    ways = {one.get("rel"): one.get("href") for one in page.all("a") if one.get("rel") in ("prev", "next")}
    assert ways == {"prev": f"{versions_of(project)}/1", "next": f"{versions_of(project)}/3"}


def test_the_dossier_is_read_as_it_was_and_says_so(visitor: FlaskClient, project: Project) -> None:
    an_open_consultation(project)
    db.session.commit()

    page = visitor.get(f"{versions_of(project)}/2/dossier").text

    assert "Répondre au téléphone le jour." in page and "la nuit" not in page
    assert "Vous lisez le dossier tel qu’il était\u00a0: version 2" in page
    assert f'href="/projets/{project.slug}/dossier"' in page
    # Nothing is said about an old version: the forms show the present one.
    assert "/contribution?" not in page and "about=field" not in page


def test_the_present_version_says_that_it_is_in_force(visitor: FlaskClient, project: Project) -> None:
    page = visitor.get(f"{versions_of(project)}/3/dossier").text

    assert "celle qui est en vigueur" in page and "tel qu’il était" not in page


def test_two_versions_are_compared_whatever_lies_between(visitor: FlaskClient, project: Project) -> None:
    rewrite(project, "Répondre au téléphone le jour.")
    db.session.commit()

    assert "la nuit" in visitor.get(f"{versions_of(project)}/2..3").text
    assert "Aucune réponse ne dit autre chose." in visitor.get(f"{versions_of(project)}/2..4").text


def test_a_comparison_has_one_address(visitor: FlaskClient, project: Project) -> None:
    assert visitor.get(f"{versions_of(project)}/3..1").location == f"{versions_of(project)}/1..3"
    assert visitor.get(f"{versions_of(project)}/2..2").location == f"{versions_of(project)}/2"


def test_the_form_that_compares_needs_no_script(visitor: FlaskClient, project: Project) -> None:
    form = read(visitor.get(versions_of(project)).text)
    (action,) = [one.get("action") for one in form.all("form") if one.get("class") == "compare"]

    assert visitor.get(f"{action}?de=1&a=3").location == f"{versions_of(project)}/1..3"


@pytest.mark.parametrize("typed", ["de=0&a=2", "de=1&a=4", "de=&a=", "de=un&a=3", "de=²&a=9999999999999999"])
def test_a_number_that_is_no_version_is_said_beside_its_field(
    visitor: FlaskClient, project: Project, typed: str
) -> None:
    response = visitor.get(f"{versions_of(project)}/comparer?{typed}")

    page = read(response.text)
    assert response.status_code == 422 and page.error_summary is not None
    assert page.error_messages and "Set-Cookie" not in response.headers


def test_two_hundred_versions_are_read_twenty_at_a_time(visitor: FlaskClient) -> None:
    project = a_complete_project()
    for number in range(2, 201):
        rewrite(project, f"Texte {number}", reason=f"Motif n° {number}.")
    db.session.commit()

    seen: list[str] = []
    address: str | None = versions_of(project)
    while address:
        with statements() as sent:
            page = read(visitor.get(address).text)
        assert len(sent) <= 8
        seen += [one.get("id") for one in page.all("section") if one.get("id").startswith("v")]
        following = [one.get("href") for one in page.all("a", rel="next")]
        address = following[0] if following else None

    assert seen == [f"v{number}" for number in range(200, 0, -1)]
    newer = read(visitor.get(f"{versions_of(project)}?jusqua=180").text).all("a", rel="prev")
    assert [one.get("href") for one in newer] == [versions_of(project)]
    for odd in ("0", "-3", "abc", "99999999999"):
        assert 'id="v200"' in visitor.get(f"{versions_of(project)}?jusqua={odd}").text


def test_the_thread_leads_to_each_version_and_tells_many_in_one_line(
    visitor: FlaskClient, project: Project
) -> None:
    assert f'href="{versions_of(project)}/3"' in visitor.get(f"/projets/{project.slug}").text
    for number in range(4, 31):
        rewrite(project, f"Texte {number}", reason=f"Motif n° {number}.")
    db.session.commit()

    page = visitor.get(f"/projets/{project.slug}").text

    told = [number for number in range(1, 31) if f'href="{versions_of(project)}/{number}"' in page]
    assert told == [1, *range(22, 31)]
    assert "20 autres versions du dossier" in page


def test_a_version_that_many_texts_led_to_names_a_few_in_the_list_and_all_on_its_page(
    visitor: FlaskClient, project: Project
) -> None:
    consultation = an_open_consultation(project)
    said = [a_contribution(consultation) for _one in range(5)]
    version = published_version(project)
    assert version is not None
    note_cause(version, said)
    db.session.commit()

    listed, shown = (visitor.get(f"{versions_of(project)}{page}").text for page in ("", "/3"))

    assert sum(one.ref in listed for one in said) == 3 and "et 2 autres contributions" in listed
    assert all(one.ref in shown for one in said)

"""What a text is about, in the words of the published dossier and never in those of the working copy."""

from flask.testing import FlaskClient

from participation.contributions.actions import record_submission
from participation.contributions.models import Contribution
from participation.foundation import clock
from participation.foundation.database import db
from participation.projects.actions import (
    add_open_point,
    edit_open_point,
    publish_dossier,
    remove_open_point,
)
from participation.projects.models import OpenPoint, Project
from participation.projects.queries import open_point, working_points
from tests.factories.consultations import a_participant, an_open_consultation
from tests.factories.contributions import a_contribution
from tests.factories.projects import a_complete_project

PUBLISHED = "Ce que dit l’annonce"


def the_point(project: Project) -> OpenPoint:
    point = open_point(project, "annonce")
    assert point is not None
    return point


def said_about_the_point(project: Project) -> Contribution:
    contribution = a_contribution(an_open_consultation(project), open_point=the_point(project))
    db.session.commit()
    return contribution


def rewritten(project: Project, text: str) -> None:
    edit_open_point(project, the_point(project), text=text, options="", is_decided=False, source="")


def in_french(words: str) -> str:
    return f'<span lang="fr">{words}</span>'


def pages_of(visitor: FlaskClient, contribution: Contribution) -> list[str]:
    consultation = contribution.consultation
    addresses = (
        f"contributions/{contribution.ref}",
        f"consultations/{consultation.slug}",
        f"projets/{consultation.project.slug}",
    )
    return [visitor.get(f"/en/{address}").text for address in addresses]


def test_a_point_keeps_its_published_words_until_the_next_version(visitor: FlaskClient) -> None:
    project = a_complete_project()
    contribution = said_about_the_point(project)
    rewritten(project, "Un brouillon que personne n’a relu")
    db.session.commit()

    pages = pages_of(visitor, contribution)

    assert all(PUBLISHED in page for page in pages)
    assert not any("Un brouillon" in page for page in pages)


def test_the_next_version_brings_its_new_words(visitor: FlaskClient) -> None:
    project = a_complete_project()
    contribution = said_about_the_point(project)
    rewritten(project, "La langue de l’annonce")
    publish_dossier(project, reason="Le point est précisé.")
    db.session.commit()

    pages = pages_of(visitor, contribution)

    assert all("La langue de l’annonce" in page for page in pages)


def test_a_point_never_published_is_neither_chosen_nor_shown(visitor: FlaskClient) -> None:
    project = a_complete_project()
    add_open_point(project, key="brouillon", text="Un point que personne n’a relu")
    consultation = an_open_consultation(project)
    payload = {"kind": "comment", "stance": "neutral", "body": "Mon avis.", "language": "fr"}
    record_submission(
        a_participant(consultation),
        "comment",
        {**payload, "open_point": "brouillon"},
        form_key="clef",
        now=clock.now(),
    )
    db.session.commit()

    contribution = db.session.query(Contribution).one()

    assert contribution.open_point is None
    assert "Un point que" not in visitor.get(f"/en/consultations/{consultation.slug}/avis").text
    assert not any("Un point que" in page for page in pages_of(visitor, contribution))


def test_a_point_taken_out_stays_the_subject_until_a_version_without_it(visitor: FlaskClient) -> None:
    project = a_complete_project()
    contribution = said_about_the_point(project)
    remove_open_point(project, the_point(project))
    db.session.commit()

    page = visitor.get(f"/en/contributions/{contribution.ref}").text

    assert [point.key for point in working_points(project)] == ["budget"]
    assert f"“{in_french(PUBLISHED)}”" in page
    assert "point removed" not in page


def test_a_point_taken_out_and_published_so_is_still_named_as_removed(visitor: FlaskClient) -> None:
    project = a_complete_project()
    contribution = said_about_the_point(project)
    remove_open_point(project, the_point(project))
    publish_dossier(project, reason="Ce point n’est plus ouvert.")
    db.session.commit()

    page = visitor.get(f"/en/contributions/{contribution.ref}").text

    assert f"“{in_french(PUBLISHED + ' (point removed)')}”" in page


def test_a_point_never_published_leaves_nothing_behind() -> None:
    project = a_complete_project()
    point = add_open_point(project, key="brouillon", text="Un essai")

    remove_open_point(project, point)

    assert db.session.query(OpenPoint).filter_by(key="brouillon").count() == 0


def test_a_point_taken_out_comes_back_as_the_same_point(visitor: FlaskClient) -> None:
    project = a_complete_project()
    contribution = said_about_the_point(project)
    remove_open_point(project, the_point(project))
    publish_dossier(project, reason="Ce point n’est plus ouvert.")

    back = add_open_point(project, key="annonce", text="L’annonce, de nouveau")
    publish_dossier(project, reason="Ce point est rouvert.")
    db.session.commit()

    assert back.id == contribution.open_point_id
    assert [point.key for point in working_points(project)] == ["budget", "annonce"]
    page = visitor.get(f"/en/contributions/{contribution.ref}").text
    assert f"“{in_french('L’annonce, de nouveau')}”" in page

"""The pages of an archive: where it comes from, what it holds, and nothing that can't be done there."""

from pathlib import Path

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient

from participation.consultations.actions import unidentified_participant
from participation.consultations.models import Consultation, Participant
from participation.contributions.models import Contribution, Visibility
from participation.contributions.queries import Holdings, holdings_of
from participation.foundation import clock
from participation.foundation.database import db
from participation.foundation.errors import NotPossibleNow
from participation.importing.decidim import import_decidim
from participation.projects.actions import record_import
from participation.projects.models import Project
from participation.summaries.figures import figures_of
from tests.factories.collectivities import a_collectivity
from tests.factories.consultations import a_closed_consultation, a_participant
from tests.factories.projects import a_project
from tests.factories.summaries import a_published_summary, a_summary

DEBATES = "id;title;url\n1;Premier débat;http://decidim.example/debates/1\n"
COMMENTS = """id;created_at;body;author_id;alignment;commentable_id;commentable_type
10;2019-01-17 08:00:00 +0100;Un commentaire;aff1;1;1;Decidim::Debates::Debate
11;2019-01-17 09:00:00 +0100;Une réponse;b2;-1;10;Decidim::Comments::Comment
"""
PROPOSALS = """id;category;title;body;votes;comments;created_at
50;Impôts;Un titre;Un corps;13;2;2019-01-20 08:00:00 +0100
51;;Un autre titre;Un autre corps;4;0;2019-01-20 09:00:00 +0100
"""


@pytest.fixture
def archive(tmp_path: Path) -> Consultation:
    texts = {"debates": DEBATES, "comments": COMMENTS, "proposals": PROPOSALS}
    for name, text in texts.items():
        (tmp_path / f"{name}.csv").write_text(text)
    import_decidim(a_collectivity(), title="Archive", **{name: tmp_path / f"{name}.csv" for name in texts})
    db.session.commit()
    return db.session.scalars(sa.select(Consultation)).one()


def said(key: str) -> Contribution:
    return db.session.scalars(sa.select(Contribution).filter_by(source_key=key)).one()


def test_the_project_says_where_it_comes_from_and_what_it_holds(
    visitor: FlaskClient, archive: Consultation
) -> None:
    page = visitor.get("/en/projets/archive").text

    assert "This is an archive" in page and "Decidim, decidim.example" in page
    assert "2 participants told apart by the source" in page
    assert "2 contributions whose author the export does not give" in page
    assert "outside our counts: 17 votes, 2 comments on proposals" in page
    assert "Premier débat" in page
    assert "Ten questions" not in page and "Not answered" not in page
    assert "taken a position" not in page


def test_the_consultation_offers_its_themes_and_no_form(visitor: FlaskClient, archive: Consultation) -> None:
    page = visitor.get("/en/consultations/archive").text
    number = page.partition("Premier débat</option>")[0].rpartition('value="')[2].partition('"')[0]

    of_theme = visitor.get(f"/en/consultations/archive?theme={number}").text

    assert "This is an archive" in page and "Un commentaire" in page and "Un titre" in page
    assert "Un commentaire" in of_theme and "Un titre" not in of_theme
    for absent in ("/avis", "/utile", "/repondre", "Nobody has taken a position"):
        assert absent not in page
    odd = visitor.get("/consultations/archive?theme=99999999999999999999&avis=x&apres=y")
    assert odd.location == "/consultations/archive"


def test_no_form_asks_for_an_address(visitor: FlaskClient, archive: Consultation) -> None:
    ref = said("comment:10").ref
    forms = [
        *(f"/en/consultations/archive/{form}" for form in ("avis", "commentaire")),
        *(f"/en/contributions/{ref}/{form}" for form in ("repondre", "utile", "retirer")),
    ]

    for form in forms:
        answers = [visitor.get(form), visitor.post(form, data={"email": "somebody@example.org"})]

        assert [answer.status_code for answer in answers] == [409, 409], form
        assert "The export gives no address" in answers[0].text and 'name="email"' not in answers[0].text


def test_there_is_no_dossier_to_read(visitor: FlaskClient, archive: Consultation) -> None:
    answer = visitor.get("/projets/archive/dossier")

    assert answer.status_code == 302 and answer.location.endswith("/projets/archive")


def test_people_are_counted_only_where_the_source_tells_them_apart(archive: Consultation) -> None:
    figures = figures_of(a_summary(archive))

    assert figures["people"]["total"] == 2 and figures["people"]["without_author"] == 2
    assert figures["reported"] == {"votes": 17, "comments": 2}
    assert holdings_of(archive.id) == Holdings(2, 2, 2, 2, {"votes": 17, "comments": 2})


def test_what_is_hidden_leaves_every_count(archive: Consultation) -> None:
    for key in ("comment:10", "proposal:50"):
        said(key).visibility = Visibility.HIDDEN
    db.session.flush()

    assert holdings_of(archive.id) == Holdings(1, 1, 1, 1, {"votes": 4})


def test_one_participant_at_most_stands_for_unknown_authors(archive: Consultation) -> None:
    first = unidentified_participant(archive)

    assert unidentified_participant(archive) is first
    another = sa.insert(Participant).values(consultation_id=archive.id, display_name="", is_identified=False)
    with pytest.raises(sa.exc.IntegrityError), db.session.begin_nested():
        db.session.execute(another)


def test_ordinary_participants_without_person_are_people() -> None:
    consultation = a_closed_consultation()
    for _one in range(2):
        a_participant(consultation, without_person=True)

    assert db.session.scalar(sa.select(sa.func.count(Participant.id))) == 2


def test_an_archive_has_the_day_of_its_import_and_nothing_else_has(archive: Consultation) -> None:
    assert abs((clock.now() - archive.project.imported_at).total_seconds()) < 60
    with pytest.raises(NotPossibleNow):
        record_import(a_project())
    with pytest.raises(sa.exc.IntegrityError), db.session.begin_nested():
        db.session.execute(sa.update(Project).values(imported_at=None))


def test_the_summary_counts_its_people_honestly_and_asks_no_dossier(
    visitor: FlaskClient, archive: Consultation
) -> None:
    everything = [said(key) for key in ("comment:10", "comment:11", "proposal:50", "proposal:51")]
    summary = a_published_summary(archive, *everything)
    db.session.commit()

    page = visitor.get("/en/consultations/archive/synthese").text
    path = visitor.get(f"/en/contributions/{said('proposal:50').ref}").text

    assert summary.published_at is not None
    assert "2 participants told apart by the source" in page and "outside our counts: 17 votes" in page
    assert "Nobody has taken a position" not in page and "What the dossier does not know yet" not in page
    assert "Author not given by the source" in path and "Proposal" in path

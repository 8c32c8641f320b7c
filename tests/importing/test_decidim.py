"""Bringing in a Decidim export: dialects, threads, bad rows, and a second time."""

from pathlib import Path

import pytest
import sqlalchemy as sa

from participation.collectivities.models import Collectivity
from participation.contributions.models import Contribution, ReportedTotal, Stance
from participation.foundation import clock
from participation.foundation.database import db
from participation.foundation.errors import Invalid
from participation.importing.decidim import import_decidim
from participation.importing.read_decidim import plain
from participation.importing.report import ImportReport
from participation.projects.models import Project
from participation.summaries.models import Summary, Theme, ThemeAssignment
from tests.factories.collectivities import a_collectivity

DEBATES = """id;title;description_html;comments;created_at;url
1;Premier débat;"<p><strong>Écologie&nbsp;</strong></p>";2;2019-01-16 10:58:44 +0100;http://decidim.example/debates/1
2;Second débat;;0;2019-01-16 11:00:00 +0100;
"""
COMMENTS = """id;created_at;body;author_id;alignment;depth;commentable_id;commentable_type;root_debate_id
10;2019-01-17 08:00:00 +0100;"Un texte
sur deux lignes";aff1;1;0;1;Decidim::Debates::Debate;1
13;2019-01-17 11:00:00 +0100;Troisième niveau;aff1;0;3;12;Decidim::Comments::Comment;1
11;2019-01-17 09:00:00 +0100;Réponse;b2;-1;1;10;Decidim::Comments::Comment;1
12;2019-01-17 10:00:00 +0100;Réponse à la réponse;b2;;2;11;Decidim::Comments::Comment;1
"""
PROPOSALS = """id;category;title;body;votes;comments;created_at;url
50;Impôts;Un titre;Un corps;13;2;2019-01-20 08:00:00 +0100;http://decidim.example/proposals/50
"""


class Export:
    """Three small files in a folder, imported into a collectivity of their own."""

    def __init__(self, folder: Path, collectivity: Collectivity) -> None:
        self.folder = folder
        self.collectivity = collectivity
        self.texts = {"debates": DEBATES, "comments": COMMENTS, "proposals": PROPOSALS}

    def bring_in(self, **texts: str) -> ImportReport:
        paths = {name: self.folder / f"{name}.csv" for name in self.texts}
        for name, path in paths.items():
            path.write_bytes({**self.texts, **texts}[name].encode())
        return import_decidim(self.collectivity, title="Une archive", **paths)


@pytest.fixture
def export(tmp_path: Path) -> Export:
    return Export(tmp_path, a_collectivity())


def imported(key: str) -> Contribution:
    return db.session.scalars(sa.select(Contribution).filter_by(source_key=key)).one()


def test_debates_become_themes_and_the_rest_contributions(export: Export) -> None:
    report = export.bring_in()

    assert (report.read, report.imported, report.refused) == (7, 7, 0)
    assert db.session.scalars(sa.select(Theme.name).order_by(Theme.position)).all() == [
        "Premier débat",
        "Second débat",
        "Impôts",
    ]
    first = imported("comment:10")
    assert first.body == "Un texte\nsur deux lignes" and first.stance is Stance.FOR and first.is_published
    assert first.created_at.isoformat() == "2019-01-17T07:00:00+00:00"
    assert "aff1" not in first.participant.display_name
    votes = db.session.scalars(sa.select(ReportedTotal).filter_by(label="votes")).one()
    assert (votes.contribution_id, votes.total) == (imported("proposal:50").id, 13)
    project = db.session.scalars(sa.select(Project)).one()
    assert project.imported_from == "Decidim, decidim.example"


def test_threads_are_kept_with_deeper_replies_under_their_level_two_ancestor(export: Export) -> None:
    export.bring_in()

    first, reply, deeper, deepest = (imported(f"comment:{number}") for number in (10, 11, 12, 13))
    assert reply.parent_id == first.id
    assert deeper.parent_id == deepest.parent_id == reply.id
    assert deepest.reply_to_id == deeper.id
    sorted_under = db.session.scalars(sa.select(ThemeAssignment.contribution_id)).all()
    assert {first.id, reply.id, deeper.id, deepest.id} <= set(sorted_under)


def test_twice_changes_nothing(export: Export) -> None:
    export.bring_in()
    before = db.session.scalar(sa.select(sa.func.count()).select_from(Contribution))

    again = export.bring_in()

    assert (again.read, again.imported, again.already_there) == (7, 0, 7)
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Contribution)) == before


def test_a_later_export_adds_only_what_is_new(export: Export) -> None:
    export.bring_in()
    more = COMMENTS + "14;2019-03-01 08:00:00 +0100;Plus tard;b2;0;1;10;Decidim::Comments::Comment;1\n"

    report = export.bring_in(comments=more)

    assert (report.imported, report.already_there) == (1, 7)
    late = imported("comment:14")
    assert late.participant_id == imported("comment:11").participant_id
    assert late.consultation.closes_at > late.created_at


def test_what_is_new_is_refused_once_the_summary_is_published(export: Export) -> None:
    export.bring_in()
    consultation = imported("comment:10").consultation
    db.session.add(Summary(consultation=consultation, number=1, figures={}, published_at=clock.now()))
    db.session.flush()

    report = export.bring_in(
        debates=DEBATES + "3;Troisième débat;;0;2019-01-16 11:00:00 +0100;\n",
        comments=COMMENTS + "14;2019-01-18 08:00:00 +0100;Tardif;c3;0;0;1;Decidim::Debates::Debate;1\n",
        proposals=PROPOSALS + "51;Impôts;Tardive;Un corps;0;0;2019-01-20 08:00:00 +0100;\n",
    )

    assert (report.read, report.imported, report.already_there, report.refused) == (10, 0, 7, 3)
    assert db.session.scalar(sa.select(sa.func.count(Contribution.id))) == 5


def test_commas_and_nested_headers_of_newer_exports_are_read(export: Export) -> None:
    report = export.bring_in(
        debates="id,title/fr,description/fr\n1,Premier débat,Écologie\n",
        comments=(
            "id,created_at,body,author/id,author/name,alignment,depth,commentable_id,commentable_type,"
            "root_commentable_url\n"
            '10,2019-01-17 08:00:00 UTC,"Un texte, avec virgule",7,Jeanne,1,0,1,Decidim::Debates::Debate,'
            "http://decidim.example/f/1/debates/1\n"
        ),
        proposals=(
            "id,category/name/fr,title/fr,body/fr,supports,comments,published_at,created_at\n"
            "50,Impôts,Un titre,<p>Un <b>corps</b></p>,3,0,,2019-01-17T08:00:00+01:00\n"
        ),
    )

    assert (report.imported, report.problems) == (3, [])
    comment = imported("comment:10")
    assert comment.body == "Un texte, avec virgule" and "Jeanne" not in comment.participant.display_name
    assert imported("proposal:50").body == "Un corps"


def test_bad_rows_are_named_by_their_line_and_the_counts_add_up(export: Export) -> None:
    bad = COMMENTS + (
        "20;2019-01-17 12:00:00 +0100;   ;b2;0;0;1;Decidim::Debates::Debate;1\n"
        "21;hier;Sans date;b2;0;0;1;Decidim::Debates::Debate;1\n"
        "22;2019-01-17 12:00:00 +0100;Sans place;b2;0;1;999;Decidim::Comments::Comment;\n"
        "23;2019-01-17 12:00:00 +0100;Parent absent;b2;0;1;999;Decidim::Comments::Comment;1\n"
        "24;trop court\n"
        "10;2019-01-17 12:00:00 +0100;En double;b2;0;0;1;Decidim::Debates::Debate;1\n"
    )

    report = export.bring_in(comments=bad)

    assert report.read == 13 and report.read == report.imported + report.already_there + report.refused
    assert sorted(problem.line for problem in report.problems) == [7, 8, 9, 10, 11, 12]
    assert {problem.file for problem in report.problems} == {"comments.csv"}
    assert report.refused == 5
    orphan = imported("comment:23")
    assert orphan.parent_id is None and orphan.is_published


def test_a_broken_file_brings_in_nothing(export: Export) -> None:
    broken = {
        "comments": ["id;body\n1;x\n", COMMENTS + '15;"jamais fermé', "", "\x00"],
        "debates": ["sans colonnes\n"],
        "proposals": ['id;title;body;created_at\n1;"a"b;c;d\n'],
    }

    for name, texts in broken.items():
        for text in texts:
            with pytest.raises(Invalid):
                export.bring_in(**{name: text})

    assert db.session.scalar(sa.select(sa.func.count()).select_from(Project)) == 0


def test_a_file_in_another_encoding_is_refused(export: Export, tmp_path: Path) -> None:
    latin = tmp_path / "latin.csv"
    latin.write_bytes(DEBATES.encode("latin-1"))
    export.bring_in()

    with pytest.raises(Invalid):
        import_decidim(
            export.collectivity,
            title="Une autre",
            debates=latin,
            comments=tmp_path / "comments.csv",
            proposals=tmp_path / "proposals.csv",
        )


def test_markup_is_taken_out_and_plain_text_stays() -> None:
    assert plain("<p>Un</p><p>deux&nbsp;: <b>trois</b></p>") == "Un\n\ndeux : trois"
    assert plain("a < b et c > d & e") == "a < b et c > d & e"

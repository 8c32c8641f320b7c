"""The demo town, built once: every public figure counted again, every page opened as each person."""

import re
import tempfile
from collections import Counter, deque
from collections.abc import Callable, Iterator
from datetime import timedelta
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from config import TestingConfig
from participation.accounts.models import Person, Session
from participation.app import create_app
from participation.collectivities.models import Membership, Role
from participation.consultations.models import Consultation
from participation.contributions.models import Contribution, DossierChange, Visibility
from participation.contributions.queries import position_tally
from participation.decisions.models import Decision, DecisionVersion
from participation.decisions.queries import answers_of, heard_by_theme, verdict_counts
from participation.demo import tales
from participation.demo.build import build_town, is_empty
from participation.foundation import clock
from participation.foundation.database import db
from participation.foundation.references import hash_of, secret_token
from participation.notifications.models import Notice
from participation.projects.models import DossierVersion, Project
from participation.projects.stage import Stage, stage_expression, stage_of
from participation.summaries.models import Summary
from participation.summaries.queries import coverage

pytestmark = [pytest.mark.keeps_its_own_database, pytest.mark.xdist_group("demo")]

# Of pages that exist by the hundred, so many are opened as each person; a visitor opens more.
A_FEW, MANY = 2, 8


@pytest.fixture(scope="module")
def town(database_url: Callable[[str], str]) -> Iterator[Flask]:
    with tempfile.TemporaryDirectory() as folder:
        config = TestingConfig(Path(folder), database_url("demo"))
        config.DEMO = True
        app = create_app(config)
        with app.app_context():
            db.create_all()
            assert is_empty()
        build_town(app)
        yield app
        with app.app_context():
            db.session.remove()
            db.engine.dispose()


@pytest.fixture(autouse=True)
def inside(town: Flask) -> Iterator[None]:
    with town.app_context():
        yield
        db.session.remove()


def counted(statement: str, **values: object) -> Counter[object]:
    """Returns key and count of each row of a plain SQL statement."""
    return Counter(dict(db.session.execute(sa.text(statement), values).all()))


def test_each_tale_is_told_to_its_stage() -> None:
    expected = {
        "assistant-vocal": Stage.IN_CONSULTATION,
        "cantines": Stage.UNDER_REVIEW,
        "capteurs-batiments": Stage.EVALUATED,
        "capteurs-sonores": Stage.DECIDED,
        "charte-ia": Stage.DECIDED,
        "fuites-eau": Stage.IN_SERVICE,
        "places-creche": Stage.PROPOSED,
        "signalements-voirie": Stage.IN_CONSULTATION,
    }

    now = clock.now()

    assert {
        project.slug: stage_of(project, now) for project in db.session.scalars(sa.select(Project))
    } == expected
    listed = db.session.execute(sa.select(Project.slug, stage_expression(now))).all()
    assert {slug: Stage(stage) for slug, stage in listed} == expected


def test_the_dates_of_a_project_are_those_of_its_facts() -> None:
    for project in db.session.scalars(sa.select(Project)):
        consultation = db.session.scalar(sa.select(Consultation).filter_by(project_id=project.id))
        first = db.session.scalars(
            sa.select(DossierVersion).filter_by(project_id=project.id).order_by(DossierVersion.number)
        ).first()

        assert first is not None
        assert project.proposed_at == first.published_at
        assert project.opens_at == (consultation.opens_at if consultation else None)
        assert project.closes_at == (consultation.closes_at if consultation else None)
        assert project.summary_published_at == last_summary_day(consultation)
        assert (project.decided_at, project.outcome) == last_decision(project)


def last_summary_day(consultation: Consultation | None) -> object:
    if consultation is None:
        return None
    days = sa.select(Summary.published_at).filter_by(consultation_id=consultation.id)
    return db.session.scalars(days.order_by(Summary.number.desc())).first()


def last_decision(project: Project) -> tuple[object, object]:
    told = (
        sa.select(DecisionVersion)
        .join(Decision)
        .where(Decision.project_id == project.id, DecisionVersion.published_at.is_not(None))
    )
    version = db.session.scalars(told.order_by(DecisionVersion.number.desc())).first()
    return (version.published_at, version.outcome) if version else (None, None)


def test_positions_are_those_of_the_tale_and_of_the_rows() -> None:
    for tale in tales.projects():
        consultation = db.session.scalar(sa.select(Consultation).filter_by(slug=tale["slug"]))
        if consultation is None:
            continue
        rows = counted(
            'SELECT choice, count(*) FROM "position" WHERE consultation_id = :id GROUP BY choice',
            id=consultation.id,
        )
        tally = position_tally(consultation.id)

        assert {choice: getattr(tally, choice) for choice in tale["positions"]} == tale["positions"] == rows
        assert tally.total == sum(rows.values())


@pytest.mark.parametrize(
    ("column", "statement"),
    [
        ("useful_count", "SELECT contribution_id, count(*) FROM useful_vote GROUP BY contribution_id"),
        ("support_count", "SELECT contribution_id, count(*) FROM condition_support GROUP BY contribution_id"),
        (
            "reply_count",
            "SELECT parent_id, count(*) FROM contribution WHERE visibility = 'published'"
            " AND parent_id IS NOT NULL GROUP BY parent_id",
        ),
    ],
)
def test_kept_counts_equal_a_recount(column: str, statement: str) -> None:
    kept = {
        contribution.id: getattr(contribution, column)
        for contribution in db.session.scalars(sa.select(Contribution))
        if getattr(contribution, column)
    }

    assert kept
    assert kept == counted(statement)


def test_a_summary_covers_everything_that_was_said_in_public() -> None:
    for summary in db.session.scalars(sa.select(Summary)):
        said = set_of(
            "SELECT id FROM contribution WHERE consultation_id = :id AND visibility = 'published'"
            " AND spoken_as = ''",
            id=summary.consultation_id,
        )
        sources = set_of(
            "SELECT contribution_id FROM finding_source JOIN finding ON finding.id = finding_id"
            " WHERE summary_id = :id",
            id=summary.id,
        )
        orphans = set_of("SELECT contribution_id FROM orphan WHERE summary_id = :id", id=summary.id)
        shown = coverage(summary)

        assert said <= sources | orphans
        assert not sources & orphans
        assert (shown.sources, shown.published, shown.orphans) == (
            len(sources & said),
            len(said),
            len(orphans),
        )


def test_a_version_follows_what_was_said_before_it() -> None:
    noted = (
        sa.select(DossierVersion, Contribution)
        .join_from(DossierVersion, DossierChange, DossierChange.version_id == DossierVersion.id)
        .join(Contribution, Contribution.id == DossierChange.contribution_id)
    )
    rows = db.session.execute(noted).all()

    changed = sa.select(Project.id).where(Project.slug.in_(("assistant-vocal", "places-creche")))
    assert {version.project_id for version, _said in rows} == set(db.session.scalars(changed))
    assert all(said.is_published and said.created_at < version.published_at for version, said in rows)


def set_of(statement: str, **values: object) -> set[int]:
    return set(db.session.scalars(sa.text(statement), values))


def test_a_decision_answers_every_theme_and_counts_what_was_said() -> None:
    for version in db.session.scalars(sa.select(DecisionVersion)):
        summary = version.decision.summary
        assert summary is not None
        themes = set_of("SELECT theme_id FROM finding WHERE summary_id = :id", id=summary.id)
        heard = heard_by_theme(summary)

        assert {answer.theme_id for answer in answers_of(version)} == themes
        assert sum(verdict_counts([version.id])[version.id].values()) == len(themes)
        for theme_id, said in heard.items():
            linked = set_of(
                "SELECT contribution.id FROM contribution WHERE visibility = 'published' AND spoken_as = ''"
                " AND (id IN (SELECT contribution_id FROM theme_assignment WHERE theme_id = :theme)"
                " OR id IN (SELECT contribution_id FROM finding_source JOIN finding"
                " ON finding.id = finding_id WHERE theme_id = :theme AND summary_id = :summary))",
                theme=theme_id,
                summary=summary.id,
            )
            assert said.contributions == len(linked)


def test_everybody_with_an_address_who_took_part_was_told_once() -> None:
    for version in db.session.scalars(sa.select(DecisionVersion)):
        told = list(db.session.scalars(sa.select(Notice.person_id).filter_by(version_id=version.id)))
        summary = version.decision.summary
        assert summary is not None
        chose = set_of(
            "SELECT person_id FROM participant WHERE consultation_id = :id AND person_id IS NOT NULL"
            ' AND id IN (SELECT participant_id FROM "position")',
            id=summary.consultation_id,
        )

        assert len(told) == len(set(told))
        assert chose <= set(told)


PEOPLE = ("visitor", "resident", *Role)


@pytest.mark.parametrize("who", PEOPLE)
def test_every_page_one_is_led_to_opens(town: Flask, who: str) -> None:
    browser = town.test_client()
    starts = ["/", "/en/", "/demo", "/demo/courrier"]
    if who != "visitor":
        sign_in(browser, a_person(who))
        starts.append("/compte")
    if who in list(Role):
        starts += [f"/gestion/{slug}" for slug in desks_of(a_person(who))]

    pages = walk(town, browser, starts, at_most=MANY if who == "visitor" else A_FEW)

    assert len(pages) > 20
    assert not [address for address, text in pages.items() if len(re.findall(r"<h1[ >]", text)) != 1]
    if who == "visitor":
        for words in hidden_words():
            assert not [address for address, text in pages.items() if words in text]


def walk(town: Flask, browser: FlaskClient, starts: list[str], *, at_most: int) -> dict[str, str]:
    """Opens these pages and those they lead to, a few of each kind; a link that doesn't open is a fault."""
    waiting, seen, kinds, pages = deque(starts), set(starts), Counter[str](), {}
    faults = []
    while waiting:
        address = waiting.popleft()
        response = open_page(town, browser, address)
        # 202: a file that the worker of this town, which isn't running, would be making.
        if response.status_code not in (200, 202, 302, 303):
            faults.append(f"{response.status_code} {address}")
        if response.status_code != 200 or response.mimetype != "text/html":
            continue
        pages[address] = response.text
        for link in links_in(response.text):
            kind = re.sub(r"(?<=/)(?=[^/]*\d)[a-z0-9]{5,10}(?=/|$)", "…", urlsplit(link).path)
            if link not in seen and kinds[kind] < at_most:
                kinds[kind] += 1
                seen.add(link)
                waiting.append(link)
    assert not faults
    return pages


def open_page(town: Flask, browser: FlaskClient, address: str):  # type: ignore[no-untyped-def]
    with town.app_context():
        return browser.get(address)


class Links(HTMLParser):
    """Collects the addresses of this site that a page links to."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        address = dict(attrs).get("href") or ""
        if tag == "a" and address.startswith("/") and not address.startswith("//"):
            self.found.append(address.partition("#")[0])


def links_in(text: str) -> list[str]:
    parser = Links()
    parser.feed(text)
    return parser.found


def sign_in(browser: FlaskClient, person: Person) -> None:
    token = secret_token()
    expires = clock.now() + timedelta(days=1)
    db.session.add(Session(token_hash=hash_of(token), person_id=person.id, expires_at=expires))
    db.session.commit()
    with browser.session_transaction() as session:
        session["_user_id"] = token
        session["_fresh"] = True


def a_person(who: str) -> Person:
    if who == "resident":
        return db.session.scalars(sa.select(Person).filter_by(email="nadia@courriel.example")).one()
    held = sa.select(Membership).filter_by(role=who).order_by(Membership.id).limit(1)
    return db.session.scalars(held).one().person


def desks_of(person: Person) -> list[str]:
    held = sa.select(Membership).filter_by(person_id=person.id)
    return [membership.collectivity.slug for membership in db.session.scalars(held)]


def hidden_words() -> list[str]:
    hidden = sa.select(Contribution.body).where(
        Contribution.visibility.in_([Visibility.HIDDEN, Visibility.PENDING])
    )
    return [body[:40] for body in db.session.scalars(hidden)]

"""What the home pages say first."""

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient

from participation.activity.recording import owe
from participation.foundation import clock
from participation.foundation.database import db
from participation.pages.deadlines import Punctuality, punctuality
from participation.pages.queries import home_of
from participation.pages.remaining import Remaining, Unit, remaining
from tests.factories.collectivities import a_collectivity
from tests.factories.consultations import a_consultation
from tests.factories.projects import a_project

NOON = datetime(2026, 12, 1, 11, tzinfo=UTC)


@pytest.mark.parametrize(
    ("end", "left"),
    [
        (datetime(2026, 12, 12, 17, tzinfo=UTC), Remaining(11, Unit.DAYS)),
        (datetime(2026, 12, 2, 5, tzinfo=UTC), Remaining(1, Unit.DAYS)),
        (datetime(2026, 12, 1, 17, tzinfo=UTC), Remaining(6, Unit.HOURS)),
        (datetime(2026, 12, 1, 11, 20, tzinfo=UTC), Remaining(20, Unit.MINUTES)),
        (datetime(2026, 11, 1, 11, tzinfo=UTC), Remaining(0, Unit.MINUTES)),
    ],
)
def test_the_time_left_is_counted_as_people_do(end: datetime, left: Remaining) -> None:
    assert remaining(NOON, end, "Europe/Paris") == left


def test_open_consultations_come_closing_soonest_first_and_others_stay_out(visitor: FlaskClient) -> None:
    now = clock.now()
    later = a_consultation(closes_at=now + timedelta(days=20))
    sooner = a_consultation(closes_at=now + timedelta(days=3))
    coming = a_consultation(opens_at=now + timedelta(days=2), closes_at=now + timedelta(days=30))
    a_consultation(closes_at=now - timedelta(hours=1))
    a_consultation(announced=False)
    cancelled = a_consultation()
    cancelled.cancelled_at = now
    db.session.commit()

    home = home_of(now)

    assert [entry.consultation for entry in home.open_now] == [sooner, later]
    assert home.coming == [coming]
    assert visitor.get("/").status_code == 200


def test_the_home_of_a_collectivity_leaves_its_neighbours_out(visitor: FlaskClient) -> None:
    town = a_collectivity()
    here = a_consultation(a_project(town))
    elsewhere = a_consultation(a_project(a_collectivity()))
    db.session.commit()

    page = visitor.get(f"/collectivites/{town.slug}").text

    assert here.project.title in page
    assert elsewhere.project.title not in page
    assert visitor.get("/collectivites/nulle-part").status_code == 404


def test_what_is_owed_and_late_is_said_with_its_days(visitor: FlaskClient) -> None:
    project = a_project()
    now = clock.now()
    late = {"owed_by": "Le conseil", "project_id": project.id, "collectivity_id": project.collectivity_id}
    owe("decision", "consultation:1", due_at=now - timedelta(days=4), **late)
    owe("decision", "consultation:2", due_at=now + timedelta(days=4), **late)
    owe("appeal", "appeal:1", due_at=now - timedelta(days=4), **late)
    db.session.commit()

    assert punctuality(now, None) == Punctuality(in_time=0, late=1, expected=1)
    assert [owed.days for owed in home_of(now).late] == [4]
    assert "Le conseil" in visitor.get("/").text


def test_a_question_that_is_not_published_is_not_shown_on_the_home_page() -> None:
    project = a_project()
    now = clock.now()
    owe(
        "service_question",
        "contribution:987654",
        owed_by="Un service",
        due_at=now - timedelta(days=1),
        project_id=project.id,
        collectivity_id=project.collectivity_id,
    )

    assert home_of(now).late == []


def test_the_home_page_asks_the_same_few_things_however_much_there_is(visitor: FlaskClient) -> None:
    def statements() -> int:
        seen: list[str] = []
        listener = lambda *args: seen.append(args[2])  # noqa: E731
        sa.event.listen(db.engine, "before_cursor_execute", listener)
        visitor.get("/")
        sa.event.remove(db.engine, "before_cursor_execute", listener)
        return len([one for one in seen if one.lstrip().upper().startswith("SELECT")])

    a_consultation()
    a_consultation()
    db.session.commit()
    few = statements()
    for _ in range(5):
        a_consultation()
    db.session.commit()

    assert statements() == few <= 8

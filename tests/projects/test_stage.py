"""The stage of a project: the same in Python and in SQL, whatever its dates."""

from datetime import UTC, date, datetime, timedelta
from itertools import product

import pytest
import sqlalchemy as sa

from participation.foundation import clock
from participation.foundation.database import db
from participation.projects.models import Outcome, Project
from participation.projects.stage import Stage, facet_expression, stage_expression, stage_of
from tests.factories.projects import a_draft_project, a_project

NOW = datetime(2027, 3, 10, 12, tzinfo=UTC)
BEFORE, AFTER = NOW - timedelta(days=20), NOW + timedelta(days=20)


def stage_in_sql(project: Project, now: datetime) -> str:
    return str(db.session.scalar(sa.select(stage_expression(now)).where(Project.id == project.id)))


def test_python_and_sql_agree_on_every_mix_of_dates() -> None:
    project = a_draft_project()
    columns = ("proposed_at", "opens_at", "closes_at", "decided_at")
    moments = (None, BEFORE, NOW, AFTER)
    past, today, future = BEFORE.date(), NOW.date(), AFTER.date()
    lives = [(None, None, None), (today, None, None), (past, today, None), (past, past, today)]

    seen = set()
    mixes = product(product(moments, repeat=4), [*lives, (past, future, future)], (None, BEFORE))
    for values, life, paused_at in mixes:
        for name, value in zip(columns, values, strict=True):
            setattr(project, name, value)
        project.paused_at = paused_at
        project.in_service_on, project.evaluated_on, project.stopped_on = life
        db.session.flush()

        assert stage_in_sql(project, NOW) == stage_of(project, NOW)
        seen.add(stage_of(project, NOW))

    assert seen == set(Stage)


@pytest.mark.parametrize(
    ("dates", "stage"),
    [
        ({}, Stage.PROPOSED),
        ({"opens_at": AFTER, "closes_at": AFTER + timedelta(days=20)}, Stage.PROPOSED),
        ({"opens_at": BEFORE, "closes_at": AFTER}, Stage.IN_CONSULTATION),
        ({"opens_at": NOW, "closes_at": AFTER}, Stage.IN_CONSULTATION),
        ({"opens_at": BEFORE, "closes_at": NOW}, Stage.UNDER_REVIEW),
        ({"opens_at": BEFORE, "closes_at": NOW, "paused_at": BEFORE}, Stage.IN_CONSULTATION),
        ({"opens_at": BEFORE, "closes_at": BEFORE + timedelta(1), "decided_at": NOW}, Stage.DECIDED),
        ({"decided_at": BEFORE, "opens_at": NOW, "closes_at": AFTER}, Stage.IN_CONSULTATION),
        ({"decided_at": BEFORE, "in_service_on": NOW.date()}, Stage.IN_SERVICE),
        ({"decided_at": BEFORE, "in_service_on": AFTER.date()}, Stage.DECIDED),
        ({"in_service_on": date(2027, 1, 1), "evaluated_on": date(2027, 3, 1)}, Stage.EVALUATED),
        ({"in_service_on": date(2027, 1, 1), "stopped_on": date(2027, 3, 1)}, Stage.STOPPED),
    ],
)
def test_the_dates_say_the_stage(dates: dict[str, datetime | date], stage: Stage) -> None:
    project = a_project(proposed_at=BEFORE, **dates)

    assert stage_of(project, NOW) is stage
    assert stage_in_sql(project, NOW) == stage


def test_a_refused_project_is_listed_under_its_own_word() -> None:
    refused = a_project(decided_at=clock.now(), outcome=Outcome.REFUSED)
    adopted = a_project(decided_at=clock.now(), outcome=Outcome.ADOPTED)

    rows = db.session.execute(sa.select(Project.id, facet_expression(clock.now())))
    listed = {row[0]: row[1] for row in rows}

    assert (listed[refused.id], listed[adopted.id]) == ("refused", "decided")

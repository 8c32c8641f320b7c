"""How long the worker takes to make the files of the largest summary of the demo town.

`python -m bench.printing` prints, in a demo that was just built, the seconds of each as JSON. One process is
one round: the typesetter remembers what it set before, which doesn't help the next summary.
"""

import json
import sys
import time

import sqlalchemy as sa

from participation.app import create_app
from participation.foundation.database import db
from participation.summaries.document import document_of
from participation.summaries.models import Finding, Summary
from participation.summaries.printing.making import Maker, written_in
from participation.summaries.queries import published_summary_numbered

FILES = ("pages", "annex", "workbook", "text")


def seconds(number: int) -> dict[str, float]:
    """Returns how long each file of a summary took, from reading the database to its last byte."""
    taken = {}
    for name in FILES:
        db.session.expire_all()
        start = time.perf_counter()
        with written_in("fr"):
            summary = published_summary_numbered(number)
            assert summary is not None
            content = getattr(Maker(document_of(summary)), name)()
        taken[name] = time.perf_counter() - start
        assert content
    return taken


def largest() -> int:
    """Returns the published summary with most findings."""
    counted = (
        sa.select(Summary.id)
        .join(Finding, Finding.summary_id == Summary.id)
        .where(Summary.published_at.is_not(None))
        .group_by(Summary.id)
        .order_by(sa.func.count().desc(), Summary.id)
        .limit(1)
    )
    return db.session.scalars(counted).one()


if __name__ == "__main__":
    app = create_app()
    with app.app_context():
        json.dump(seconds(largest()), sys.stdout)

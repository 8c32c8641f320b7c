"""Reading decisions as anybody: the list, the page, its quotations, its earlier wordings."""

from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa
from flask.testing import FlaskClient

from participation.contributions.models import Visibility
from participation.decisions.actions import correct_decision, publish_decision
from participation.decisions.models import AnswerVerdict
from participation.foundation.database import db
from tests.factories.decisions import a_decision, a_heard_project, an_answer


def test_a_decision_says_what_was_said_what_is_decided_and_why(visitor: FlaskClient) -> None:
    heard = a_heard_project()
    version = a_decision(heard, answered=False, published=True)
    an_answer(version, heard.themes[0], verdict=AnswerVerdict.REFUSED)
    an_answer(version, heard.themes[1])
    db.session.commit()

    page = visitor.get(f"/en/decisions/{version.decision.ref}")

    assert page.status_code == 200
    for words in ("What author 0 wrote", "Done for Subject 0.", "It was asked under Subject 1.", "Refused"):
        assert words in page.text
    assert f"/en/contributions/{heard.contributions[0].ref}" in page.text
    assert page.text.count("<h1") == 1


def test_a_hidden_contribution_is_quoted_nowhere(visitor: FlaskClient) -> None:
    heard = a_heard_project()
    version = a_decision(heard, published=True)
    heard.contributions[0].visibility = Visibility.HIDDEN
    db.session.commit()

    page = visitor.get(f"/en/decisions/{version.decision.ref}")

    assert "What author 0 wrote" not in page.text
    assert "What author 1 wrote" in page.text


def test_a_draft_is_nowhere_to_be_seen(visitor: FlaskClient) -> None:
    version = a_decision(a_heard_project())
    db.session.commit()

    assert visitor.get(f"/decisions/{version.decision.ref}").status_code == 404
    assert version.decision.ref not in visitor.get("/decisions").text


def test_an_earlier_wording_stays_readable_and_says_it_was_corrected(visitor: FlaskClient) -> None:
    heard = a_heard_project()
    first = a_decision(heard, published=True)
    second = correct_decision(first.decision, member=heard.agent)
    second.title = "The machine never answers"
    publish_decision(second, member=heard.administrator)
    db.session.commit()

    now = visitor.get(f"/en/decisions/{first.decision.ref}")
    before = visitor.get(f"/en/decisions/{first.decision.ref}?version=1")

    assert "The machine never answers" in now.text
    assert "The machine answers at night only" in before.text
    assert "It was corrected since" in before.text


def test_the_list_shows_refused_and_adopted_alike(visitor: FlaskClient) -> None:
    version = a_decision(a_heard_project(), published=True)
    db.session.commit()

    page = visitor.get("/en/decisions?page=0&sort=%00")

    assert page.status_code == 200
    assert f"/en/decisions/{version.decision.ref}" in page.text
    assert "<b>2</b> requests adopted" in page.text


def test_reading_costs_the_same_whatever_the_number_of_themes(visitor: FlaskClient) -> None:
    small = a_decision(a_heard_project(themes=1), published=True).decision.ref
    large = a_decision(a_heard_project(themes=9), published=True).decision.ref
    db.session.commit()

    with counted() as few:
        visitor.get(f"/decisions/{small}")
    with counted() as many:
        visitor.get(f"/decisions/{large}")

    assert len(few) == len(many) <= 9


@contextmanager
def counted() -> Iterator[list[str]]:
    """Collects the statements that read, inside the block."""
    seen: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_others: object) -> None:
        if statement.lstrip().upper().startswith("SELECT"):
            seen.append(statement)

    sa.event.listen(sa.Engine, "before_cursor_execute", note)
    yield seen
    sa.event.remove(sa.Engine, "before_cursor_execute", note)

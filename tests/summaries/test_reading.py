"""The public summary."""

from collections.abc import Callable

import sqlalchemy as sa
from flask.testing import FlaskClient

from participation.contributions.models import Choice, Contribution, Stance
from participation.foundation.database import db
from participation.summaries.actions import mark_orphan, publish_summary
from participation.summaries.models import OrphanReason, Summary
from tests.factories.consultations import a_closed_consultation, a_participant
from tests.factories.contributions import a_condition, a_contribution, a_position
from tests.factories.moderation import a_hidden_contribution
from tests.factories.summaries import a_finding, a_moderator_for, a_published_summary, a_summary, a_theme

Count = Callable[[], int]


def statements_of(read: Callable[[], object]) -> int:
    seen: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if statement.startswith(("SELECT", "WITH")):
            seen.append(statement)

    sa.event.listen(sa.Engine, "before_cursor_execute", note)
    try:
        read()
    finally:
        sa.event.remove(sa.Engine, "before_cursor_execute", note)
    return len(seen)


def a_large_summary() -> Summary:
    consultation = a_closed_consultation(slug="grande")
    summary = a_summary(consultation)
    for _theme in range(3):
        theme = a_theme(consultation)
        for _finding in range(3):
            a_finding(summary, *(a_contribution(consultation) for _source in range(3)), theme=theme)
    for _orphan in range(4):
        mark_orphan(summary, a_contribution(consultation), reason=OrphanReason.DUPLICATE)
    a_finding(summary, *(a_condition(consultation, support_count=number) for number in range(5)))
    return publish_summary(summary, member=a_moderator_for(consultation))


def test_the_summary_costs_at_most_eight_statements(visitor: FlaskClient) -> None:
    summary = a_large_summary()
    hidden = db.session.query(Contribution).filter_by(consultation_id=summary.consultation_id).first()
    assert hidden is not None
    a_hidden_contribution(hidden)
    db.session.commit()

    for address in ("/consultations/grande/synthese", "/consultations/grande/synthese/constats/2"):
        db.session.remove()
        assert statements_of(lambda address=address: visitor.get(address)) <= 8


def test_it_is_not_found_before_it_is_published(visitor: FlaskClient) -> None:
    summary = a_summary()
    a_finding(summary, a_contribution(summary.consultation))
    slug = summary.consultation.slug
    db.session.commit()

    assert visitor.get(f"/consultations/{slug}/synthese").status_code == 404
    assert visitor.get("/consultations/nulle-part/synthese").status_code == 404


def test_each_finding_leads_to_its_contributions(visitor: FlaskClient) -> None:
    consultation = a_closed_consultation(slug="voix")
    source = a_contribution(consultation, body="Qu’elle dise qui elle est.")
    summary = a_published_summary(consultation, source)
    signed = summary.signed_by
    assert signed is not None
    name, ref = signed.person.display_name, source.ref
    db.session.commit()

    page = visitor.get("/en/consultations/voix/synthese").text
    behind = visitor.get("/en/consultations/voix/synthese/constats/1").text

    assert "/en/consultations/voix/synthese/constats/1" in page
    assert f"Signed by {name}, Modératrice" in page
    assert "Qu’elle dise qui elle est." in behind and ref in behind
    for number in ("2", "99999999999999999999999"):
        assert visitor.get(f"/consultations/voix/synthese/constats/{number}").status_code == 404


def test_stances_are_counted_where_there_is_something_to_count(visitor: FlaskClient) -> None:
    consultation = a_closed_consultation(slug="voix")
    summary = a_summary(consultation)
    a_finding(summary, a_contribution(consultation, stance=Stance.AGAINST))
    a_finding(summary, *(a_contribution(consultation, stance=Stance.AGAINST) for _source in range(2)))
    publish_summary(summary, member=a_moderator_for(consultation))

    page = visitor.get("/en/consultations/voix/synthese").text

    assert ">1 contribution, against<" in page
    assert ">2 contributions: 2 against<" in page


def test_a_text_hidden_later_is_quoted_no_more_and_the_figures_stay(visitor: FlaskClient) -> None:
    consultation = a_closed_consultation(slug="voix")
    source = a_contribution(consultation, body="Une phrase qui partira.")
    a_published_summary(consultation, source)
    signed = visitor.get("/en/consultations/voix/synthese").text
    a_hidden_contribution(source)
    db.session.commit()

    pages = [visitor.get(f"/en/consultations/voix/synthese{more}").text for more in ("", "/constats/1")]

    assert "Version 1 ·" in signed
    assert "1 text has been removed since: this is version 1.1." in pages[0] and "Version 1.1" in pages[0]
    for page in pages:
        assert "Une phrase qui partira." not in page
        assert "[text removed on " in page
        assert "1 contribution" in page


def test_positions_of_few_people_are_not_told_by_level(visitor: FlaskClient) -> None:
    consultation = a_closed_consultation(slug="voix")
    for _person in range(6):
        a_position(consultation, Choice.FAVOURABLE)
    lonely = a_participant(consultation, display_name="Seule", channel="paper", assurance="declared")
    a_position(consultation, Choice.OPPOSED, participant=lonely)
    summary = a_published_summary(consultation)
    db.session.commit()

    levels = summary.figures["levels"]

    assert [level["channel"] for level in levels] == [None]
    assert "Seule" not in visitor.get("/consultations/voix/synthese").text


def test_what_became_public_later_is_said(visitor: FlaskClient) -> None:
    consultation = a_closed_consultation(slug="voix")
    a_published_summary(consultation)
    a_contribution(consultation)
    db.session.commit()

    page = visitor.get("/en/consultations/voix/synthese")

    assert "1 contribution became public after this summary" in page.text
    assert page.headers["Cache-Control"].startswith("public")

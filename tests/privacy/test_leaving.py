"""Leaving for good: nothing of a person remains anywhere, and the figures stay what they were."""

from collections.abc import Callable

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from participation.accounts.erasure import ErasureChoice
from participation.accounts.models import Person
from participation.collectivities.models import Role
from participation.consultations.actions import participant_for
from participation.consultations.models import Participant
from participation.contributions.models import (
    ConditionSupport,
    Contribution,
    Position,
    UsefulVote,
    Visibility,
)
from participation.contributions.queries import position_tally, tallies_by_level
from participation.foundation import clock, outbox
from participation.foundation.database import db
from participation.foundation.errors import NotAllowed, NotPossibleNow
from participation.moderation.models import Appeal
from participation.moderation.queries import moderation_figures, queue_of
from participation.notifications.models import Notice, NoticeState
from participation.notifications.queries import people_told
from participation.pages.desk import desk_of
from participation.privacy.actions import erase_person
from participation.summaries.document import document_of
from tests.factories.accounts import a_person
from tests.factories.collectivities import a_member
from tests.factories.consultations import a_participant, an_open_consultation
from tests.factories.contributions import a_contribution
from tests.factories.privacy import CANARY, Life, a_whole_life
from tests.forms import post_form
from tests.people import a_browser, somebody_with_every_role

SignIn = Callable[[FlaskClient, Person], None]


def places_with(words: str) -> list[str]:
    """Returns every column of the database in which these words stand, whatever its type."""
    found = set()
    for table in db.metadata.sorted_tables:
        for row in db.session.execute(sa.select(table)).mappings():
            found |= {f"{table.name}.{name}" for name, value in row.items() if words in str(value).lower()}
    return sorted(found)


def figures(life: Life) -> dict[str, object]:
    """Returns everything public that is counted, and a recount of the rows."""
    consultations = {life.consultation.id, life.summary.consultation_id, life.pending.consultation_id}
    rows = {
        table.__name__: db.session.scalar(sa.select(sa.func.count(table.id)))
        for table in (Participant, Position, ConditionSupport, UsefulVote, Contribution)
    }
    counts = sa.select(Contribution.id, Contribution.useful_count, Contribution.support_count)
    document = document_of(life.summary)
    return {
        "rows": rows,
        "positions": [position_tally(one) for one in consultations],
        "levels": [tallies_by_level(one) for one in consultations],
        "votes": db.session.execute(counts.order_by(Contribution.id)).all(),
        "summary": (document.people, document.tally, document.levels, document.coverage),
        "findings": [one.makeup for one in document.findings],
        "moderation": moderation_figures(),
        "told": people_told(life.decision.id),
    }


def pages_about(life: Life) -> list[str]:
    """Returns every address on which words of this person, or about them, could stand."""
    staff = f"/gestion/{life.town.slug}"
    refs = [one.ref for one in life.texts]
    return [
        "/",
        "/moderation",
        "/decisions",
        f"/decisions/{life.decision.decision.ref}",
        f"/projets/{life.consultation.project.slug}",
        f"/projets/{life.summary.consultation.project.slug}",
        f"/consultations/{life.consultation.slug}",
        f"/consultations/{life.consultation.slug}/avis",
        f"/consultations/{life.summary.consultation.slug}",
        f"/consultations/{life.summary.consultation.slug}/synthese",
        f"/consultations/{life.summary.consultation.slug}/synthese/constats/1",
        staff,
        f"{staff}/moderation",
        f"{staff}/equipe",
        f"{staff}/adresses-vues",
        f"{staff}/syntheses/{life.summary.consultation.slug}",
        *(f"/contributions/{ref}" for ref in refs),
        *(f"{staff}/moderation?ref={ref}" for ref in refs),
        *(f"{staff}/moderation/recours/{ref}" for ref in refs),
    ]


def test_no_column_holds_anything_of_a_person_who_left() -> None:
    life = a_whole_life()
    before = places_with(CANARY)

    erase_person(life.person, ErasureChoice.EVERYTHING)
    db.session.commit()

    assert len(before) > 15
    assert places_with(CANARY) == []


def test_leaving_ones_texts_leaves_published_words_and_reports_that_wait() -> None:
    life = a_whole_life()

    erase_person(life.person, ErasureChoice.KEEP_TEXTS)
    db.session.commit()

    assert places_with(CANARY) == ["contribution.body", "contribution_version.body", "report.message"]
    assert {one.visibility for one in life.texts} == {Visibility.PUBLISHED}
    assert {one.participant.display_name for one in life.texts} == {"Participant·e"}
    assert {one.participant.person_id for one in life.texts} == {None}


@pytest.mark.parametrize("choice", ErasureChoice)
def test_the_figures_stay_exactly_what_they_were(choice: ErasureChoice) -> None:
    life = a_whole_life()
    before = figures(life)

    erase_person(life.person, choice)
    db.session.commit()

    assert figures(life) == before


def test_an_erased_text_appears_on_no_page(app: Flask) -> None:
    life = a_whole_life()
    browser = a_browser(app, somebody_with_every_role(life.town))
    pages = pages_about(life)
    before = [page for page in pages if CANARY in browser.get(page, follow_redirects=True).text.lower()]

    erase_person(life.person, ErasureChoice.EVERYTHING)
    db.session.commit()

    assert len(before) > 12
    for page in pages:
        answer = browser.get(page, follow_redirects=True)
        assert (answer.status_code, CANARY in answer.text.lower()) == (200, False), page


def test_its_place_stays_with_the_replies_of_others(visitor: FlaskClient) -> None:
    life = a_whole_life()

    erase_person(life.person, ErasureChoice.EVERYTHING)
    db.session.commit()

    for page in (f"/consultations/{life.consultation.slug}", f"/contributions/{life.comment.ref}"):
        text = visitor.get(page).text
        assert "Effacée à la demande de la personne qui l’a écrite." in text, page
        assert life.reply_of_another.body in text, page


def test_a_summary_says_that_a_text_it_quoted_was_removed(visitor: FlaskClient) -> None:
    life = a_whole_life()

    erase_person(life.person, ErasureChoice.EVERYTHING)
    db.session.commit()

    synthesis = f"/consultations/{life.summary.consultation.slug}/synthese"
    assert "[texte retiré le" in visitor.get(synthesis).text
    assert "[texte retiré le" in visitor.get(f"{synthesis}/constats/1").text


def test_the_number_of_replies_is_that_of_the_replies_left() -> None:
    life = a_whole_life()

    erase_person(life.person, ErasureChoice.EVERYTHING)
    db.session.commit()

    for contribution in db.session.query(Contribution).all():
        published = db.session.query(Contribution).filter_by(
            parent_id=contribution.id, visibility=Visibility.PUBLISHED
        )
        assert contribution.reply_count == published.count()


def test_no_mail_goes_out_after_somebody_left(mails: Callable[[], list[str]]) -> None:
    life = a_whole_life()

    erase_person(life.person, ErasureChoice.EVERYTHING)
    db.session.commit()

    assert [letter for letter in mails() if CANARY in letter.lower()] == []
    assert (
        outbox.waiting()
        == db.session.query(outbox.OutboxMessage)
        .filter_by(kind="contributions.forget_unconfirmed", done_at=None)
        .count()
    )


def test_nothing_waits_for_an_answer_about_an_erased_text() -> None:
    life = a_whole_life()
    second = a_member(Role.MODERATOR, life.town)
    reported_by_them = 1

    erase_person(life.person, ErasureChoice.EVERYTHING)
    db.session.commit()

    assert queue_of(life.town.id, member=second).total == reported_by_them
    assert desk_of(life.town, clock.now(), [second]).queue.total == reported_by_them
    appeal = db.session.get_one(Appeal, life.appeal.id)
    assert (appeal.decided_at is not None, appeal.outcome) == (True, None)


def test_a_notice_that_was_to_be_sent_is_not(mails: Callable[[], list[str]]) -> None:
    life = a_whole_life()
    notice = db.session.query(Notice).filter_by(person_id=life.person.id).one()

    erase_person(life.person, ErasureChoice.EVERYTHING)
    db.session.commit()

    assert (notice.person_id, notice.state) == (None, NoticeState.REFUSED)
    assert [letter for letter in mails() if life.decision.title in letter and CANARY in letter] == []


def test_another_person_loses_nothing() -> None:
    life = a_whole_life()
    other = life.reply_of_another.participant

    erase_person(life.person, ErasureChoice.EVERYTHING)
    db.session.commit()

    assert (other.display_name, other.person_id is not None) == ("Voisine", True)
    assert life.reply_of_another.is_published
    assert db.session.query(Person).filter(Person.erased_at.is_not(None)).all() == [life.person]


def test_what_was_answered_under_a_function_stays() -> None:
    participant = a_participant(person=a_person())
    official = a_contribution(participant=participant, body="Le service répond.", spoken_as="Adjointe")

    erase_person(official.participant.person, ErasureChoice.EVERYTHING)
    db.session.commit()

    assert (official.body, official.visibility) == ("Le service répond.", Visibility.PUBLISHED)


def test_leaving_twice_changes_nothing_more() -> None:
    life = a_whole_life()
    erase_person(life.person, ErasureChoice.EVERYTHING)
    first = life.person.erased_at

    erase_person(life.person, ErasureChoice.EVERYTHING)

    assert life.person.erased_at == first


def test_a_staff_role_must_end_first() -> None:
    member = a_member(Role.AGENT)

    with pytest.raises(NotPossibleNow):
        erase_person(member.person, ErasureChoice.EVERYTHING)

    assert member.person.email is not None


def test_a_person_leaves_through_the_page_and_is_signed_out(visitor: FlaskClient, sign_in: SignIn) -> None:
    life = a_whole_life()
    sign_in(visitor, life.person)

    answer = post_form(visitor, "/compte/effacement", choice="everything", sure="y")

    assert answer.location == "/compte/efface"
    assert "Vos données sont effacées" in visitor.get(answer.location).text
    assert visitor.get("/compte").status_code == 302
    assert places_with(CANARY) == []


@pytest.mark.parametrize(
    "sent", [{}, {"choice": "everything"}, {"sure": "y"}, {"choice": "tout", "sure": "y"}]
)
def test_without_a_choice_and_a_tick_nothing_is_erased(
    visitor: FlaskClient, sign_in: SignIn, sent: dict[str, str]
) -> None:
    person = a_person()
    sign_in(visitor, person)

    answer = post_form(visitor, "/compte/effacement", **sent)

    assert answer.status_code == 422
    assert db.session.get_one(Person, person.id).erased_at is None


def test_a_member_of_staff_reads_what_to_do_first(visitor: FlaskClient, sign_in: SignIn) -> None:
    member = a_member(Role.AGENT)
    sign_in(visitor, member.person)

    page = visitor.get("/compte/effacement")
    answer = post_form(visitor, "/compte/nom", to="/compte/effacement", choice="everything", sure="y")

    assert "Vous tenez un rôle" in page.text
    assert "Vous tenez un rôle" in answer.text
    assert answer.status_code == 422
    assert db.session.get_one(Person, member.person_id).erased_at is None


def test_the_same_address_may_take_part_again_as_somebody_new() -> None:
    life = a_whole_life()
    email = str(life.person.email)
    erase_person(life.person, ErasureChoice.EVERYTHING)
    db.session.commit()

    again = a_person(email=email)

    assert again.id != life.person.id


def test_somebody_who_has_left_takes_no_part_from_another_browser() -> None:
    person = a_person()
    consultation = an_open_consultation()
    erase_person(person, ErasureChoice.EVERYTHING)

    with pytest.raises(NotAllowed):
        participant_for(consultation, person, display_name="Nadia")

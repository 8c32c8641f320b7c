"""Changing one's own words: for half an hour, until somebody reacts, with a history that everybody reads."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient

from participation.accounts.erasure import ErasureChoice
from participation.accounts.models import Person
from participation.consultations.models import ModerationTime
from participation.contributions.actions import (
    change_visibility,
    edit_contribution,
    erase_contribution,
    find_useful,
    submit_contribution,
    withdraw_contribution,
)
from participation.contributions.erasure import traces_of
from participation.contributions.models import (
    Contribution,
    ContributionVersion,
    Kind,
    PendingSubmission,
    Visibility,
)
from participation.contributions.queries import wordings_of
from participation.foundation import clock
from participation.foundation.database import db
from participation.foundation.errors import DomainError, Invalid, NotPossibleNow
from participation.foundation.references import hash_of
from participation.privacy.actions import erase_person
from tests.factories.consultations import a_closed_consultation, a_participant, an_open_consultation
from tests.factories.contributions import a_contribution, a_question
from tests.factories.projects import a_complete_project
from tests.forms import hidden_fields, post_form

SignIn = Callable[[FlaskClient, Person], None]
ERASED = "Ces mots regrettés"


@pytest.fixture
def said() -> Contribution:
    """Returns a comment just sent, under a pseudonym, where texts appear at once."""
    return say(an_open_consultation())


def say(consultation: object, **words: object) -> Contribution:
    participant = a_participant(consultation, display_name="Lila")  # type: ignore[arg-type]
    return submit_contribution(participant, kind=Kind.COMMENT, body=ERASED, **words)  # type: ignore[arg-type]


def test_new_words_replace_the_former_ones_which_stay_in_the_history(said: Contribution) -> None:
    edit_contribution(said, body="D’autres mots")
    edit_contribution(said, body="Encore d’autres")

    wordings = wordings_of(said)
    assert said.is_published and said.edited_at is not None
    assert [one.body for one in wordings] == ["Encore d’autres", "D’autres mots", ERASED]
    assert [one.number for one in wordings] == [3, 2, 1]
    assert wordings[1].until == wordings[0].since


def test_thirty_minutes_count_from_sending_to_sending(said: Contribution) -> None:
    assert said.sent_at is not None
    in_time, too_late = (said.sent_at + timedelta(minutes=minutes) for minutes in (29, 30))

    # Confirmed long after, as a guest does.
    with clock.pretend(said.sent_at + timedelta(hours=20)):
        edit_contribution(said, body="À temps", now=in_time)
        with pytest.raises(NotPossibleNow):
            edit_contribution(said, body="Trop tard", now=too_late)

    assert said.body == "À temps"


@pytest.mark.parametrize("visibility", [Visibility.PUBLISHED, Visibility.PENDING])
def test_a_reply_of_somebody_else_ends_it_public_or_not(said: Contribution, visibility: Visibility) -> None:
    own = a_contribution(parent=said, participant=said.participant)
    edit_contribution(said, body="Après ma propre réponse")

    a_contribution(parent=own if visibility is Visibility.PUBLISHED else said, visibility=visibility)

    with pytest.raises(NotPossibleNow):
        edit_contribution(said, body="Autrement")


def test_a_useful_vote_ends_it(said: Contribution) -> None:
    find_useful(a_participant(said.consultation), said)

    with pytest.raises(NotPossibleNow):
        edit_contribution(said, body="Autrement")


def test_only_comments_that_can_be_read_change_and_only_while_the_consultation_is_open() -> None:
    hidden = a_contribution(visibility=Visibility.HIDDEN)
    official = a_contribution(spoken_as="Adjointe au numérique")
    condition = a_contribution(kind=Kind.CONDITION)
    question = a_question(a_complete_project())
    late = a_contribution(a_closed_consultation())

    for one in (hidden, official, condition, question, late):
        with pytest.raises(NotPossibleNow):
            edit_contribution(one, body="Autrement")


@pytest.mark.parametrize("body", [" ", ERASED])
def test_the_new_words_say_something_else(said: Contribution, body: str) -> None:
    with pytest.raises(Invalid):
        edit_contribution(said, body=body)


def test_where_a_moderator_reads_first_the_new_words_wait_and_nothing_is_public(
    visitor: FlaskClient,
) -> None:
    said = say(an_open_consultation(moderation=ModerationTime.BEFORE))
    change_visibility(said, Visibility.PUBLISHED)

    edit_contribution(said, body="Des mots jamais lus")
    db.session.commit()

    assert said.visibility is Visibility.PENDING
    page = visitor.get(f"/contributions/{said.ref}").text
    assert ERASED not in page and "jamais lus" not in page
    assert visitor.get(f"/contributions/{said.ref}/versions").status_code == 404

    change_visibility(said, Visibility.PUBLISHED)
    db.session.commit()

    assert ERASED in visitor.get(f"/contributions/{said.ref}/versions").text


def test_words_that_nobody_could_read_leave_no_history() -> None:
    said = say(an_open_consultation(moderation=ModerationTime.BEFORE))

    edit_contribution(said, body="D’autres mots")

    assert said.visibility is Visibility.PENDING and said.edited_at is None
    assert len(wordings_of(said)) == 1


def test_the_history_goes_with_the_text(visitor: FlaskClient, said: Contribution) -> None:
    edit_contribution(said, body="D’autres mots")
    address = f"/contributions/{said.ref}/versions"
    db.session.commit()
    assert ERASED in visitor.get(address).text

    for visibility in (Visibility.HIDDEN, Visibility.PUBLISHED):
        change_visibility(said, visibility)
        db.session.commit()
        assert visitor.get(address).status_code == (404 if visibility is Visibility.HIDDEN else 200)
    withdraw_contribution(said)
    db.session.commit()
    assert visitor.get(address).status_code == 404


def test_erasing_destroys_former_words(said: Contribution) -> None:
    edit_contribution(said, body="D’autres mots")

    erase_contribution(said)

    assert db.session.scalar(sa.select(sa.func.count(ContributionVersion.id))) == 0


def test_leaving_destroys_former_words_and_before_that_one_reads_them(said: Contribution) -> None:
    edit_contribution(said, body="D’autres mots")
    person = said.participant.person
    assert person is not None
    assert [one["body"] for one in traces_of(person)["contribution_versions"]] == [ERASED]

    erase_person(person, ErasureChoice.EVERYTHING)

    assert db.session.scalar(sa.select(sa.func.count(ContributionVersion.id))) == 0


def test_somebody_signed_in_changes_their_text_and_keeps_their_pseudonym(
    visitor: FlaskClient, sign_in: SignIn, said: Contribution
) -> None:
    author = said.participant.person
    assert author is not None
    author.display_name = "Nom du compte"
    sign_in(visitor, author)
    address = f"/en/contributions/{said.ref}/modifier"

    assert ERASED in visitor.get(address).text
    assert "your former words stay readable" in visitor.get(address).text
    receipt = post_form(visitor, address, body="- un\n- deux")

    assert "/recu/" in receipt.location
    page = visitor.get(f"/en/contributions/{said.ref}").text
    assert "<li>un</li>" in page and "changed by its author" in page
    assert "Lila" in page and "Nom du compte" not in page
    history = visitor.get(f"/en/contributions/{said.ref}/versions")
    assert "<del>" in history.text and history.headers["X-Robots-Tag"] == "noindex"


def test_a_guest_changes_their_text_by_a_link_in_their_mail(visitor: FlaskClient, said: Contribution) -> None:
    author = said.participant.person
    assert author is not None
    author.email = "lila@example.org"
    db.session.commit()

    sent = post_form(visitor, f"/contributions/{said.ref}/modifier", body="Mieux dit", email=author.email)
    assert sent.location.endswith("/a-confirmer") and said.body == ERASED
    confirm(visitor)

    assert said.body == "Mieux dit"


def test_a_stranger_changes_nothing(visitor: FlaskClient, said: Contribution) -> None:
    db.session.commit()

    post_form(visitor, f"/contributions/{said.ref}/modifier", body="Volé", email="autre@example.org")
    answer = confirm(visitor)

    assert answer == 422 and said.body == ERASED


def test_once_it_is_too_late_the_page_says_why_and_a_sent_text_is_kept(
    visitor: FlaskClient, said: Contribution
) -> None:
    db.session.commit()
    address = f"/en/contributions/{said.ref}/modifier"
    hidden = hidden_fields(visitor.get(address).text)
    find_useful(a_participant(said.consultation), said)
    db.session.commit()

    refused = visitor.post(address, data={**hidden, "body": "Deux lignes tapées.", "email": "a@example.org"})
    page = visitor.get(address)

    assert refused.status_code == 422 and "Deux lignes tapées." in refused.text
    assert page.status_code == 409 and "found it useful" in page.text
    assert db.session.query(PendingSubmission).count() == 0


def test_a_vote_is_about_the_words_that_were_read(
    visitor: FlaskClient, sign_in: SignIn, said: Contribution
) -> None:
    reader = a_participant(said.consultation).person
    assert reader is not None
    sign_in(visitor, reader)
    address = f"/en/contributions/{said.ref}/utile"
    hidden = hidden_fields(visitor.get(address).text)
    edit_contribution(said, body="Le contraire")
    db.session.commit()

    refused = visitor.post(address, data=hidden)
    again = visitor.post(address, data=hidden_fields(refused.text))

    assert refused.status_code == 422 and "Le contraire" in refused.text
    assert "has changed this text" in refused.text
    assert again.status_code == 302 and said.useful_count == 1


def confirm(visitor: FlaskClient) -> int:
    """Uses the link of the one form that waits; returns the status of the answer."""
    held = db.session.scalars(sa.select(PendingSubmission)).one()
    held.token_hash = hash_of("jeton")
    db.session.commit()
    answer = post_form(visitor, "/confirmer/jeton")
    db.session.expire_all()
    return answer.status_code


def test_every_refusal_is_a_sentence() -> None:
    with pytest.raises(DomainError) as refused:
        edit_contribution(a_contribution(kind=Kind.CONDITION), body="Autrement")

    assert str(refused.value.sentence)

"""Who may take part online is said before one begins, asked when it is written, and loses no text (H09)."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient

from participation.accounts.models import Person
from participation.collectivities.models import Role
from participation.consultations.actions import edit_consultation
from participation.consultations.models import Assurance, Channel, Consultation, ModerationTime, Participant
from participation.contributions.actions import (
    confirm_submission,
    find_useful,
    stop_supporting,
    submit_contribution,
    support_condition,
    take_position,
)
from participation.contributions.models import Choice, Kind, PendingSubmission, Position
from participation.foundation import clock
from participation.foundation.database import db
from participation.foundation.errors import NotAllowed, NotPossibleNow
from participation.foundation.references import hash_of
from tests.factories.accounts import a_person
from tests.factories.collectivities import a_member
from tests.factories.consultations import a_consultation, a_participant, an_open_consultation
from tests.factories.contributions import a_condition
from tests.factories.identities import a_verified_person
from tests.factories.projects import a_complete_project
from tests.forms import hidden_fields, post_form

SignIn = Callable[[FlaskClient, Person], None]
ACTS = {
    "position": lambda who, text: take_position(who, Choice.OPPOSED),
    "support": support_condition,
    "useful": find_useful,
    "text": lambda who, text: submit_contribution(who, kind=Kind.COMMENT, body="Je veux savoir."),
}


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize(
    ("held", "least", "may"),
    [
        (Assurance.EMAIL, Assurance.EMAIL, True),
        (Assurance.EMAIL, Assurance.ACCOUNT, False),
        (Assurance.ACCOUNT, Assurance.ACCOUNT, True),
        (Assurance.ACCOUNT, Assurance.VERIFIED, False),
        (Assurance.VERIFIED, Assurance.VERIFIED, True),
    ],
)
def test_nothing_is_taken_online_below_the_least_level(
    act: str, held: Assurance, least: Assurance, may: bool
) -> None:
    consultation = an_open_consultation(minimum_assurance=least)
    who, text = a_participant(consultation, assurance=held), a_condition(consultation)

    if may:
        ACTS[act](who, text)
    else:
        with pytest.raises(NotAllowed):
            ACTS[act](who, text)


@pytest.mark.parametrize("channel", [channel for channel in Channel if channel is not Channel.ONLINE])
def test_other_channels_are_exempt(channel: Channel) -> None:
    consultation = an_open_consultation(minimum_assurance=Assurance.VERIFIED)
    who = a_participant(consultation, channel=channel, assurance=Assurance.DECLARED)

    for act in ACTS.values():
        act(who, a_condition(consultation))

    assert db.session.scalar(sa.select(sa.func.count(Position.id))) == 1


def test_whoever_came_on_paper_first_needs_the_level_to_go_on_online(
    visitor: FlaskClient, sign_in: SignIn
) -> None:
    consultation = an_open_consultation(minimum_assurance=Assurance.VERIFIED)
    person = a_person()
    a_participant(consultation, person=person, channel=Channel.PAPER, assurance=Assurance.DECLARED)
    condition, elsewhere = a_condition(consultation), a_condition(an_open_consultation())
    sign_in(visitor, person)

    useful = "/contributions/{}/utile"
    refused = post_form(visitor, useful.format(elsewhere.ref), to=useful.format(condition.ref))

    assert refused.status_code == 422
    assert "Demandez un code" in refused.text
    db.session.expire_all()
    assert condition.useful_count == 0


def test_a_question_to_the_service_and_what_one_takes_back_need_no_level() -> None:
    consultation = an_open_consultation(minimum_assurance=Assurance.VERIFIED)
    who, condition = a_participant(consultation), a_condition(consultation)

    submit_contribution(who, kind=Kind.SERVICE_QUESTION, body="Qui écoute ?")

    assert stop_supporting(who, condition) is False


@pytest.mark.parametrize("form", ["avis", "commentaire"])
def test_the_page_says_before_one_begins_what_is_needed(
    visitor: FlaskClient, sign_in: SignIn, form: str
) -> None:
    account = an_open_consultation(minimum_assurance=Assurance.ACCOUNT)
    verified = an_open_consultation(minimum_assurance=Assurance.VERIFIED)

    as_guest = visitor.get(f"/consultations/{account.slug}/{form}")
    sign_in(visitor, a_person())
    as_holder = visitor.get(f"/consultations/{account.slug}/{form}")
    not_seen = visitor.get(f"/consultations/{verified.slug}/{form}")

    assert (as_guest.status_code, as_holder.status_code, not_seen.status_code) == (403, 200, 403)
    assert f"/connexion?next=/consultations/{account.slug}/avis" in as_guest.text
    assert "/compte/verification" in not_seen.text


def test_what_was_typed_stays_when_it_is_discovered_at_sending(visitor: FlaskClient) -> None:
    consultation = an_open_consultation()
    hidden = hidden_fields(visitor.get(f"/consultations/{consultation.slug}/avis").text)
    consultation.minimum_assurance = Assurance.ACCOUNT
    db.session.commit()

    typed = {"choice": "opposed", "body": "Longue raison.", "email": "ana@mail.example"}
    refused = visitor.post(f"/consultations/{consultation.slug}/avis", data={**hidden, **typed})

    assert refused.status_code == 422
    assert "Longue raison." in refused.text
    assert "Connectez-vous" in refused.text
    assert db.session.scalar(sa.select(sa.func.count(PendingSubmission.id))) == 0


def test_a_form_held_for_a_guest_is_asked_for_its_level_again_when_confirmed() -> None:
    consultation = an_open_consultation(minimum_assurance=Assurance.VERIFIED)
    held = PendingSubmission(
        consultation=consultation,
        consultation_id=consultation.id,
        person_id=a_person(account=False).id,
        kind="opinion",
        payload={"choice": "opposed", "language": "fr"},
        form_key="held",
        token_hash=hash_of("token"),
        expires_at=clock.now() + timedelta(hours=1),
    )
    db.session.add(held)
    db.session.flush()

    with pytest.raises(NotAllowed):
        confirm_submission("token")


def test_somebody_seen_at_the_desk_takes_part(visitor: FlaskClient, sign_in: SignIn) -> None:
    consultation = an_open_consultation(minimum_assurance=Assurance.VERIFIED)
    person = a_verified_person(consultation.project.collectivity)
    sign_in(visitor, person)

    sent = post_form(visitor, f"/consultations/{consultation.slug}/avis", choice="opposed")

    assert sent.status_code == 302
    participant = db.session.scalars(sa.select(Participant).filter_by(person_id=person.id)).one()
    assert participant.assurance is Assurance.VERIFIED


def test_a_moderator_sets_the_level_and_the_postcodes_of_a_draft(
    visitor: FlaskClient, sign_in: SignIn
) -> None:
    project = a_complete_project()
    moderator = a_member(Role.MODERATOR, project.collectivity)
    sign_in(visitor, moderator.person)
    url = f"/gestion/{project.collectivity.slug}/projets/{project.slug}/consultation"
    draft = {
        "title": "Un robot répond",
        "opens_at": "2027-03-01T09:00",
        "closes_at": "2027-04-01T09:00",
        "perimeter": "Toute la commune",
        "use_of_answers": "Le conseil répond.",
        "decided_by": "Le conseil",
        "answer_due_on": "2027-06-01",
        "moderation": "before",
        "minimum_assurance": "verified",
    }

    wrong = post_form(visitor, url, **draft, postcodes="12340, 1234")
    kept = post_form(visitor, url, **draft, postcodes="12350 , 12340;12340")

    assert wrong.status_code == 422
    assert "1234" in wrong.text
    assert kept.status_code == 302
    consultation = db.session.scalars(sa.select(Consultation).filter_by(project_id=project.id)).one()
    assert consultation.minimum_assurance is Assurance.VERIFIED
    assert consultation.postcodes == ["12340", "12350"]
    page = visitor.get(f"/gestion/{project.collectivity.slug}/consultations/{consultation.slug}/modifier")
    assert "12340, 12350" in page.text


def test_once_announced_they_can_no_longer_change() -> None:
    consultation = a_consultation(announced=True)
    member = a_member(Role.MODERATOR, consultation.project.collectivity)

    with pytest.raises(NotPossibleNow):
        edit_consultation(
            consultation,
            title="Autre",
            opens_at=consultation.opens_at,
            closes_at=consultation.closes_at,
            perimeter="",
            use_of_answers="",
            decided_by="",
            answer_due_on=date(2027, 1, 1),
            moderation=ModerationTime.AFTER,
            minimum_assurance=Assurance.VERIFIED,
            member=member,
        )

    assert consultation.minimum_assurance is Assurance.EMAIL

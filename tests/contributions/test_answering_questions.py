"""A question is answered in one way only: the dossier is updated, or it isn't and one says why."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient

from participation.accounts.erasure import ErasureChoice
from participation.accounts.models import Person
from participation.activity.models import Deadline
from participation.collectivities.actions import appoint, set_answering
from participation.collectivities.models import Membership, Role
from participation.contributions.actions import (
    answer_question,
    change_visibility,
    erase_contribution,
    release_answers,
    withdraw_contribution,
)
from participation.contributions.models import (
    AnswerOutcome,
    Contribution,
    DossierChange,
    Kind,
    ServiceAnswer,
    Visibility,
)
from participation.contributions.queries import questions_page, questions_to_answer, service_answer_of
from participation.foundation import clock
from participation.foundation.database import db
from participation.foundation.errors import AlreadyDone, DomainError, Invalid, NotAllowed, NotPossibleNow
from participation.privacy.actions import erase_person
from participation.projects.actions import answer_field, publish_dossier
from participation.projects.models import DossierVersion, Project
from tests.factories.accounts import a_person
from tests.factories.collectivities import a_member
from tests.factories.consultations import (
    a_participant,
    an_open_consultation,
)
from tests.factories.contributions import a_contribution, a_question
from tests.factories.projects import a_complete_project
from tests.forms import hidden_fields, post_form

Mails = Callable[[], list[str]]
SignIn = Callable[[FlaskClient, Person], None]
DAY = timedelta(days=1)


def an_agent_of(project: Project, function: str = "Cheffe du service Accueil") -> Membership:
    return a_member(Role.AGENT, project.collectivity, function=function)


def a_new_version(project: Project, words: str = "Douze mille euros par an.") -> DossierVersion:
    answer_field(project, "goal", state="answered", text=words)
    return publish_dossier(project, reason=f"On nous a demandé : {words}")


def is_settled(question: Contribution) -> bool:
    owed = sa.select(Deadline).filter_by(subject=f"contribution:{question.id}")
    return db.session.scalars(owed).one().done_at is not None


def replies_to(question: Contribution) -> list[Contribution]:
    return list(db.session.scalars(sa.select(Contribution).filter_by(reply_to_id=question.id)))


def unchanged(question: Contribution, member: Membership, body: str = "Parce que.") -> ServiceAnswer:
    return answer_question(question, outcome=AnswerOutcome.UNCHANGED, body=body, member=member)


def updated(question: Contribution, member: Membership, **how: object) -> ServiceAnswer:
    words = {"body": "C’est dans le dossier.", **how}
    return answer_question(question, outcome=AnswerOutcome.UPDATED, member=member, **words)  # type: ignore[arg-type]


def test_no_change_with_its_reason_is_public_at_once_and_stops_the_clock(visitor: FlaskClient) -> None:
    project = a_complete_project()
    question, agent = a_question(project, dossier_field="budget"), an_agent_of(project)

    unchanged(question, agent, "Le devis n’est pas signé.")
    db.session.commit()

    assert is_settled(question)
    (reply,) = replies_to(question)
    assert (reply.spoken_as, reply.visibility) == ("Cheffe du service Accueil", Visibility.PUBLISHED)
    for address in (f"/contributions/{question.ref}", f"/projets/{project.slug}/questions"):
        page = visitor.get(address).text
        assert "Le devis n’est pas signé." in page and "Cheffe du service Accueil" in page
        assert "Le dossier reste tel quel" in page


def test_tied_to_a_version_it_leads_to_what_changed_there(visitor: FlaskClient) -> None:
    project = a_complete_project()
    question, agent = a_question(project), an_agent_of(project)
    version = a_new_version(project)

    updated(question, agent, version=version)
    db.session.commit()

    assert is_settled(question)
    assert db.session.scalar(sa.select(DossierChange.version_id)) == version.id
    page = visitor.get(f"/projets/{project.slug}/questions").text
    assert f"/projets/{project.slug}/versions/{version.number}" in page
    assert question.ref in visitor.get(f"/projets/{project.slug}/versions").text


def test_promised_with_the_next_version_nobody_reads_it_and_the_clock_runs_until_then(
    visitor: FlaskClient, sign_in: SignIn, mails: Mails
) -> None:
    project = a_complete_project()
    asker = a_person()
    question = a_question(project, participant=a_participant(outside=project, person=asker))
    updated(question, an_agent_of(project), body="Voyez le champ Coût.")
    answer_field(project, "goal", state="answered", text="Douze mille euros")
    db.session.commit()
    assert not is_settled(question) and replies_to(question) == []
    assert "Voyez le champ" not in visitor.get(f"/contributions/{question.ref}").text
    before = len(mails())

    administrator = a_member(Role.ADMINISTRATOR, project.collectivity)
    sign_in(visitor, administrator.person)
    address = f"/gestion/{project.collectivity.slug}/projets/{project.slug}/publication"
    post_form(visitor, address, reason="Le coût est connu", contributions=question.ref)

    assert is_settled(question)
    (reply,) = replies_to(question)
    assert (reply.body, reply.spoken_as) == ("Voyez le champ Coût.", "Cheffe du service Accueil")
    answer = service_answer_of(question)
    assert answer is not None and answer.version is not None and answer.version.number == 2
    assert (answer.body, answer.waits) == ("", False)
    # Told once, though the version also names the question among what led to it.
    (mail,) = mails()[before:]
    assert f"To: {asker.email}" in mail and "Voyez le champ" in mail and "versions/2" in mail


def test_whoever_asked_is_told_once_by_mail_with_what_it_changed(mails: Mails) -> None:
    project = a_complete_project()
    asker = a_person()
    question = a_question(project, participant=a_participant(outside=project, person=asker))
    unchanged(question, an_agent_of(project))
    with pytest.raises(AlreadyDone):
        unchanged(question, an_agent_of(project), "Autrement dit.")
    db.session.commit()

    (mail,) = mails()

    assert f"To: {asker.email}" in mail and "Parce que." in mail and question.ref in mail
    assert len(replies_to(question)) == 1


def test_in_a_consultation_it_is_answered_in_the_same_way(visitor: FlaskClient, sign_in: SignIn) -> None:
    consultation = an_open_consultation(a_complete_project())
    project = consultation.project
    question = a_question(project, participant=a_participant(consultation))
    agent = an_agent_of(project)
    sign_in(visitor, agent.person)

    led = visitor.get(f"/contributions/{question.ref}/repondre")
    assert led.location == f"/gestion/{project.collectivity.slug}/questions/{question.ref}"
    post_form(visitor, led.location, outcome="unchanged", body="Parce que le marché n’est pas passé.")

    assert is_settled(question)
    (reply,) = replies_to(question)
    assert reply.consultation_id == consultation.id and reply.spoken_as == "Cheffe du service Accueil"
    # Afterwards one replies as to anything else.
    assert visitor.get(f"/contributions/{question.ref}/repondre").status_code == 200


def test_while_the_consultation_is_suspended_nothing_is_answered_nor_released() -> None:
    consultation = an_open_consultation(a_complete_project())
    question = a_question(consultation.project, participant=a_participant(consultation))
    agent = an_agent_of(consultation.project)
    updated(question, agent)
    consultation.paused_at = clock.now()
    db.session.flush()

    with pytest.raises(NotPossibleNow):
        unchanged_after_reading(question, agent)
    assert release_answers(a_new_version(consultation.project)) == 0
    consultation.paused_at = None
    assert release_answers(a_new_version(consultation.project, "Vingt mille.")) == 1


def unchanged_after_reading(question: Contribution, member: Membership) -> None:
    answer_question(question, outcome=AnswerOutcome.UNCHANGED, body="Non.", member=member, revision=1)


@pytest.mark.parametrize("role", [Role.MODERATOR, Role.OFFICIAL, Role.AUDITOR])
def test_others_than_agents_and_administrators_do_not_answer(role: Role) -> None:
    project = a_complete_project()
    question = a_question(project)

    with pytest.raises(NotAllowed):
        unchanged(question, a_member(role, project.collectivity))
    with pytest.raises(NotAllowed):
        unchanged(question, a_member(Role.ADMINISTRATOR))


def test_nobody_answers_their_own_question() -> None:
    project = a_complete_project()
    agent = an_agent_of(project)
    question = a_question(project, participant=a_participant(outside=project, person=agent.person))

    with pytest.raises(NotAllowed):
        unchanged(question, agent)


@pytest.mark.parametrize(
    ("words", "refusal"),
    [
        ({"body": "  "}, Invalid),
        ({"version": "older"}, Invalid),
        ({"version": "elsewhere"}, Invalid),
    ],
)
def test_an_answer_without_words_or_with_a_version_that_answers_nothing_is_refused(
    words: dict[str, str], refusal: type[DomainError]
) -> None:
    project, other = a_complete_project(), a_complete_project()
    question, agent = a_question(project), an_agent_of(project)
    older = db.session.scalars(sa.select(DossierVersion).filter_by(project_id=project.id)).one()
    older.published_at = clock.now() - DAY
    versions = {"older": older, "elsewhere": a_new_version(other)}
    given = {**words, "version": versions.get(words.get("version", ""))}

    with pytest.raises(refusal):
        updated(question, agent, **given)


def test_a_comment_a_reply_or_a_question_nobody_can_read_is_not_answered_here() -> None:
    consultation = an_open_consultation()
    agent = an_agent_of(consultation.project)
    hidden = a_question(consultation.project, participant=a_participant(consultation))
    change_visibility(hidden, Visibility.HIDDEN)
    under = a_contribution(parent=a_contribution(consultation), kind=Kind.SERVICE_QUESTION)

    for text in (a_contribution(consultation), under, hidden):
        with pytest.raises(NotPossibleNow):
            unchanged(text, agent)


def test_a_colleague_who_answers_meanwhile_is_told_and_loses_no_text(
    visitor: FlaskClient, sign_in: SignIn
) -> None:
    project = a_complete_project()
    question, colleague, agent = a_question(project), an_agent_of(project), an_agent_of(project)
    sign_in(visitor, agent.person)
    address = f"/gestion/{project.collectivity.slug}/questions/{question.ref}"
    hidden = hidden_fields(visitor.get(address).text)
    unchanged(question, colleague, "Le premier.")
    db.session.commit()

    refused = visitor.post(address, data={**hidden, "outcome": "unchanged", "body": "Le second texte."})

    assert refused.status_code == 422
    assert "Le second texte." in refused.text and "Le premier." in refused.text
    assert "Une collègue ou un collègue" in refused.text
    assert len(replies_to(question)) == 1


def test_a_waiting_answer_written_meanwhile_is_shown_beside_and_then_replaced(
    visitor: FlaskClient, sign_in: SignIn
) -> None:
    project = a_complete_project()
    question, colleague, agent = a_question(project), an_agent_of(project), an_agent_of(project)
    sign_in(visitor, agent.person)
    address = f"/gestion/{project.collectivity.slug}/questions/{question.ref}"
    hidden = hidden_fields(visitor.get(address).text)
    updated(question, colleague, body="Bientôt dans le dossier.")
    db.session.commit()

    refused = visitor.post(address, data={**hidden, "outcome": "unchanged", "body": "Mon texte."})
    assert refused.status_code == 422
    assert "Mon texte." in refused.text and "Bientôt dans le dossier." in refused.text
    again = {**hidden_fields(refused.text), "outcome": "unchanged", "body": "Mon texte."}
    assert visitor.post(address, data=again).status_code == 302

    (reply,) = replies_to(question)
    assert reply.body == "Mon texte."
    assert db.session.scalar(sa.select(sa.func.count(ServiceAnswer.id))) == 1


@pytest.mark.parametrize(
    "sent",
    [
        {"outcome": "unchanged", "body": ""},
        {"outcome": "", "body": "Texte gardé."},
        {"outcome": "<script>", "body": "Texte gardé."},
        {"outcome": "version", "version": "99", "body": "Texte gardé."},
        {"outcome": "version", "version": "\x00", "body": "Texte gardé."},
        {"outcome": "unchanged", "body": "Texte gardé." + "x" * 6000},
        {"outcome": "unchanged", "body": "Texte gardé.", "revision": "-1"},
    ],
)
def test_what_is_wrong_is_said_and_the_text_stays(
    visitor: FlaskClient, sign_in: SignIn, sent: dict[str, str]
) -> None:
    project = a_complete_project()
    question, agent = a_question(project), an_agent_of(project)
    a_new_version(project)
    sign_in(visitor, agent.person)

    answer = post_form(visitor, f"/gestion/{project.collectivity.slug}/questions/{question.ref}", **sent)

    is_refused = answer.status_code == 422 and sent["body"][:12] in answer.text
    # A revision nobody wrote reads as none: there is no other answer to protect.
    assert is_refused or ("revision" in sent and answer.status_code == 302)


def test_an_answer_is_not_withdrawn_and_says_so(visitor: FlaskClient) -> None:
    project = a_complete_project()
    question = a_question(project)
    unchanged(question, an_agent_of(project))

    with pytest.raises(NotPossibleNow):
        withdraw_contribution(replies_to(question)[0])


@pytest.mark.parametrize("take_away", [withdraw_contribution, erase_contribution])
def test_a_question_taken_away_drops_the_answer_that_waits(
    take_away: Callable[[Contribution], None],
) -> None:
    project = a_complete_project()
    question = a_question(project)
    updated(question, an_agent_of(project), body="À Nadia : voyez le champ.")

    take_away(question)

    assert db.session.scalar(sa.select(sa.func.count(ServiceAnswer.id))) == 0
    assert release_answers(a_new_version(project)) == 0


def test_once_the_author_has_left_the_answer_stays_under_its_function(visitor: FlaskClient) -> None:
    project = a_complete_project()
    asker = a_person()
    question = a_question(project, participant=a_participant(outside=project, person=asker))
    unchanged(question, an_agent_of(project))

    erase_person(asker, ErasureChoice.EVERYTHING)
    db.session.commit()

    page = visitor.get(f"/contributions/{question.ref}").text
    assert "Qui écoute" not in page and "Parce que." in page
    assert questions_page(project, clock.now()).questions == []


def test_who_wrote_a_waiting_answer_and_left_the_service_leaves_it_to_whoever_publishes() -> None:
    project = a_complete_project()
    question, agent = a_question(project), an_agent_of(project)
    updated(question, agent)
    agent.ended_at = clock.now()
    db.session.flush()
    version = a_new_version(project)

    assert release_answers(version) == 0
    publisher = a_member(Role.ADMINISTRATOR, project.collectivity, function="Directrice")
    assert release_answers(version, member=publisher) == 1

    assert [one.spoken_as for one in replies_to(question)] == ["Directrice"]


def test_the_desk_shows_those_that_wait_the_oldest_first_with_their_age(
    visitor: FlaskClient, sign_in: SignIn
) -> None:
    project = a_complete_project()
    body = project.collectivity
    now = clock.now()
    asked = [a_question(project, at=now - days * DAY, body=f"Question {days}") for days in (2, 30, 5)]
    a_question(a_complete_project(), body="Ailleurs")
    agent = an_agent_of(project)
    set_answering(body, referent=agent, days=10)
    unchanged(a_question(project, body="Répondue"), agent)
    sign_in(visitor, agent.person)

    page = visitor.get(f"/gestion/{body.slug}/questions").text

    assert re.findall(r"Question (\d+)</a>", page) == ["30", "5", "2"]
    assert "Ailleurs" not in page and "Répondue" not in page and "Cheffe du service Accueil" in page
    assert [one.question for one in questions_to_answer(body.id)] == [asked[1], asked[2], asked[0]]
    assert f"/gestion/{body.slug}/questions" in visitor.get(f"/gestion/{body.slug}").text


def test_the_referent_and_the_days_are_set_and_shown_by_function(
    visitor: FlaskClient, sign_in: SignIn
) -> None:
    project = a_complete_project()
    body = project.collectivity
    agent = an_agent_of(project, "Référente données")
    sign_in(visitor, a_member(Role.ADMINISTRATOR, body).person)
    settings = f"/gestion/{body.slug}/reglages/questions"

    assert post_form(visitor, settings, membership_id=str(agent.id), days="7").status_code == 302
    for page in ("", "/dossier", "/questions"):
        words = " ".join(visitor.get(f"/projets/{project.slug}{page}").text.split())
        assert "Référente données" in words and "7 jours ouvrés" in words
    own = an_agent_of(project, "Cheffe de projet")
    referent = f"/gestion/{body.slug}/projets/{project.slug}/referent"
    assert post_form(visitor, referent, membership_id=str(own.id)).status_code == 302
    assert "Cheffe de projet" in visitor.get(f"/projets/{project.slug}/questions").text


@pytest.mark.parametrize(
    "sent", [{"membership_id": "999999", "days": "10"}, {"days": "0"}, {"days": "61"}, {"days": "dix"}]
)
def test_a_referent_from_elsewhere_or_no_number_of_days_is_refused(
    visitor: FlaskClient, sign_in: SignIn, sent: dict[str, str]
) -> None:
    project = a_complete_project()
    administrator = a_member(Role.ADMINISTRATOR, project.collectivity)
    sign_in(visitor, administrator.person)

    answer = post_form(visitor, f"/gestion/{project.collectivity.slug}/reglages/questions", **sent)

    assert answer.status_code == 422
    assert project.collectivity.answer_days == 10


def test_an_agent_who_also_took_part_keeps_the_name_they_chose() -> None:
    consultation = an_open_consultation(a_complete_project())
    agent = an_agent_of(consultation.project)
    appoint(agent.person, consultation.project.collectivity, Role.MODERATOR, function="Modération")
    participant = a_participant(consultation, person=agent.person, display_name="Hirondelle")
    question = a_question(consultation.project, participant=a_participant(consultation))

    unchanged(question, agent)

    assert replies_to(question)[0].participant is participant
    assert participant.display_name == "Hirondelle"

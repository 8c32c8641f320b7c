"""Residents ask the service at any time once a project is public; its clock counts working days."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient

from participation.accounts.models import Person
from participation.activity.models import Deadline
from participation.collectivities.actions import end_membership, set_answering
from participation.collectivities.models import Role
from participation.consultations.models import Consultation, ModerationTime, Participant
from participation.contributions.actions import (
    change_visibility,
    erase_contribution,
    find_useful,
    submit_contribution,
    take_position,
    withdraw_contribution,
)
from participation.contributions.models import (
    Choice,
    Contribution,
    Kind,
    PendingSubmission,
    Submission,
    Visibility,
)
from participation.contributions.queries import asking_of, questions_page
from participation.foundation import clock
from participation.foundation.database import db
from participation.foundation.errors import NotPossibleNow
from participation.moderation.queries import queue_of
from participation.projects.actions import name_referent
from participation.projects.models import Project
from tests.factories.accounts import a_person
from tests.factories.collectivities import a_member
from tests.factories.consultations import (
    a_closed_consultation,
    a_participant,
    a_suspended_consultation,
    an_open_consultation,
)
from tests.factories.contributions import a_question
from tests.factories.projects import a_complete_project, a_draft_project, a_project
from tests.forms import post_form

Mails = Callable[[], list[str]]
SignIn = Callable[[FlaskClient, Person], None]
DAY = timedelta(days=1)
A_MONDAY = datetime(2026, 9, 7, 8, tzinfo=UTC)


def ask(project: Project, **words: object) -> Contribution:
    return submit_contribution(
        a_participant(outside=project), kind=Kind.SERVICE_QUESTION, body="Qui écoute ?", **words
    )


def deadline_of(question: Contribution) -> Deadline:
    return db.session.scalars(sa.select(Deadline).filter_by(subject=f"contribution:{question.id}")).one()


def test_outside_a_consultation_a_question_waits_for_a_moderator_then_its_clock_runs() -> None:
    project = a_complete_project()
    question = ask(project, dossier_field="budget")
    assert question.visibility is Visibility.PENDING and question.consultation is None
    assert db.session.scalar(sa.select(sa.func.count(Deadline.id))) == 0

    with clock.pretend(A_MONDAY):
        change_visibility(question, Visibility.PUBLISHED)

    owed = deadline_of(question)
    assert owed.due_at == A_MONDAY + 14 * DAY and owed.consultation_id is None
    assert owed.project_id == project.id


@pytest.mark.parametrize("moderation", ModerationTime)
def test_it_is_read_before_or_after_as_in_the_latest_consultation(moderation: ModerationTime) -> None:
    project = a_complete_project()
    a_closed_consultation(project, moderation=moderation)

    question = ask(project)

    assert question.is_published is (moderation is ModerationTime.AFTER)


@pytest.mark.parametrize(
    "say",
    [
        lambda who, _question: submit_contribution(who, kind=Kind.COMMENT, body="Un avis."),
        lambda who, _question: submit_contribution(who, kind=Kind.CONDITION, body="Oui, si."),
        lambda who, question: submit_contribution(
            who, kind=Kind.COMMENT, body="Moi aussi.", reply_to=question
        ),
        lambda who, _question: take_position(who, Choice.OPPOSED),
        lambda who, question: find_useful(who, question),
    ],
)
def test_nothing_else_is_said_outside_a_consultation(
    say: Callable[[Participant, Contribution], object],
) -> None:
    project = a_complete_project()
    question = a_question(project)

    with pytest.raises(NotPossibleNow):
        say(a_participant(outside=project), question)


def test_none_is_taken_on_a_draft_an_archive_or_while_the_consultation_is_suspended() -> None:
    suspended = a_complete_project()
    a_suspended_consultation(suspended)

    for project in (a_draft_project(), a_project(imported_from="Decidim"), suspended):
        with pytest.raises(NotPossibleNow):
            ask(project)


def test_the_number_of_working_days_is_the_collectivitys() -> None:
    project = a_complete_project()
    set_answering(project.collectivity, referent=None, days=3)

    question = a_question(project, at=A_MONDAY)

    assert deadline_of(question).due_at == A_MONDAY + 3 * DAY


def test_the_referent_of_the_project_is_told_else_that_of_the_collectivity_else_the_administrators(
    mails: Mails,
) -> None:
    project = a_complete_project()
    body = project.collectivity
    own, general = a_member(Role.AGENT, body), a_member(Role.AGENT, body)
    administrators = [a_member(Role.ADMINISTRATOR, body) for _ in range(2)]

    def told() -> set[str]:
        before = len(mails())
        a_question(project)
        db.session.commit()
        return {re.search(r"^To: (.*)$", mail, re.M)[1] for mail in mails()[before:]}  # type: ignore[index]

    assert told() == {one.person.email for one in administrators}
    set_answering(body, referent=general, days=10)
    assert told() == {general.person.email}
    name_referent(project, own)
    assert told() == {own.person.email}
    end_membership(own)
    assert told() == {general.person.email}


def test_a_question_made_public_again_is_not_told_twice(mails: Mails) -> None:
    project = a_complete_project()
    a_member(Role.ADMINISTRATOR, project.collectivity)
    question = a_question(project)
    change_visibility(question, Visibility.HIDDEN)
    change_visibility(question, Visibility.PUBLISHED)
    db.session.commit()

    (mail,) = mails()

    assert "Qui écoute les appels" in mail and question.ref in mail


def test_of_a_question_hidden_before_the_mail_leaves_nothing_is_said(mails: Mails) -> None:
    project = a_complete_project()
    a_member(Role.ADMINISTRATOR, project.collectivity)
    change_visibility(a_question(project), Visibility.HIDDEN)
    db.session.commit()

    assert mails() == []


def link_in(mail: str) -> str:
    found = re.search(r"http://participation\.example(/\S*confirmer/\S+)", mail)
    assert found is not None
    return found[1]


def test_a_guest_asks_about_one_answer_from_the_dossier_to_the_receipt(
    visitor: FlaskClient, mails: Mails
) -> None:
    project = a_complete_project()
    db.session.commit()
    dossier = visitor.get(f"/projets/{project.slug}/dossier")
    address = f"/projets/{project.slug}/questions/poser?sur=field:budget"
    assert address in dossier.text and "Set-Cookie" not in dossier.headers

    sent = post_form(
        visitor,
        address,
        body="Qui paie ?",
        about="field:budget",
        display_name="Claire",
        email="c@mail.example",
    )
    assert sent.location == f"/projets/{project.slug}/questions/a-confirmer"
    assert visitor.get(sent.location).status_code == 200
    assert db.session.scalar(sa.select(sa.func.count(Contribution.id))) == 0

    confirmed = post_form(visitor, link_in(mails()[0]))
    receipt = visitor.get(confirmed.location).text
    question = db.session.scalars(sa.select(Contribution)).one()
    assert (question.dossier_field, question.kind) == ("budget", Kind.SERVICE_QUESTION)
    assert question.consultation is None and question.participant.display_name == "Claire"
    assert "Qui paie" in receipt and f"/projets/{project.slug}/questions" in receipt
    assert "Qui paie" not in visitor.get(f"/projets/{project.slug}/questions").text


def test_in_an_open_consultation_a_question_is_part_of_it(visitor: FlaskClient, sign_in: SignIn) -> None:
    consultation = an_open_consultation(a_complete_project())
    sign_in(visitor, a_person())

    post_form(
        visitor,
        f"/projets/{consultation.project.slug}/questions/poser",
        body="Qui écoute ?",
        about="",
        display_name="Ana",
    )

    question = db.session.scalars(sa.select(Contribution)).one()
    assert question.consultation_id == consultation.id and question.outside_project_id is None


def test_sent_twice_it_counts_once_and_one_person_is_one_participant(
    visitor: FlaskClient, sign_in: SignIn
) -> None:
    project = a_complete_project()
    sign_in(visitor, a_person())
    address = f"/projets/{project.slug}/questions/poser"
    form = {"body": "Qui écoute ?", "about": "", "display_name": "Ana", "form_key": "une clef"}

    first, second = (post_form(visitor, address, **form) for _ in range(2))
    post_form(visitor, address, body="Et qui range ?", about="", display_name="Ana")

    assert first.location == second.location
    assert db.session.scalar(sa.select(sa.func.count(Contribution.id))) == 2
    assert db.session.scalar(sa.select(sa.func.count(Participant.id))) == 1
    assert db.session.scalar(sa.select(sa.func.count(Submission.id))) == 2


def test_a_form_that_is_wrong_or_too_late_keeps_the_text(visitor: FlaskClient) -> None:
    project = a_complete_project()
    db.session.commit()
    address = f"/projets/{project.slug}/questions/poser"

    refused = post_form(visitor, address, body="Une longue question.", about="point:annonce", email="rien")
    assert refused.status_code == 422 and "Une longue question." in refused.text

    page = visitor.get(address).text
    project.paused_at = clock.now()
    db.session.commit()
    hidden = dict(re.findall(r'name="(csrf_token|form_key)"[^>]*value="([^"]*)"', page))
    late = visitor.post(address, data={**hidden, "body": "Une autre.", "email": "a@mail.example"})
    assert late.status_code == 409 and "Une autre." in late.text
    assert visitor.get(address).status_code == 409


def test_what_others_asked_on_the_same_answer_comes_first(visitor: FlaskClient) -> None:
    project = a_complete_project()
    a_question(project, body="Combien coûte la licence ?", dossier_field="budget")
    a_question(project, body="Quelle énergie ?", dossier_field="environmental_impact")
    db.session.commit()

    page = visitor.get(f"/projets/{project.slug}/questions/poser?sur=field:budget").text

    assert "Combien coûte la licence" in page and "Quelle énergie" not in page


def test_each_answer_says_how_many_asked_and_since_when_nobody_answers(visitor: FlaskClient) -> None:
    project = a_complete_project()
    now = clock.now()
    for days in (3, 1):
        a_question(project, dossier_field="budget", at=now - days * DAY)
    a_question(project, dossier_field="goal", at=now - 40 * DAY)
    db.session.commit()

    beside = asking_of(project.id, now)
    assert (beside.about("field:budget").total, beside.about("field:budget").late) == (2, 0)
    assert beside.about("field:goal").late == 1 == beside.everything.late
    dossier = visitor.get(f"/projets/{project.slug}/dossier").text
    assert "2 questions, 2 sans réponse depuis 3 jours" in " ".join(dossier.split())
    shown = visitor.get(f"/projets/{project.slug}").text
    assert "2 questions, 2 sans réponse depuis 3 jours" in " ".join(shown.split())


def test_the_list_puts_late_ones_first_then_those_that_wait_then_the_answered() -> None:
    project = a_complete_project()
    now = clock.now()
    waiting = [a_question(project, at=now - days * DAY) for days in (1, 40, 2, 30)]
    done = [a_question(project, at=now - days * DAY) for days in (60, 50)]
    for one in done:
        deadline_of(one).done_at = now
    db.session.flush()
    expected = [waiting[1], waiting[3], waiting[2], waiting[0], done[1], done[0]]

    seen, after = [], ""
    for _page in range(3):
        page = questions_page(project, now, after=after, size=2)
        seen += [one.question for one in page.questions]
        after = page.next_cursor

    assert seen == expected and after == ""
    late = questions_page(project, now, answered="late").questions
    assert [one.question for one in late] == expected[:2]
    assert len(questions_page(project, now, answered="waiting").questions) == 4


@pytest.mark.parametrize(
    "query",
    [
        "apres=w99999999999999999.1",
        "apres=w9999999999999999.999999999",
        "apres=a.0",
        "apres=%00",
        "apres=w1.1'--",
        "sur=%00",
        "sur=field:nonsense",
        "sur=point:%F0%9F%92%A5",
        "etat=<script>",
        "etat=late&sur=dossier&apres=a.3",
    ],
)
def test_hostile_addresses_never_break_the_list(visitor: FlaskClient, query: str) -> None:
    project = a_complete_project()
    a_question(project, body="<script>alert(1)</script> Qui ?")
    db.session.commit()

    for page in ("", "/poser"):
        answer = visitor.get(f"/projets/{project.slug}/questions{page}?{query}")
        assert answer.status_code == 200 and "<script>alert" not in answer.text


def test_questions_of_a_draft_are_nowhere(visitor: FlaskClient) -> None:
    project = a_draft_project()
    db.session.commit()

    for page in ("", "/poser", "/a-confirmer"):
        assert visitor.get(f"/projets/{project.slug}/questions{page}").status_code == 404


def test_a_withdrawn_hidden_or_erased_question_is_read_and_counted_nowhere(visitor: FlaskClient) -> None:
    project = a_complete_project()
    withdrawn, hidden, erased = (a_question(project, body=f"Secret {number}") for number in range(3))
    withdraw_contribution(withdrawn)
    change_visibility(hidden, Visibility.HIDDEN)
    erase_contribution(erased)
    db.session.commit()

    assert asking_of(project.id, clock.now()).everything.total == 0
    for address in ("/questions", "/questions/poser", "/dossier", ""):
        assert "Secret" not in visitor.get(f"/projets/{project.slug}{address}").text
    for one in (withdrawn, hidden, erased):
        assert "Secret" not in visitor.get(f"/contributions/{one.ref}").text


def test_a_question_asked_outside_waits_in_the_queue_of_moderators() -> None:
    project = a_complete_project()
    question = ask(project)

    moderator = a_member(Role.MODERATOR, project.collectivity)

    (waiting,) = queue_of(project.collectivity_id, member=moderator).items

    assert waiting.contribution is question


def test_nothing_of_it_counts_in_a_consultation(visitor: FlaskClient) -> None:
    project = a_complete_project()
    a_question(project)
    consultation = an_open_consultation(project)
    db.session.commit()

    page = visitor.get(f"/consultations/{consultation.slug}").text

    assert "Qui écoute les appels" not in page
    taking_part = sa.select(sa.func.count(Participant.id)).filter_by(consultation_id=consultation.id)
    assert db.session.scalar(taking_part) == 0


def test_a_pending_question_is_held_and_forgotten_like_any_other_form(visitor: FlaskClient) -> None:
    project = a_complete_project()
    db.session.commit()

    post_form(
        visitor,
        f"/projets/{project.slug}/questions/poser",
        body="Qui écoute ?",
        about="",
        display_name="",
        email="c@mail.example",
    )

    held = db.session.scalars(sa.select(PendingSubmission)).one()
    assert (held.consultation_id, held.outside_project_id) == (None, project.id)
    assert held.place is not None and not isinstance(held.place, Consultation)

"""Handing a section to a colleague: mail, reminder, desk, and how it comes back."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient

from participation.accounts.models import Person
from participation.collectivities.actions import end_membership
from participation.collectivities.models import Collectivity, Membership, Role
from participation.foundation import clock
from participation.foundation.adding import add_once
from participation.foundation.database import db
from participation.foundation.errors import AlreadyDone, DomainError
from participation.projects.actions import (
    answer_field,
    finish_section,
    hand_section,
    put_off_answers,
    take_section_back,
)
from participation.projects.dossier.field import Section
from participation.projects.jobs import remind_of_sections
from participation.projects.models import Ending, Project, SectionHandover
from participation.projects.queries import open_handovers_of, open_handovers_to, writers_of
from tests.factories.accounts import a_person
from tests.factories.collectivities import a_member
from tests.factories.projects import a_draft_project
from tests.forms import post_form

SignIn = Callable[[FlaskClient, Person], None]
Mails = Callable[[], list[str]]
IN_A_WEEK = timedelta(days=7)


@pytest.fixture
def lead(collectivity: Collectivity) -> Membership:
    return a_member(Role.AGENT, collectivity, person=a_person(display_name="Léa"))


@pytest.fixture
def colleague(collectivity: Collectivity) -> Membership:
    return a_member(Role.AGENT, collectivity, person=a_person(display_name="Ali"))


@pytest.fixture
def project(collectivity: Collectivity) -> Project:
    return a_draft_project(collectivity, title="Une machine")


def hand(project: Project, to: Membership | None, by: Membership, **changes: object) -> SectionHandover:
    values = {"due_on": clock.today() + IN_A_WEEK, "note": "Le devis est dans le dossier."}
    return hand_section(project, Section.COST, to, member=by, **{**values, **changes})  # type: ignore[arg-type]


def ending(handover: SectionHandover) -> Ending | None:
    db.session.refresh(handover)
    return handover.ending


def base(project: Project) -> str:
    return f"/gestion/{project.collectivity.slug}/projets/{project.slug}"


def test_a_colleague_is_told_by_mail_and_finds_it_on_the_desk(
    visitor: FlaskClient,
    sign_in: SignIn,
    mails: Mails,
    project: Project,
    lead: Membership,
    colleague: Membership,
) -> None:
    hand(project, colleague, lead)
    db.session.commit()
    sign_in(visitor, colleague.person)

    [mail] = mails()
    desk = visitor.get(f"/gestion/{project.collectivity.slug}").text

    assert (
        f"To: {colleague.person.email}" in mail and "Léa" in mail and "Le devis est dans le dossier." in mail
    )
    assert f"{base(project)}/dossier/section/cost" in mail
    assert "Une machine" in desk and "Le devis est dans le dossier." in desk


def test_sent_twice_it_counts_once_and_a_second_open_one_is_refused_by_the_database(
    project: Project, lead: Membership, colleague: Membership
) -> None:
    first = hand(project, colleague, lead)

    with pytest.raises(AlreadyDone):
        hand(project, colleague, lead)

    twin = SectionHandover(
        project_id=project.id, section="cost", to_id=lead.id, due_on=clock.today() + IN_A_WEEK
    )
    assert not add_once(twin)
    assert open_handovers_of(project) == {Section.COST: first}


def test_handed_to_somebody_else_the_first_is_told(
    mails: Mails, project: Project, lead: Membership, colleague: Membership
) -> None:
    first = hand(project, colleague, lead)
    db.session.commit()
    mails()

    second = hand(project, lead, colleague)
    db.session.commit()

    told = mails()[1:]
    assert ending(first) is Ending.HANDED_ON and ending(second) is None
    assert {line for mail in told for line in mail.splitlines() if line.startswith("To: ")} == {
        f"To: {colleague.person.email}",
        f"To: {lead.person.email}",
    }


@pytest.mark.parametrize(
    ("end", "how"), [(finish_section, Ending.DONE), (take_section_back, Ending.TAKEN_BACK)]
)
def test_it_comes_back_once(
    project: Project, lead: Membership, colleague: Membership, end: Callable[..., None], how: Ending
) -> None:
    handover = hand(project, colleague, lead)

    end(project, Section.COST, member=colleague)

    assert ending(handover) is how and open_handovers_to([colleague.id]) == []
    with pytest.raises(AlreadyDone):
        end(project, Section.COST, member=colleague)


def test_it_comes_back_by_itself_with_the_last_answer_and_whoever_asked_is_told(
    mails: Mails, project: Project, lead: Membership, colleague: Membership
) -> None:
    handover = hand(project, colleague, lead)
    answer_field(project, "budget", state="answered", text="Dix mille euros.", revision=0, member=colleague)
    halfway = ending(handover)

    put_off_answers(
        project,
        reason="Demandé",
        owner="La DSI",
        due_on=clock.today(),
        section=Section.COST,
        member=colleague,
    )
    db.session.commit()

    assert (halfway, ending(handover)) == (None, Ending.FILLED)
    assert [f"To: {lead.person.email}" in mail for mail in mails()] == [True]


def test_a_full_section_handed_over_to_be_read_again_stays_with_the_colleague(
    project: Project, lead: Membership, colleague: Membership
) -> None:
    put_off_answers(project, reason="Demandé", owner="La DSI", due_on=clock.today())
    handover = hand(project, colleague, lead)

    answer_field(project, "budget", state="answered", text="Dix mille euros.", revision=1, member=colleague)

    assert ending(handover) is None


def test_one_reminder_on_the_due_day_never_two_and_none_once_it_came_back(
    mails: Mails, project: Project, lead: Membership, colleague: Membership
) -> None:
    hand(project, colleague, lead)
    hand_section(project, Section.WHY, colleague, due_on=clock.today() + IN_A_WEEK, member=lead)
    finish_section(project, Section.WHY, member=colleague)
    remind_of_sections()
    db.session.commit()
    early = [mail for mail in mails() if "rappel" in mail]

    with clock.pretend(clock.now() + IN_A_WEEK):
        remind_of_sections()
        remind_of_sections()
        db.session.commit()
    with clock.pretend(clock.now() + IN_A_WEEK * 2):
        remind_of_sections()
        db.session.commit()
        reminders = [mail for mail in mails() if "Ce rappel" in mail]

    assert (len(early), len(reminders)) == (0, 1)
    assert f"To: {colleague.person.email}" in reminders[0]


def test_a_night_without_worker_only_delays_the_reminder(
    project: Project, lead: Membership, colleague: Membership
) -> None:
    handover = hand(project, colleague, lead)

    with clock.pretend(clock.now() + IN_A_WEEK * 2):
        remind_of_sections()

    db.session.refresh(handover)
    assert handover.reminded_at is not None


def test_nothing_is_written_to_somebody_whose_role_ended(
    visitor: FlaskClient,
    sign_in: SignIn,
    mails: Mails,
    project: Project,
    lead: Membership,
    colleague: Membership,
) -> None:
    hand(project, colleague, lead)
    end_membership(colleague)
    db.session.commit()
    sign_in(visitor, lead.person)

    assert mails() == []
    assert "ne travaille plus ici" in visitor.get(f"{base(project)}/dossier/section/cost").text
    assert writers_of(project.collectivity_id) == [lead]


@pytest.mark.parametrize(
    ("changes", "field"), [({"due_on": None}, "due_on"), ({"due_on": clock.today() - IN_A_WEEK}, "due_on")]
)
def test_a_day_that_lacks_or_is_past_is_refused(
    project: Project, lead: Membership, colleague: Membership, changes: dict[str, object], field: str
) -> None:
    with pytest.raises(DomainError) as refusal:
        hand(project, colleague, lead, **changes)

    assert refusal.value.field == field


def test_a_section_is_not_handed_to_somebody_who_writes_no_dossier_here(
    project: Project, lead: Membership
) -> None:
    for other in (None, a_member(Role.AGENT), a_member(Role.OFFICIAL, project.collectivity)):
        with pytest.raises(DomainError) as refusal:
            hand(project, other, lead)
        assert refusal.value.field == "colleague"


def test_the_pages_hand_a_section_over_and_take_it_back(
    visitor: FlaskClient, sign_in: SignIn, project: Project, lead: Membership, colleague: Membership
) -> None:
    db.session.commit()
    sign_in(visitor, lead.person)
    section = f"{base(project)}/dossier/section/cost"
    due_on = f"{clock.today() + IN_A_WEEK:%d/%m/%Y}"

    refused = post_form(visitor, f"{section}/confier", colleague=str(a_member(Role.AGENT).id), due_on=due_on)
    handed = post_form(
        visitor, f"{section}/confier", colleague=str(colleague.id), due_on=due_on, note="Merci"
    )
    page = visitor.get(section).text
    overview = visitor.get(base(project)).text
    taken_back = post_form(visitor, section, to=f"{section}/reprendre")
    again = post_form(visitor, f"{section}/confier", to=f"{section}/termine")

    assert (refused.status_code, handed.status_code) == (422, 302)
    assert "Confiée à Ali" in page and "Merci" in page and "Confiée à Ali" in overview
    assert (taken_back.status_code, again.status_code) == (302, 302)
    assert [one.ending for one in db.session.scalars(sa.select(SectionHandover))] == [Ending.TAKEN_BACK]

"""To whom an appeal goes: another moderator, else an administrator, else somebody named elsewhere."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient

from participation.accounts.models import Person
from participation.activity.models import Event
from participation.collectivities.actions import end_membership, name_appeal_reviewer
from participation.collectivities.models import AppealReviewer, Collectivity, Membership, Role
from participation.collectivities.queries import appeal_reviewer_of
from participation.consultations.actions import announce_consultation
from participation.contributions.models import Visibility
from participation.foundation import clock
from participation.foundation.database import db
from participation.foundation.errors import Invalid, NotAllowed, NotPossibleNow
from participation.moderation.actions import decide_appeal
from participation.moderation.models import Appeal, AppealOutcome
from participation.moderation.permissions import may_decide_appeal
from participation.moderation.queries import queue_of
from tests.factories.collectivities import a_collectivity, a_member
from tests.factories.consultations import a_consultation, a_participant, an_open_consultation
from tests.factories.contributions import a_contribution
from tests.factories.moderation import a_hidden_contribution, an_appeal, town_of
from tests.factories.projects import a_complete_project, a_project
from tests.forms import post_form

SignIn = Callable[[FlaskClient, Person], None]
Mails = Callable[[], list[str]]
WHY = "La phrase vise le service, pas une personne."
WORDS = "Ce que l’auteur avait écrit."

# Who else there is, beside the moderator who hid the text, and who of all of them may answer.
TURNS = {
    "another moderator comes first": ("second administrator outsider", "second"),
    "two of them may both answer": ("second third", "second third"),
    "else an administrator": ("administrator outsider", "administrator"),
    "else the outsider": ("outsider", "outsider"),
    "else nobody": ("", ""),
    "other roles never do": ("agent official auditor outsider", "outsider"),
    "not under another role": ("same_as_administrator outsider", "outsider"),
    "not the author": ("author_as_moderator administrator", "administrator"),
    "not the author as administrator": ("author_as_administrator outsider", "outsider"),
    "not a role that has ended": ("ended_second ended_administrator outsider", "outsider"),
    "not an outsider whose role has ended": ("ended_outsider", ""),
    "not an outsider who decided here": ("same_as_outsider", ""),
    "not an outsider who wrote the text": ("author_as_outsider", ""),
    "not somebody elsewhere who was not named": ("unnamed", ""),
}
ROLES = {
    "agent": Role.AGENT,
    "official": Role.OFFICIAL,
    "auditor": Role.AUDITOR,
    "administrator": Role.ADMINISTRATOR,
    "same_as_administrator": Role.ADMINISTRATOR,
    "author_as_administrator": Role.ADMINISTRATOR,
    "ended_administrator": Role.ADMINISTRATOR,
}


def an_appeal_here(others: str = "") -> tuple[Appeal, dict[str, Membership]]:
    """Returns an appeal that waits, and everybody by name; `first` hid the text."""
    author = a_participant(an_open_consultation())
    contribution = a_contribution(participant=author, body=WORDS)
    here = town_of(contribution)
    first = a_member(Role.MODERATOR, here)
    appeal = a_hidden_contribution(contribution, member=first)
    everybody = {"first": first}
    for name in others.split():
        everybody[name] = somebody(name, here, first.person, author.person)
    an_appeal(appeal)
    db.session.commit()
    return appeal, everybody


def somebody(name: str, here: Collectivity, first: Person, author: Person | None) -> Membership:
    """Returns who the table calls by this name."""
    is_elsewhere = "outsider" in name or name == "unnamed"
    body = a_collectivity() if is_elsewhere else here
    person = first if name.startswith("same") else author if name.startswith("author") else None
    member = a_member(ROLES.get(name, Role.MODERATOR), body, person=person, function=f"Fonction {name}")
    if "outsider" in name:
        name_appeal_reviewer(here, member)
    if name.startswith("ended"):
        member.ended_at = clock.now()
    db.session.flush()
    return member


@pytest.mark.parametrize(("others", "expected"), TURNS.values(), ids=TURNS)
def test_an_appeal_goes_to_the_first_who_is_left(others: str, expected: str) -> None:
    appeal, everybody = an_appeal_here(others)

    able = [name for name, member in everybody.items() if may_decide_appeal(member, appeal)]

    assert able == expected.split()
    for name in set(everybody) - set(able):
        with pytest.raises(NotAllowed):
            decide_appeal(appeal, outcome=AppealOutcome.UPHELD, reason=WHY, member=everybody[name])


def test_the_queue_shows_an_appeal_to_whom_it_goes_only() -> None:
    appeal, everybody = an_appeal_here("second administrator")
    here = town_of(appeal.decision.contribution).id

    queues = {name: queue_of(here, member=member) for name, member in everybody.items()}

    assert {name: len(queue.items) for name, queue in queues.items()} == {
        "first": 0,
        "second": 1,
        "administrator": 0,
    }
    assert queues["second"].counts["appeal"] == 1
    assert (queues["first"].with_others, queues["second"].with_others) == (1, 0)


def test_a_collectivity_names_one_person_only() -> None:
    here = a_collectivity()
    name_appeal_reviewer(here, a_member(Role.MODERATOR))
    last = a_member(Role.MODERATOR)

    name_appeal_reviewer(here, last)

    assert [one.membership_id for one in db.session.query(AppealReviewer)] == [last.id]
    with pytest.raises(sa.exc.IntegrityError), db.session.begin_nested():
        db.session.add(AppealReviewer(collectivity_id=here.id, membership_id=last.id))


@pytest.mark.parametrize("role", [Role.AGENT, Role.OFFICIAL, Role.ADMINISTRATOR, Role.AUDITOR])
def test_only_a_moderator_elsewhere_can_be_named(role: Role) -> None:
    here = a_collectivity()

    for member in (a_member(role), a_member(Role.MODERATOR, here)):
        with pytest.raises(Invalid):
            name_appeal_reviewer(here, member)


def test_a_role_that_ends_takes_what_was_entrusted_to_it_along() -> None:
    here, outsider = a_collectivity(), a_member(Role.MODERATOR)
    name_appeal_reviewer(here, outsider)

    end_membership(outsider)

    assert appeal_reviewer_of(here) is None


def test_a_lone_moderator_announces_once_somebody_elsewhere_is_named() -> None:
    project = a_complete_project()
    alone = a_member(Role.MODERATOR, project.collectivity)
    now = clock.now()
    consultation = a_consultation(project, announced=False, closes_at=now + timedelta(days=20))
    with pytest.raises(NotPossibleNow) as refusal:
        announce_consultation(consultation, member=alone)
    name_appeal_reviewer(project.collectivity, a_member(Role.MODERATOR))

    announce_consultation(consultation, member=alone)

    assert consultation.is_public
    for way in ("pour la modération", "l’administration", "de la modération d’une autre collectivité"):
        assert way in str(refusal.value.sentence)


def test_being_named_oneself_elsewhere_helps_nobody() -> None:
    project = a_complete_project()
    alone = a_member(Role.MODERATOR, project.collectivity)
    name_appeal_reviewer(project.collectivity, a_member(Role.MODERATOR, person=alone.person))

    with pytest.raises(NotPossibleNow):
        announce_consultation(
            a_consultation(project, announced=False, closes_at=clock.now() + timedelta(days=20)), member=alone
        )


def test_whoever_is_named_is_told_once(mails: Mails) -> None:
    here, outsider = a_collectivity(), a_member(Role.MODERATOR)

    for _ in range(2):
        name_appeal_reviewer(here, outsider)
    db.session.commit()
    [mail] = mails()

    assert f"To: {outsider.person.email}" in mail
    assert here.display_name in mail
    assert f"/gestion/{outsider.collectivity.slug}" in mail


def test_a_mail_tells_that_an_appeal_waits_without_a_word_of_it(mails: Mails) -> None:
    appeal, everybody = an_appeal_here("outsider")
    person, ref = everybody["outsider"].person, appeal.decision.contribution.ref

    [mail] = [one for one in mails() if f"/recours-confies/{ref}" in one]

    assert f"To: {person.email}" in mail
    assert f"/gestion/{everybody['outsider'].collectivity.slug}/recours-confies/{ref}" in mail
    assert WORDS not in mail
    assert appeal.message not in mail


def test_the_mail_is_written_only_while_the_appeal_waits_for_them(mails: Mails) -> None:
    appeal, everybody = an_appeal_here("second third")
    ref = appeal.decision.contribution.ref
    decide_appeal(appeal, outcome=AppealOutcome.UPHELD, reason=WHY, member=everybody["second"])
    db.session.commit()

    assert not [one for one in mails() if f"/moderation/recours/{ref}" in one]


def test_the_answer_belongs_to_the_collectivity_of_the_text() -> None:
    appeal, everybody = an_appeal_here("outsider")
    here = town_of(appeal.decision.contribution).id

    decide_appeal(appeal, outcome=AppealOutcome.REVERSED, reason=WHY, member=everybody["outsider"])

    acts = db.session.query(Event).filter_by(actor_membership_id=everybody["outsider"].id).all()
    assert {(act.action, act.collectivity_id) for act in acts} == {
        ("appeal.decided", here),
        ("contribution.restored", here),
    }


def test_the_outsider_answers_at_their_own_desk_and_sees_nothing_else(
    visitor: FlaskClient, sign_in: SignIn
) -> None:
    appeal, everybody = an_appeal_here("outsider")
    contribution, outsider = appeal.decision.contribution, everybody["outsider"]
    here, there = town_of(contribution).slug, outsider.collectivity.slug
    sign_in(visitor, outsider.person)
    address = f"/en/gestion/{there}/recours-confies/{contribution.ref}"

    desk = visitor.get(f"/en/gestion/{there}").text
    page = visitor.get(address)
    refused = post_form(visitor, address, outcome="", reason=WHY)
    answered = post_form(visitor, address, outcome="reversed", reason=WHY)

    assert address in desk
    assert WORDS not in desk
    assert WORDS in page.text and appeal.message in page.text
    assert refused.status_code == 422 and WHY in refused.text
    assert answered.location.endswith(f"/gestion/{there}")
    assert contribution.visibility is Visibility.PUBLISHED
    assert visitor.get(address).status_code == 302
    assert visitor.get(f"/en/gestion/{here}").status_code == 403
    assert visitor.get(f"/en/gestion/{here}/moderation/recours/{contribution.ref}").status_code == 403
    assert visitor.get(f"/en/gestion/{there}/moderation/recours/{contribution.ref}").status_code == 404


@pytest.mark.parametrize("others", ["second outsider", "administrator outsider", "unnamed"])
def test_an_appeal_that_goes_to_somebody_else_is_not_found(
    visitor: FlaskClient, sign_in: SignIn, others: str
) -> None:
    appeal, everybody = an_appeal_here(others)
    elsewhere = everybody[others.split()[-1]]
    sign_in(visitor, elsewhere.person)
    address = f"/gestion/{elsewhere.collectivity.slug}/recours-confies/{appeal.decision.contribution.ref}"

    assert visitor.get(address).status_code == 404
    assert visitor.post(address).status_code == 404
    assert address not in visitor.get(f"/gestion/{elsewhere.collectivity.slug}").text


def test_a_colleague_of_the_outsider_finds_nothing(visitor: FlaskClient, sign_in: SignIn) -> None:
    appeal, everybody = an_appeal_here("outsider")
    there = everybody["outsider"].collectivity
    sign_in(visitor, a_member(Role.MODERATOR, there).person)

    assert "recours-confies" not in visitor.get(f"/gestion/{there.slug}").text
    ref = appeal.decision.contribution.ref
    assert visitor.get(f"/gestion/{there.slug}/recours-confies/{ref}").status_code == 404


def test_an_administrator_names_by_function_and_takes_back(visitor: FlaskClient, sign_in: SignIn) -> None:
    administrator = a_member(Role.ADMINISTRATOR)
    here = administrator.collectivity
    outsider = a_member(Role.MODERATOR, function="Modératrice des Hauts")
    own, agent = a_member(Role.MODERATOR, here), a_member(Role.AGENT)
    sign_in(visitor, administrator.person)
    address = f"/en/gestion/{here.slug}/equipe/recours"

    page = visitor.get(address).text
    refused = [post_form(visitor, address, membership_id=one) for one in ("", "x", own.id, agent.id)]
    named = post_form(visitor, address, membership_id=outsider.id)
    team = visitor.get(named.location).text

    assert f"{outsider.collectivity.display_name} – Modératrice des Hauts" in page
    assert str(outsider.person.email) not in page
    assert [one.status_code for one in refused] == [422] * 4
    assert "Modératrice des Hauts" in team
    for _ in range(2):
        assert post_form(visitor, address, to=f"{address}/fin").status_code == 302
    assert appeal_reviewer_of(here) is None


def test_the_outsider_declines_and_the_desk_says_that_nobody_is_left(
    visitor: FlaskClient, sign_in: SignIn
) -> None:
    appeal, everybody = an_appeal_here("outsider")
    here, outsider = town_of(appeal.decision.contribution), everybody["outsider"]
    there = outsider.collectivity.slug
    sign_in(visitor, outsider.person)
    decline = f"/en/gestion/{there}/recours-confies/{here.slug}/refus"

    declined = post_form(visitor, f"/en/gestion/{there}", to=decline)
    again = post_form(visitor, f"/en/gestion/{there}", to=decline)
    sign_in(visitor, everybody["first"].person)
    desk = visitor.get(f"/en/gestion/{here.slug}").text

    assert (declined.status_code, again.status_code) == (302, 404)
    assert appeal_reviewer_of(here) is None
    assert "Nobody is left to answer an appeal" in desk


@pytest.mark.parametrize(
    ("others", "is_announced", "is_warned"),
    [
        ("", True, True),
        ("", False, False),
        ("second", True, False),
        ("administrator", True, False),
        ("outsider", True, False),
        ("same_as_administrator", True, True),
        ("same_as_outsider", True, True),
        ("ended_second", True, True),
    ],
)
def test_a_desk_warns_when_an_announced_consultation_has_lost_its_last_reviewer(
    visitor: FlaskClient, sign_in: SignIn, others: str, is_announced: bool, is_warned: bool
) -> None:
    project = a_project()
    alone = a_member(Role.MODERATOR, project.collectivity)
    a_consultation(project, announced=is_announced)
    for name in others.split():
        somebody(name, project.collectivity, alone.person, None)
    sign_in(visitor, alone.person)

    desk = visitor.get(f"/en/gestion/{project.collectivity.slug}").text

    assert ("Nobody is left to answer an appeal" in desk) is is_warned

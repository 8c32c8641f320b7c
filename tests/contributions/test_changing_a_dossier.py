"""A version of the dossier published because of what residents wrote: who may say it, who reads it."""

from collections.abc import Callable

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient
from sqlalchemy.exc import IntegrityError

from participation.accounts.models import Person
from participation.activity.models import Audience, Event
from participation.collectivities.models import Membership, Role
from participation.consultations.models import Consultation
from participation.contributions.actions import erase_contribution, note_cause, withdraw_contribution
from participation.contributions.models import Contribution, DossierChange, Visibility
from participation.foundation.database import db
from participation.foundation.errors import DomainError, NotAllowed
from participation.moderation.actions import hide_contribution
from participation.moderation.models import Rule
from participation.projects.actions import answer_field, publish_dossier
from participation.projects.models import DossierVersion, Project
from participation.projects.queries import published_version
from tests.factories.accounts import a_person
from tests.factories.collectivities import a_member
from tests.factories.consultations import a_participant, an_open_consultation
from tests.factories.contributions import a_contribution
from tests.factories.decisions import a_heard_project
from tests.factories.projects import a_complete_project
from tests.forms import post_form

SignIn = Callable[[FlaskClient, Person], None]
Mails = Callable[[], list[str]]
WORDS = "Je veux qu’on me rappelle avant midi."
WHY = "Le rappel est précisé"
CHANGED = "Le dossier a changé après cette contribution"


@pytest.fixture
def project() -> Project:
    return a_complete_project()


@pytest.fixture
def consultation(project: Project) -> Consultation:
    return an_open_consultation(project)


@pytest.fixture
def administrator(project: Project) -> Membership:
    return a_member(Role.ADMINISTRATOR, project.collectivity)


def rewrite(project: Project, text: str = "Le rappel a lieu avant midi.") -> None:
    answer_field(project, "goal", state="answered", text=text)


def a_version(project: Project, text: str = "Le rappel a lieu avant midi.") -> DossierVersion:
    rewrite(project, text)
    return publish_dossier(project, reason=WHY)


def changes() -> list[tuple[int, int]]:
    noted = sa.select(DossierChange.version_id, DossierChange.contribution_id).order_by(DossierChange.id)
    return [(version, contribution) for version, contribution in db.session.execute(noted)]


def events() -> list[Event]:
    return list(db.session.scalars(sa.select(Event).filter_by(action="dossier.changed_after")))


def test_a_version_names_what_it_follows_in_public(project: Project, consultation: Consultation) -> None:
    first, second = a_contribution(consultation, body=WORDS), a_contribution(consultation)
    version = a_version(project)

    added = note_cause(version, [first, second])

    assert added == 2
    assert changes() == [(version.id, first.id), (version.id, second.id)]
    (event,) = events()
    assert event.audience is Audience.PUBLIC and event.details == {"number": 2, "count": 2}


def test_the_same_causes_again_change_nothing(
    project: Project, consultation: Consultation, mails: Mails
) -> None:
    said = a_contribution(consultation)
    version = a_version(project)

    note_cause(version, [said])
    again = note_cause(version, [said, said])
    db.session.commit()

    assert again == 0
    assert len(changes()) == len(events()) == len(mails()) == 1


def test_the_database_keeps_one_row_for_a_version_and_a_text(
    project: Project, consultation: Consultation
) -> None:
    said = a_contribution(consultation)
    version = a_version(project)
    note_cause(version, [said])

    with pytest.raises(IntegrityError), db.session.begin_nested():
        db.session.add(DossierChange(version_id=version.id, contribution_id=said.id))

    assert len(changes()) == 1


@pytest.mark.parametrize("visibility", [one for one in Visibility if one is not Visibility.PUBLISHED])
def test_only_what_everybody_reads_is_a_cause(
    project: Project, consultation: Consultation, visibility: Visibility
) -> None:
    said = a_contribution(consultation, visibility=visibility)
    version = a_version(project)

    with pytest.raises(DomainError, match=said.ref) as refused:
        note_cause(version, [said])

    assert refused.value.field == "contributions"
    assert changes() == [] and events() == []


def test_a_text_about_another_project_is_refused(project: Project) -> None:
    elsewhere = a_contribution()
    version = a_version(project)

    with pytest.raises(DomainError, match=elsewhere.ref):
        note_cause(version, [elsewhere])


def test_an_official_reply_is_refused(project: Project, consultation: Consultation) -> None:
    reply = a_contribution(consultation, spoken_as="Service Accueil")
    version = a_version(project)

    with pytest.raises(DomainError, match=reply.ref):
        note_cause(version, [reply])


def test_nobody_names_their_own_text(
    project: Project, consultation: Consultation, administrator: Membership
) -> None:
    own = a_contribution(participant=a_participant(consultation, person=administrator.person))
    version = a_version(project)

    with pytest.raises(NotAllowed, match=own.ref):
        note_cause(version, [own], member=administrator)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_only_who_publishes_says_why(project: Project, consultation: Consultation, role: Role) -> None:
    said = a_contribution(consultation)
    version = a_version(project)

    with pytest.raises(NotAllowed):
        note_cause(version, [said], member=a_member(role, project.collectivity))


def test_an_author_is_told_once_with_all_their_texts(
    project: Project, consultation: Consultation, mails: Mails
) -> None:
    author = a_participant(consultation, person=a_person(email="nadia@mail.example"))
    first, second = a_contribution(participant=author, body=WORDS), a_contribution(participant=author)
    on_paper = a_contribution(participant=a_participant(consultation, without_person=True))
    version = a_version(project)

    note_cause(version, [first, on_paper])
    note_cause(version, [second])
    db.session.commit()

    (mail,) = mails()
    assert "To: nadia@mail.example" in mail and WHY in mail
    assert f"/projets/{project.slug}/versions/2\n" in mail
    assert f"/contributions/{first.ref}" in mail and f"/contributions/{second.ref}" in mail
    assert WORDS not in mail


def test_an_author_whose_text_was_withdrawn_meanwhile_gets_no_mail(
    project: Project, consultation: Consultation, mails: Mails
) -> None:
    said = a_contribution(consultation)
    note_cause(a_version(project), [said])

    withdraw_contribution(said)
    db.session.commit()

    assert mails() == []


def publication(project: Project) -> str:
    return f"/gestion/{project.collectivity.slug}/projets/{project.slug}/publication"


def test_publishing_names_contributions_as_they_are_copied(
    visitor: FlaskClient,
    sign_in: SignIn,
    project: Project,
    consultation: Consultation,
    administrator: Membership,
) -> None:
    said = [a_contribution(consultation) for _one in range(4)]
    sign_in(visitor, administrator.person)
    rewrite(project)
    db.session.commit()
    typed = (
        f"{said[0].ref}, https://mairie.example/contributions/{said[1].ref}\n"
        f"https://mairie.example/en/contributions/{said[2].ref.upper()}?a=1#b {said[3].ref};{said[0].ref}"
    )

    response = post_form(visitor, publication(project), reason=WHY, contributions=typed)

    assert response.status_code == 302
    version = published_version(project)
    assert version is not None and version.number == 2
    assert changes() == [(version.id, one.id) for one in said]


def test_publishing_without_naming_anything_still_publishes(
    visitor: FlaskClient,
    sign_in: SignIn,
    project: Project,
    consultation: Consultation,
    administrator: Membership,
) -> None:
    sign_in(visitor, administrator.person)
    rewrite(project)
    db.session.commit()

    response = post_form(visitor, publication(project), reason=WHY, contributions=" ,\n")

    assert response.status_code == 302
    assert changes() == [] and events() == []


@pytest.mark.parametrize("typed", ["inconnu123", "https://mairie.example/contributions/inconnu123"])
def test_an_unknown_reference_publishes_nothing_and_loses_nothing(
    visitor: FlaskClient,
    sign_in: SignIn,
    project: Project,
    consultation: Consultation,
    administrator: Membership,
    typed: str,
) -> None:
    said = a_contribution(consultation)
    sign_in(visitor, administrator.person)
    rewrite(project)
    db.session.commit()

    response = post_form(visitor, publication(project), reason=WHY, contributions=f"{said.ref} {typed}")

    assert response.status_code == 422
    assert 'id="contributions-error"' in response.text and 'href="#contributions"' in response.text
    assert "cette référence : inconnu123" in response.text.replace("\u00a0", " ")
    assert WHY in response.text and f"{said.ref} {typed}" in response.text
    version = published_version(project)
    assert version is not None and version.number == 1
    assert changes() == []


def test_a_refused_cause_takes_the_publication_back(
    visitor: FlaskClient, sign_in: SignIn, project: Project, administrator: Membership, mails: Mails
) -> None:
    elsewhere = a_contribution()
    sign_in(visitor, administrator.person)
    rewrite(project)
    db.session.commit()

    response = post_form(visitor, publication(project), reason=WHY, contributions=elsewhere.ref)

    assert response.status_code == 422 and 'id="contributions-error"' in response.text
    version = published_version(project)
    assert version is not None and version.number == 1
    assert mails() == []


def test_readers_go_from_the_version_to_the_text_and_back(
    visitor: FlaskClient, project: Project, consultation: Consultation
) -> None:
    said, other = a_contribution(consultation, body=WORDS), a_contribution(consultation)
    note_cause(a_version(project), [said])
    db.session.commit()

    versions = visitor.get(f"/projets/{project.slug}/versions").text
    page = visitor.get(f"/contributions/{said.ref}").text

    assert 'id="v1"' in versions and 'id="v2"' in versions
    assert WORDS in versions and f'href="/contributions/{said.ref}"' in versions
    assert f"/contributions/{other.ref}" not in versions
    assert f'href="/projets/{project.slug}/versions/2"' in page and WHY in page
    assert CHANGED not in visitor.get(f"/contributions/{other.ref}").text
    assert "publié après une contribution" in visitor.get(f"/projets/{project.slug}").text


def hide(contribution: Contribution) -> None:
    moderator = a_member(Role.MODERATOR, contribution.consultation.project.collectivity)
    hide_contribution(contribution, rule=Rule.ATTACK, reason="Il vise une personne.", member=moderator)


@pytest.mark.parametrize("take_out", [hide, withdraw_contribution, erase_contribution])
def test_a_text_taken_out_since_is_quoted_nowhere(
    visitor: FlaskClient,
    project: Project,
    consultation: Consultation,
    take_out: Callable[[Contribution], None],
) -> None:
    said = a_contribution(consultation, body=WORDS)
    note_cause(a_version(project), [said])

    take_out(said)
    db.session.commit()

    versions = visitor.get(f"/projets/{project.slug}/versions").text
    assert WORDS not in versions and said.ref not in versions
    assert "une contribution retirée depuis" in versions
    assert CHANGED not in visitor.get(f"/contributions/{said.ref}").text


def test_what_changed_before_the_summary_is_told_before_it_and_what_changed_after_after(
    visitor: FlaskClient,
) -> None:
    heard = a_heard_project(themes=1)
    answer_field(heard.project, "name", state="answered", text="Un standard")
    early, late = a_version(heard.project, "Avant."), a_version(heard.project, "Après.")
    assert heard.summary.published_at is not None
    early.published_at = heard.summary.published_at.replace(year=heard.summary.published_at.year - 1)
    for version in (early, late):
        note_cause(version, heard.contributions)
    db.session.commit()

    page = visitor.get(f"/contributions/{heard.contributions[0].ref}").text

    places = [page.index(words) for words in ('versions/1"', "#constat-", 'versions/2"')]
    assert places == sorted(places)


def test_deleting_a_version_forgets_what_led_to_it(project: Project, consultation: Consultation) -> None:
    version = a_version(project)
    note_cause(version, [a_contribution(consultation)])

    db.session.execute(sa.delete(DossierVersion).where(DossierVersion.id == version.id))

    assert changes() == []

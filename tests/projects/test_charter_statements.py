"""What a project says of the AI charter: the rules, and what a version freezes of it."""

import pytest

from participation.collectivities.models import Collectivity, Role
from participation.foundation.errors import Invalid, NotAllowed, NotPossibleNow
from participation.projects.actions import Saying, StatementConflict, publish_dossier, state_on_charter
from participation.projects.dossier.queries import charter_tallies
from participation.projects.models import CharterStatement, Compliance, Project
from participation.projects.queries import charter_statements, published_dossier
from tests.factories.ai_charter import a_charter, a_statement
from tests.factories.collectivities import a_collectivity, a_member
from tests.factories.projects import a_draft_project, a_project


@pytest.fixture
def collectivity() -> Collectivity:
    body = a_collectivity()
    a_charter(body)
    return body


def said_of(project: Project, key: str) -> tuple[Compliance | None, str, int]:
    one: CharterStatement = charter_statements(project)[key]
    return one.compliance, one.reason, one.revision


@pytest.mark.parametrize(
    ("saying", "field"),
    [
        (Saying("energie", Compliance.PARTLY), "reason-energie"),
        (Saying("energie", Compliance.DEROGATES), "reason-energie"),
        (Saying("energie", None, "Une raison seule"), "state-energie"),
        (Saying("nonsense", Compliance.COMPLIES), None),
    ],
)
def test_only_a_compliance_goes_without_a_reason(
    collectivity: Collectivity, saying: Saying, field: str | None
) -> None:
    project = a_draft_project(collectivity)
    state_on_charter(project, [Saying("personne", Compliance.COMPLIES)], charter_number=1)

    with pytest.raises(Invalid) as refusal:
        state_on_charter(project, [saying], charter_number=1)

    assert refusal.value.field == field


def test_without_a_charter_or_with_an_older_one_nothing_is_taken(collectivity: Collectivity) -> None:
    complies = [Saying("personne", Compliance.COMPLIES)]
    with pytest.raises(NotPossibleNow):
        state_on_charter(a_draft_project(), complies, charter_number=1)
    a_charter(collectivity, more="Un registre")

    with pytest.raises(NotPossibleNow):
        state_on_charter(a_draft_project(collectivity), complies, charter_number=1)


def test_nobody_but_those_who_write_the_dossier_says_it(collectivity: Collectivity) -> None:
    project = a_draft_project(collectivity)

    for member in (a_member(Role.OFFICIAL, collectivity), a_member(Role.AGENT)):
        with pytest.raises(NotAllowed):
            a_statement(project, "personne", Compliance.COMPLIES, member=member)


def test_all_is_written_or_nothing_when_a_colleague_was_quicker(collectivity: Collectivity) -> None:
    project = a_draft_project(collectivity)
    a_statement(project, "energie", Compliance.COMPLIES, published=False)

    with pytest.raises(StatementConflict) as conflict:
        state_on_charter(
            project,
            [
                Saying("personne", Compliance.COMPLIES, revision=0),
                Saying("energie", Compliance.DEROGATES, "Le vendeur se tait.", revision=0),
            ],
            charter_number=1,
        )

    assert conflict.value.keys == {"energie"}
    assert set(charter_statements(project)) == {"energie"}
    assert said_of(project, "energie") == (Compliance.COMPLIES, "", 1)


def test_the_same_words_twice_count_once_and_what_is_taken_back_keeps_its_revision(
    collectivity: Collectivity,
) -> None:
    project = a_draft_project(collectivity)
    for _time in range(2):
        state_on_charter(project, [Saying("personne", Compliance.COMPLIES, revision=0)], charter_number=1)
    assert said_of(project, "personne") == (Compliance.COMPLIES, "", 1)

    a_statement(project, "personne", None, published=False)

    assert said_of(project, "personne") == (None, "", 2)


def test_a_version_freezes_every_article_with_its_title_and_those_nothing_is_said_of(
    collectivity: Collectivity,
) -> None:
    project = a_draft_project(collectivity)
    agent = a_member(Role.AGENT, collectivity, function="Cheffe de projet")
    a_statement(project, "energie", Compliance.DEROGATES, "Le vendeur se tait.", member=agent)

    check = published_dossier(project).charter

    assert check is not None and check.version == 1
    assert [(one.number, one.title, one.compliance, one.stated_by) for one in check.statements] == [
        (1, "Une personne en face", None, ""),
        (2, "L’énergie est publiée", Compliance.DEROGATES, "Cheffe de projet"),
    ]


def test_what_is_counted_is_what_the_last_published_version_says(collectivity: Collectivity) -> None:
    project = a_project(collectivity)
    a_statement(project, "energie", Compliance.COMPLIES)
    a_statement(project, "energie", Compliance.DEROGATES, "Il se tait.", published=False)
    counted = charter_tallies(collectivity.id, project.proposed_at)  # type: ignore[arg-type]
    assert counted["energie"].counts == {Compliance.COMPLIES: 1}

    publish_dossier(project, reason="La charte")

    counted = charter_tallies(collectivity.id, project.proposed_at)  # type: ignore[arg-type]
    frozen = published_dossier(project).charter
    assert frozen is not None and frozen.by_key["energie"].compliance is Compliance.DEROGATES
    assert counted["energie"].counts == {Compliance.DEROGATES: 1}
    assert [one.slug for one in counted["energie"].derogations] == [project.slug]


def test_what_was_left_as_it_was_counts_as_checked_against_the_new_charter(
    collectivity: Collectivity,
) -> None:
    project = a_project(collectivity)
    a_statement(project, "energie", Compliance.DEROGATES, "Il se tait.")
    a_charter(collectivity, more="Un registre")
    untouched = Saying("energie", Compliance.DEROGATES, "Il se tait.", revision=1, is_changed=False)

    written = state_on_charter(project, [untouched], charter_number=2)

    assert written == [] and charter_statements(project)["energie"].charter_number == 2
    assert said_of(project, "energie") == (Compliance.DEROGATES, "Il se tait.", 1)

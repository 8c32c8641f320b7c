"""Moderators write one summary at once; once published, nobody who was late changes it."""

from collections.abc import Callable
from functools import partial

import pytest
import sqlalchemy as sa

from participation.collectivities.models import Membership
from participation.consultations.models import Consultation
from participation.contributions.actions import withdraw_contribution
from participation.contributions.models import Contribution
from participation.foundation.database import db
from participation.summaries.actions import (
    add_finding,
    add_theme,
    assign_theme_to_several,
    change_finding,
    change_theme,
    draft_summary,
    mark_orphans,
    move_theme,
    publish_summary,
    remove_finding,
    remove_orphans,
    unassign_theme,
)
from participation.summaries.models import (
    Finding,
    FindingKind,
    FindingSource,
    Orphan,
    OrphanReason,
    Summary,
    Theme,
    ThemeAssignment,
)
from participation.summaries.queries import themes_of
from tests.concurrency.counting import count
from tests.concurrency.world import Crew, meet
from tests.factories.consultations import a_closed_consultation
from tests.factories.contributions import a_contribution
from tests.factories.summaries import a_finding, a_moderator_for, a_summary, a_theme

pytestmark = [pytest.mark.keeps_its_own_database, pytest.mark.xdist_group("concurrency")]

Rounds = Callable[[int, int], int]
Ids = dict[str, int]
SENTENCE = "On demande qu’une personne réponde."


def a_summary_being_written(*, texts: int = 3) -> Ids:
    """Returns the numbers of a draft whose one finding rests on all texts but the last, which is left out."""
    consultation = a_closed_consultation()
    said = [a_contribution(consultation) for _ in range(texts)]
    theme, other = a_theme(consultation, *said), a_theme(consultation)
    summary = a_summary(consultation)
    finding = a_finding(summary, *said[:-1], theme=theme)
    member = a_moderator_for(consultation)
    mark_orphans(summary, said[-1:], reason=OrphanReason.OFF_TOPIC)
    db.session.commit()
    return {
        "consultation": consultation.id,
        "theme": theme.id,
        "other": other.id,
        "summary": summary.id,
        "finding": finding.id,
        "member": member.id,
        "text": said[-1].id,
        "source": said[0].id,
    }


def write(verb: str, ids: Ids, number: int) -> str:
    """Does one verb, by somebody who opened the page before."""
    consultation = db.session.get_one(Consultation, ids["consultation"])
    summary = db.session.get_one(Summary, ids["summary"])
    theme, other = db.session.get_one(Theme, ids["theme"]), db.session.get_one(Theme, ids["other"])
    finding = db.session.get(Finding, ids["finding"])
    member = db.session.get_one(Membership, ids["member"])
    text, source = (db.session.get_one(Contribution, ids[name]) for name in ("text", "source"))
    assert consultation.project.collectivity and themes_of(consultation)
    if finding is None:
        # On SQLite a colleague may have removed it before this page was even read.
        return "AlreadyDone"
    meet()
    _write(verb, consultation, summary, theme, other, finding, member, text, source)
    return verb


def _write(
    verb: str,
    consultation: Consultation,
    summary: Summary,
    theme: Theme,
    other: Theme,
    finding: Finding,
    member: Membership,
    text: Contribution,
    source: Contribution,
) -> None:
    kind = FindingKind.ASKED
    verbs: dict[str, Callable[[], object]] = {
        "draft": lambda: draft_summary(consultation, introduction="Voici.", member=member),
        "add theme": lambda: add_theme(consultation, name="Un sujet de plus", member=member),
        "rename": lambda: change_theme(theme, name="Un autre nom", member=member),
        "move": lambda: move_theme(other, up=True, member=member),
        "assign": lambda: assign_theme_to_several([text, source], other, member=member),
        "unassign": lambda: unassign_theme([text], theme, member=member),
        "find": lambda: add_finding(summary, theme, kind=kind, text=SENTENCE, sources=[text], member=member),
        "rewrite": lambda: change_finding(
            finding, summary, kind=kind, text=SENTENCE, sources=[text], member=member
        ),
        "remove": lambda: remove_finding(finding, summary, member=member),
        "leave out": lambda: mark_orphans(summary, [text], reason=OrphanReason.DUPLICATE, member=member),
        "take back": lambda: remove_orphans(summary, [text], member=member),
        "publish": lambda: publish_summary(summary, member=member),
        "withdraw": lambda: withdraw_contribution(source),
    }
    verbs[verb]()


@pytest.mark.parametrize(
    "verb", ["draft", "rename", "move", "assign", "unassign", "rewrite", "leave out", "take back"]
)
def test_the_same_work_done_by_several_at_once_is_done_once(crew: Crew, verb: str) -> None:
    ids = a_summary_being_written()

    given = crew.at_once(partial(write, verb, ids))

    assert set(given) == {verb}
    assert count(Summary, consultation_id=ids["consultation"]) == 1
    assert count(ThemeAssignment, theme_id=ids["other"]) == (2 if verb == "assign" else 0)
    assert count(FindingSource, finding_id=ids["finding"]) == (1 if verb == "rewrite" else 2)
    assert count(Orphan, summary_id=ids["summary"]) == (0 if verb in ("take back", "rewrite") else 1)
    positions = sa.select(Theme.position).filter_by(consultation_id=ids["consultation"])
    assert sorted(db.session.scalars(positions)) == [1, 2]


@pytest.mark.parametrize("verb", ["add theme", "find", "remove"])
def test_of_several_who_do_it_at_once_one_does_it_and_the_others_are_told(crew: Crew, verb: str) -> None:
    ids = a_summary_being_written()

    given = crew.at_once(partial(write, verb, ids))

    assert sorted(given) == ["AlreadyDone"] * 3 + [verb]
    assert count(Theme, consultation_id=ids["consultation"]) == (3 if verb == "add theme" else 2)
    findings = {"find": 2, "remove": 0}.get(verb, 1)
    assert count(Finding, summary_id=ids["summary"]) == findings


def start(consultation_id: int, member_id: int, number: int) -> int:
    consultation = db.session.get_one(Consultation, consultation_id)
    member = db.session.get_one(Membership, member_id)
    assert consultation.project.collectivity
    meet()
    return draft_summary(consultation, member=member).id


def test_a_summary_started_by_several_at_once_is_one(crew: Crew) -> None:
    consultation = a_closed_consultation()
    member = a_moderator_for(consultation)
    db.session.commit()

    assert len(set(crew.at_once(partial(start, consultation.id, member.id)))) == 1


def test_a_finding_rewritten_while_it_is_removed_is_gone_or_rewritten(crew: Crew, rounds: Rounds) -> None:
    for _ in range(rounds(2, 20)):
        ids = a_summary_being_written()

        given = crew.at_once(partial(write, "rewrite", ids), partial(write, "remove", ids))

        assert set(given) <= {"rewrite", "remove", "AlreadyDone", "NotPossibleNow"}
        assert given.count("remove") == 1 and count(FindingSource, finding_id=ids["finding"]) == 0


LATE = [
    "add theme",
    "rename",
    "move",
    "assign",
    "unassign",
    "find",
    "rewrite",
    "remove",
    "take back",
    "draft",
]


def publish_slowly(ids: Ids, number: int) -> str:
    summary = db.session.get_one(Summary, ids["summary"])
    publish_summary(summary, member=db.session.get_one(Membership, ids["member"]))
    meet()
    return "publish"


@pytest.mark.parametrize("verb", LATE)
def test_a_published_summary_is_not_changed_by_whoever_was_writing_it(crew: Crew, verb: str) -> None:
    ids = a_summary_being_written()

    late = partial(write, verb, ids)
    given = crew.at_once(partial(publish_slowly, ids), late, late, late)

    if db.engine.dialect.name == "postgresql":
        assert given == ["publish", "NotPossibleNow", "NotPossibleNow", "NotPossibleNow"]
    if "publish" in given:
        _assert_as_frozen(ids)


def test_a_text_withdrawn_while_the_summary_is_published_counts_everywhere_or_nowhere(
    crew: Crew, rounds: Rounds
) -> None:
    for _ in range(rounds(2, 40)):
        ids = a_summary_being_written()

        given = crew.at_once(partial(write, "withdraw", ids), partial(write, "publish", ids))

        assert given.count("withdraw") == given.count("publish") == 1
        figures = db.session.get_one(Summary, ids["summary"]).figures
        published = figures["coverage"]["published"]
        assert sum(figures["contributions"].values()) == published
        assert figures["people"]["total"] == published
        assert figures["findings"][str(ids["finding"])]["total"] == figures["coverage"]["sources"]


def _assert_as_frozen(ids: Ids) -> None:
    figures = db.session.get_one(Summary, ids["summary"]).figures
    found = sa.select(Finding.id).filter_by(summary_id=ids["summary"])
    assert {str(number) for number in db.session.scalars(found)} == set(figures["findings"])
    assert count(Orphan, summary_id=ids["summary"]) == figures["coverage"]["orphans"]

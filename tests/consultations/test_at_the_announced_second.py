"""It opens and closes at the second announced, whatever the zone of the machine, and never opens again."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from participation.accounts.models import Person
from participation.activity.models import Event
from participation.collectivities.models import Role
from participation.consultations.actions import (
    confirm_closing,
    extend_consultation,
    note_closings,
    pause_consultation,
)
from participation.consultations.models import Consultation, Ground
from participation.consultations.queries import When, public_consultations
from participation.contributions.actions import (
    confirm_submission,
    find_useful,
    hold_submission,
    submit_contribution,
    take_position,
)
from participation.contributions.models import Choice, Kind, PendingSubmission
from participation.foundation import clock, dates, jobs
from participation.foundation.database import db
from participation.foundation.errors import NotPossibleNow
from participation.foundation.i18n import in_language
from participation.foundation.references import hash_of
from tests.concurrency.counting import count
from tests.consultations.announced_seconds import ANNOUNCED, AROUND
from tests.factories.accounts import a_person
from tests.factories.collectivities import a_member
from tests.factories.consultations import (
    a_closing_proposal,
    a_consultation,
    a_participant,
    an_open_consultation,
)
from tests.factories.contributions import a_contribution
from tests.factories.projects import a_complete_project
from tests.forms import post_form

SignIn = Callable[[FlaskClient, Person], None]

ROOT = Path(__file__).parents[2]
HOUR, SECOND = timedelta(hours=1), timedelta(seconds=1)


@pytest.mark.keeps_its_own_database
@pytest.mark.parametrize("zone", ["UTC", "America/Los_Angeles", "Pacific/Kiritimati"])
def test_forms_are_taken_from_the_second_it_opens_to_the_second_it_closes(
    zone: str, tmp_path: Path, database_url: Callable[[str], str]
) -> None:
    url = database_url(f"seconds{os.getpid()}{zone.replace('/', '')}")
    command = [sys.executable, "-m", "tests.consultations.announced_seconds", str(tmp_path), url]

    done = subprocess.run(
        command, cwd=ROOT, env={**os.environ, "TZ": zone}, check=True, capture_output=True, text=True
    )

    tried = json.loads(done.stdout.splitlines()[-1])["tried"]
    assert len(tried) == len(ANNOUNCED) * len(AROUND) * 2 == 112
    for one in tried:
        before = one["microseconds"] < 0
        assert one["taken"] == (before if one["what"] == "closes" else not before), one
        assert one["taken"] or one["shown_back"], one


def test_what_waited_for_the_period_past_its_closing_came_too_late() -> None:
    consultation = an_open_consultation()
    participant = a_participant(consultation)

    with clock.pretend(consultation.closes_at), pytest.raises(NotPossibleNow):
        take_position(participant, Choice.FAVOURABLE)


@pytest.fixture
def over() -> Consultation:
    """Returns a consultation whose closing has passed and was noted by the worker."""
    consultation = an_open_consultation()
    with clock.pretend(consultation.closes_at + SECOND):
        jobs.do_work_of_the_minute()
    return consultation


def test_a_clock_that_goes_back_an_hour_reopens_nothing(over: Consultation) -> None:
    participant, somebody_else = a_participant(over), a_participant(over)
    text = a_contribution(participant=somebody_else)
    acts = [
        lambda: take_position(participant, Choice.OPPOSED),
        lambda: find_useful(participant, text),
        lambda: submit_contribution(participant, kind=Kind.COMMENT, body="Trop tard."),
        lambda: hold_submission(over, a_person(), kind="opinion", payload={}, form_key="late"),
    ]

    with clock.pretend(over.closes_at - HOUR):
        for act in acts:
            with pytest.raises(NotPossibleNow, match=r"closed|close"):
                act()
        now = clock.now()
        assert over.is_closed(now) and not over.is_open(now)
        assert over not in public_consultations(now, when=When.OPEN)
        assert over in public_consultations(now, when=When.CLOSED)


def test_a_form_sent_while_the_clock_is_an_hour_back_is_refused_with_its_text(
    visitor: FlaskClient, sign_in: SignIn
) -> None:
    consultation = an_open_consultation(closes_at=clock.now() + 2 * HOUR)
    sign_in(visitor, a_person())
    with clock.pretend(consultation.closes_at + SECOND):
        note_closings()
    db.session.commit()

    with clock.pretend(consultation.closes_at - HOUR):
        closed = visitor.get(f"/consultations/{consultation.slug}/avis")
        answer = post_form(
            visitor,
            "/compte/mot-de-passe",
            to=f"/consultations/{consultation.slug}/avis",
            choice="opposed",
            body="Je tiens à ce texte.",
        )

    assert closed.status_code == 409
    assert answer.status_code == 409
    assert "Je tiens à ce texte." in answer.text


def test_what_a_guest_sent_in_time_still_counts_once_the_closing_is_noted() -> None:
    consultation = an_open_consultation()
    payload = {"choice": "favourable", "language": "fr"}
    with clock.pretend(consultation.closes_at - SECOND):
        held = hold_submission(consultation, a_person(), kind="opinion", payload=payload, form_key="in time")
    held.token_hash = hash_of("token")
    db.session.flush()
    with clock.pretend(consultation.closes_at + SECOND):
        note_closings()

        receipt = confirm_submission("token")

    assert receipt.recorded["choice"] == "favourable"
    assert db.session.get_one(PendingSubmission, held.id).confirmed_at is not None


def test_a_closing_is_noted_once_and_only_when_it_has_passed() -> None:
    consultation = an_open_consultation()
    with clock.pretend(consultation.closes_at - SECOND):
        note_closings()
        assert consultation.over_at is None
    for later in (0, 1, 2):
        with clock.pretend(consultation.closes_at + later * SECOND):
            note_closings()

    assert consultation.over_at == consultation.closes_at
    assert count(Event, action="consultation.over", subject=f"consultation:{consultation.id}") == 1


def test_what_is_made_longer_suspended_or_cancelled_is_not_noted_as_over() -> None:
    longer, suspended, cancelled, draft = (an_open_consultation() for _ in range(4))
    cancelled.cancelled_at = clock.now()
    draft.announced_at = None
    former = longer.closes_at
    moderators = [a_member(Role.MODERATOR, one.project.collectivity) for one in (longer, suspended)]
    extend_consultation(longer, closes_at=former + HOUR, reason="Il a plu.", member=moderators[0])
    pause_consultation(suspended, ground=Ground.ELECTION, reason="Élections.", member=moderators[1])
    db.session.flush()

    with clock.pretend(former + SECOND):
        note_closings()

    assert [one.over_at for one in (longer, suspended, cancelled, draft)] == [None] * 4


def test_what_closes_early_at_once_stays_closed_when_the_clock_goes_back() -> None:
    now = clock.now()
    consultation = an_open_consultation(opens_at=now - timedelta(days=20))
    proposal = a_closing_proposal(consultation)
    proposal.closes_at = None
    db.session.flush()

    confirm_closing(proposal, member=a_member(Role.MODERATOR, consultation.project.collectivity))

    assert consultation.over_at == consultation.closes_at
    assert consultation.is_closed(now - HOUR)


DRAFT = {
    "title": "Votre avis compte",
    "opens_at": "2026-10-01T09:00",
    "closes_at": "2026-12-12T18:00",
    "perimeter": "Toute la commune.",
    "use_of_answers": "Le conseil répond.",
    "decided_by": "Le conseil municipal",
    "answer_due_on": "2027-02-01",
    "moderation": "before",
    "minimum_assurance": "email",
}
FORWARD, BACK = "cette heure n’existe pas", "cette heure vient deux fois"


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("closes_at", "2026-10-25T02:30", BACK),
        ("closes_at", "2026-10-25T02:00", BACK),
        ("opens_at", "2026-10-25T02:59", BACK),
        ("opens_at", "2027-03-28T02:00", FORWARD),
        ("closes_at", "2027-03-28T02:30", FORWARD),
    ],
)
def test_an_hour_that_nobody_can_read_is_refused_beside_its_field(
    visitor: FlaskClient, sign_in: SignIn, field: str, typed: str, sentence: str
) -> None:
    project = a_complete_project()
    moderator = a_member(Role.MODERATOR, project.collectivity)
    sign_in(visitor, moderator.person)

    answer = post_form(
        visitor,
        f"/gestion/{project.collectivity.slug}/projets/{project.slug}/consultation",
        **{**DRAFT, field: typed},
    )

    assert answer.status_code == 422
    assert sentence in answer.text and f'href="#{field}"' in answer.text
    assert f'value="{typed}"' in answer.text
    assert count(Consultation, project_id=project.id) == 0


@pytest.mark.parametrize("page", ["prolonger", "clore-plus-tot"])
def test_a_changed_closing_is_refused_at_an_hour_that_comes_twice(
    visitor: FlaskClient, sign_in: SignIn, page: str
) -> None:
    opened = datetime(2026, 9, 1, 7, 0, tzinfo=UTC)
    project = a_complete_project()
    consultation = a_consultation(project, opens_at=opened, closes_at=datetime(2026, 12, 1, tzinfo=UTC))
    moderator = a_member(Role.MODERATOR, consultation.project.collectivity)
    sign_in(visitor, moderator.person)

    with clock.pretend(opened + timedelta(days=20)):
        answer = post_form(
            visitor,
            f"/gestion/{project.collectivity.slug}/consultations/{consultation.slug}/{page}",
            closes_at="2026-10-25T02:30",
            reason="Un motif public.",
        )

    assert answer.status_code == 422
    assert BACK in answer.text and "Un motif public." in answer.text


@pytest.mark.parametrize(
    ("local", "moment"),
    [
        ("2026-10-25T01:59:59", "2026-10-24T23:59:59"),
        ("2026-10-25T03:00", "2026-10-25T02:00"),
        ("2027-03-28T01:59:59", "2027-03-28T00:59:59"),
        ("2027-03-28T03:00", "2027-03-28T01:00"),
        ("2028-02-29T18:00", "2028-02-29T17:00"),
    ],
)
def test_the_hours_around_a_change_of_the_clocks_mean_one_moment(local: str, moment: str) -> None:
    typed = datetime.fromisoformat(local)

    assert not dates.comes_twice(typed, "Europe/Paris") and not dates.never_comes(typed, "Europe/Paris")
    assert dates.moment_of(typed, "Europe/Paris") == datetime.fromisoformat(moment).replace(tzinfo=UTC)


def test_a_closing_in_the_hour_that_comes_twice_says_which_one() -> None:
    """A suspension moves the closing by as long as it lasted: it may end there."""
    first, second = (datetime(2026, 10, 25, hour, 30, tzinfo=UTC) for hour in (0, 1))

    with in_language("fr"):
        words = [dates.long_moment(moment, "Europe/Paris") for moment in (first, second)]

    assert words[0].endswith(
        "à 2\u00a0h\u00a030 (heure de Paris, la première fois que cette heure vient cette nuit-là)"
    )
    assert words[1].endswith(
        "à 2\u00a0h\u00a030 (heure de Paris, la seconde fois que cette heure vient cette nuit-là)"
    )

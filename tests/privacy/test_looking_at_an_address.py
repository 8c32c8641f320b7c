"""A moderator sees an address with a reason; its owner and the auditor read that they did."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from participation.accounts.jobs import forget_old_traces
from participation.accounts.models import AccessRecord, Person
from participation.activity.models import Audience, Event
from participation.collectivities.models import Role
from participation.contributions.models import Contribution
from participation.foundation import clock, jobs
from participation.foundation.database import db
from participation.foundation.errors import Invalid, NotAllowed, NotPossibleNow
from participation.privacy.actions import look_at_address
from tests.factories.accounts import a_person
from tests.factories.collectivities import a_member
from tests.factories.consultations import a_participant
from tests.factories.contributions import a_contribution
from tests.factories.moderation import a_moderator_of, town_of
from tests.forms import post_form

SignIn = Callable[[FlaskClient, Person], None]
REASON = "Elle demande par téléphone à être rappelée."


@pytest.fixture
def said() -> Contribution:
    person = a_person(email="auteure@mail.example")
    return a_contribution(participant=a_participant(person=person))


def address_page(said: Contribution) -> str:
    return f"/gestion/{town_of(said).slug}/moderation/{said.ref}/adresse"


def test_the_form_shows_no_address_before_a_reason_is_recorded(
    visitor: FlaskClient, sign_in: SignIn, said: Contribution
) -> None:
    sign_in(visitor, a_moderator_of(said).person)

    page = visitor.get(address_page(said))

    assert "auteure@mail.example" not in page.text
    assert db.session.query(AccessRecord).count() == 0


def test_the_address_is_in_the_answer_and_kept_nowhere(
    visitor: FlaskClient, sign_in: SignIn, said: Contribution
) -> None:
    moderator = a_moderator_of(said)
    sign_in(visitor, moderator.person)

    answer = post_form(visitor, address_page(said), reason=REASON)

    assert (answer.status_code, "auteure@mail.example" in answer.text) == (200, True)
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert "auteure@mail.example" not in visitor.get(address_page(said)).text
    seen = db.session.query(AccessRecord).one()
    assert (seen.membership_id, seen.reason) == (moderator.id, REASON)
    event = db.session.query(Event).filter_by(action="address.seen").one()
    assert (event.audience, event.details) == (Audience.AUDITOR, {})


@pytest.mark.parametrize("reason", ["", "   ", "Pour voir"])
def test_without_a_reason_nothing_is_shown_or_recorded(
    visitor: FlaskClient, sign_in: SignIn, said: Contribution, reason: str
) -> None:
    sign_in(visitor, a_moderator_of(said).person)

    answer = post_form(visitor, address_page(said), reason=reason)

    assert (answer.status_code, "auteure@mail.example" in answer.text) == (422, False)
    assert db.session.query(AccessRecord).count() == 0


def test_its_owner_reads_who_looked_and_why(
    visitor: FlaskClient, sign_in: SignIn, said: Contribution
) -> None:
    member = a_member(Role.MODERATOR, town_of(said), function="Modératrice")
    look_at_address(said, reason=REASON, member=member)
    sign_in(visitor, db.session.query(Person).filter_by(email="auteure@mail.example").one())

    page = visitor.get("/compte").text

    assert f"Modératrice, {town_of(said).display_name}" in page
    assert REASON in page


def test_the_auditor_reads_it_without_the_address(
    visitor: FlaskClient, sign_in: SignIn, said: Contribution
) -> None:
    look_at_address(said, reason=REASON, member=a_moderator_of(said))
    elsewhere = a_contribution()
    look_at_address(elsewhere, reason="Une autre raison, ailleurs.", member=a_moderator_of(elsewhere))
    sign_in(visitor, a_member(Role.AUDITOR, town_of(said)).person)

    page = visitor.get(f"/gestion/{town_of(said).slug}/adresses-vues").text

    assert REASON in page
    assert said.ref in page
    assert "auteure@mail.example" not in page
    assert "Une autre raison" not in page


def test_a_member_of_another_collectivity_and_an_author_may_not(said: Contribution) -> None:
    stranger = a_moderator_of(a_contribution())
    author = a_member(Role.MODERATOR, town_of(said), person=said.participant.person)

    for member in (stranger, author):
        with pytest.raises(NotAllowed):
            look_at_address(said, reason=REASON, member=member)


def test_a_paper_form_has_no_address() -> None:
    said = a_contribution(participant=a_participant(without_person=True))

    with pytest.raises(NotPossibleNow):
        look_at_address(said, reason=REASON, member=a_moderator_of(said))


def test_the_verb_asks_for_a_reason_too(said: Contribution) -> None:
    with pytest.raises(Invalid):
        look_at_address(said, reason="court", member=a_moderator_of(said))


def test_records_are_forgotten_after_twelve_months(said: Contribution) -> None:
    member = a_moderator_of(said)
    with clock.pretend(clock.now() - timedelta(days=366)):
        look_at_address(said, reason="Une raison d’il y a un an.", member=member)
    look_at_address(said, reason=REASON, member=member)

    forget_old_traces()

    assert [one.reason for one in db.session.query(AccessRecord)] == [REASON]


def test_one_piece_of_the_work_of_the_night_that_fails_stops_no_other(
    monkeypatch: pytest.MonkeyPatch, said: Contribution
) -> None:
    with clock.pretend(clock.now() - timedelta(days=366)):
        look_at_address(said, reason=REASON, member=a_moderator_of(said))
    db.session.commit()

    def fails() -> None:
        raise RuntimeError

    monkeypatch.setattr(jobs, "_daily", [fails, forget_old_traces])

    jobs.do_daily_work()

    assert db.session.query(AccessRecord).count() == 0

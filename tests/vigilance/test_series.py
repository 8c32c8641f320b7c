"""Series: found by the worker, shown to moderators and auditors, judged, counted; nothing is dropped."""

from collections.abc import Callable
from datetime import timedelta
from itertools import count

import pytest
from flask.testing import FlaskClient

from participation.accounts.erasure import ErasureChoice
from participation.accounts.models import Person
from participation.activity.models import Event
from participation.collectivities.models import Membership, Role
from participation.consultations.models import Assurance, Channel, Consultation, Participant
from participation.contributions.models import Position, Submission
from participation.contributions.queries import tallies_by_level
from participation.foundation import clock
from participation.foundation.database import db
from participation.foundation.errors import Invalid, NotAllowed
from participation.privacy.actions import erase_person
from participation.privacy.queries import traces_of
from participation.vigilance.actions import judge_series, look_for_series, note_sending
from participation.vigilance.jobs import forget_sendings
from participation.vigilance.models import Rule, Sending, SeriesMember, SuspectSeries, Verdict
from participation.vigilance.queries import flagged_beside, flagged_counts
from tests.factories.accounts import a_person
from tests.factories.collectivities import a_member
from tests.factories.consultations import a_participant, an_open_consultation
from tests.factories.contributions import a_contribution, a_position
from tests.factories.projects import a_project
from tests.factories.vigilance import a_series
from tests.forms import post_form

LONG = "Je demande que la commune renonce à cet assistant vocal et garde une personne à l’accueil."
WHY = "Une association a proposé ce texte à ses membres."
_letters = count()
SignIn = Callable[[FlaskClient, Person], None]


def test_the_same_text_of_three_people_makes_one_series_however_often_one_looks() -> None:
    consultation = an_open_consultation()
    same = [somebody_says(consultation, LONG) for _ in range(3)]
    somebody_says(consultation, "Tout autre chose : à quelle heure ferme la médiathèque le samedi ?")

    look_for_series(consultation=consultation.id)
    same.append(somebody_says(consultation, LONG + " Merci."))
    look_for_series(consultation=consultation.id)
    look_for_series(consultation=consultation.id)

    series = db.session.query(SuspectSeries).one()
    assert (series.rule, members(series)) == (Rule.TEXTS, {one.id for one in same})
    assert len(series.evidence["texts"]) == 4


def test_a_form_that_waits_for_its_link_is_looked_at_once_it_is_confirmed() -> None:
    consultation = an_open_consultation()
    participant = a_participant(consultation)
    note_sending("k", "opinion", consultation_id=consultation.id, signs=[Rule.TRAP])

    look_for_series(consultation=consultation.id)
    before = db.session.query(SuspectSeries).count()
    applied(participant, "k")
    look_for_series(consultation=consultation.id)

    assert (before, db.session.query(SuspectSeries).count()) == (0, 1)


def test_a_flagged_position_counts_like_any_other() -> None:
    consultation = an_open_consultation()
    people = [a_participant(consultation, assurance=Assurance.ACCOUNT) for _ in range(6)]
    for one in people:
        a_position(participant=one)
    before = tallies_by_level(consultation.id)

    a_series(*people)

    assert tallies_by_level(consultation.id) == before
    assert flagged_counts(consultation.id) == {(Channel.ONLINE, Assurance.ACCOUNT): 6}
    assert flagged_beside(before, flagged_counts(consultation.id)) == [6]


def test_somebody_in_two_series_is_counted_once_and_nobody_once_harmless(moderator: Membership) -> None:
    consultation = of(moderator)
    one = a_participant(consultation)
    a_position(participant=one)
    both = [a_series(one), a_series(one, rule=Rule.TEXTS)]

    counted = [sum(flagged_counts(consultation.id).values())]
    for series in both:
        judge_series(series, Verdict.HARMLESS, reason=WHY, member=moderator)
        counted.append(sum(flagged_counts(consultation.id).values()))

    assert counted == [1, 1, 0]


def test_those_found_harmless_are_not_flagged_again_by_the_same_rule(moderator: Membership) -> None:
    consultation = of(moderator)
    for _ in range(3):
        somebody_says(consultation, LONG)
    look_for_series(consultation=consultation.id)
    judge_series(db.session.query(SuspectSeries).one(), Verdict.HARMLESS, reason=WHY, member=moderator)

    somebody_says(consultation, LONG)
    look_for_series(consultation=consultation.id)

    assert flagged_counts(consultation.id) == {}
    assert db.session.query(SuspectSeries).count() == 1


def test_judging_asks_for_a_reason_a_moderator_and_somebody_else(moderator: Membership) -> None:
    consultation = of(moderator)
    series = a_series(a_participant(consultation, person=moderator.person))
    auditor = a_member(Role.AUDITOR, moderator.collectivity)
    stranger = a_member(Role.MODERATOR)
    colleague = a_member(Role.MODERATOR, moderator.collectivity)

    for member, refusal in ((auditor, NotAllowed), (stranger, NotAllowed), (moderator, NotAllowed)):
        with pytest.raises(refusal):
            judge_series(series, Verdict.KEPT, reason=WHY, member=member)
    with pytest.raises(Invalid):
        judge_series(series, Verdict.KEPT, reason="Non", member=colleague)
    assert series.verdict is None


def test_a_moderator_says_what_a_series_is_and_it_is_on_record(
    visitor: FlaskClient, sign_in: SignIn, moderator: Membership
) -> None:
    series = a_series(a_participant(of(moderator)))
    address = f"/gestion/{moderator.collectivity.slug}/series/{series.ref}"
    sign_in(visitor, moderator.person)

    empty = post_form(visitor, address, verdict="harmless")
    done = post_form(visitor, address, verdict="harmless", reason=WHY)

    assert (empty.status_code, done.status_code) == (422, 302)
    assert WHY in visitor.get(address).text
    event = db.session.query(Event).filter_by(action="series.judged").one()
    assert (event.actor_membership_id, event.details) == (
        moderator.id,
        {"verdict": "harmless", "before": None},
    )


def test_an_auditor_reads_a_series_without_anybody_s_name_and_has_no_form(
    visitor: FlaskClient, sign_in: SignIn, moderator: Membership
) -> None:
    participant = a_participant(of(moderator), person=a_person(email="cachee@mail.example"))
    participant.display_name = "Pseudonyme de quelqu’un"
    series = a_series(participant)
    auditor = a_member(Role.AUDITOR, moderator.collectivity)
    sign_in(visitor, auditor.person)

    slug = moderator.collectivity.slug
    pages = [visitor.get(f"/gestion/{slug}/series{end}").text for end in ("", f"/{series.ref}")]

    assert all("cachee" not in page and "Pseudonyme de" not in page for page in pages)
    assert 'name="verdict"' not in pages[1]


def test_erasing_forgets_how_forms_were_sent_and_keeps_the_figures() -> None:
    consultation = an_open_consultation()
    person = a_person()
    participant = a_participant(consultation, person=person)
    a_position(participant=participant)
    note_sending("k", "opinion", person=person, network_keys=["cle"], signs=[Rule.FAST])
    a_series(participant)
    held = traces_of(person)

    erase_person(person, ErasureChoice.EVERYTHING)

    assert held["sendings"][0]["network_key"] == "cle"
    assert held["series_members"][0]["rule"] is Rule.ADDRESSES
    assert db.session.query(Sending).count() == 0
    assert sum(flagged_counts(consultation.id).values()) == db.session.query(Position).count() == 1


def test_how_forms_were_sent_is_forgotten_after_two_weeks() -> None:
    with clock.pretend(clock.now() - timedelta(days=15)):
        note_sending("old", "opinion", network_keys=["cle"])
    note_sending("new", "opinion", network_keys=["cle"])

    forget_sendings()

    assert [one.form_key for one in db.session.query(Sending)] == ["new"]


def somebody_says(consultation: Consultation, words: str) -> Participant:
    """Returns the author of a text that was sent from a page, by somebody new."""
    # Addresses of the factories follow one another, which would be a series of its own.
    address = f"{chr(97 + next(_letters))}@mail.example"
    participant = a_participant(consultation, person=a_person(email=address))
    said = a_contribution(participant=participant, body=words)
    key = f"form of {said.ref}"
    note_sending(key, "comment", person=participant.person, consultation_id=consultation.id)
    applied(participant, key, said.ref)
    return participant


def applied(participant: Participant, key: str, *refs: str) -> None:
    receipt = Submission(form_key=key, participant_id=participant.id, recorded={"contributions": [*refs]})
    db.session.add(receipt)
    db.session.flush()


def members(series: SuspectSeries) -> set[int]:
    return {one.participant_id for one in db.session.query(SeriesMember).filter_by(series_id=series.id)}


def of(moderator: Membership) -> Consultation:
    """Returns an open consultation of their collectivity."""
    return an_open_consultation(a_project(moderator.collectivity))


@pytest.fixture
def moderator() -> Membership:
    return a_member(Role.MODERATOR)

"""Undoing leaves no trace in the figures; erasing takes words and addresses, and leaves the position."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from participation.accounts.erasure import ErasureChoice
from participation.accounts.models import AccessRecord
from participation.activity.models import Event
from participation.consultations.erasure import NAME_AFTER_ERASURE
from participation.consultations.models import Participant
from participation.contributions.actions import take_position
from participation.contributions.models import Choice, Contribution, Position, Submission, Visibility
from participation.contributions.paper.actions import (
    erase_form,
    keep_scan,
    look_at_scan,
    purge_scans,
    undo_form,
)
from participation.contributions.paper.models import BesideOnline, Ending
from participation.contributions.queries import Tally, position_tally
from participation.foundation import clock, outbox
from participation.foundation.database import db
from participation.foundation.errors import AlreadyDone, Invalid, NotAllowed, NotPossibleNow
from participation.foundation.files import scans_folder
from participation.privacy.actions import erase_person
from tests.factories.accounts import a_person
from tests.factories.consultations import a_participant, an_open_consultation
from tests.factories.contributions import a_condition
from tests.factories.paper import a_form, a_scan_file, an_agent

REASON = "Saisi deux fois par erreur."
EMAIL = "rose@mail.example"
ADDRESS = "Rose Le Goff\n3 rue des Ajoncs\n35000 Rennes"


def test_an_undone_form_counts_nowhere_and_its_number_is_free() -> None:
    consultation = an_open_consultation()
    condition = a_condition(consultation)
    member = an_agent(consultation)
    form = a_form(
        consultation, member, number="7", choice=Choice.CONDITIONS, conditions=(1,), body="Un texte saisi."
    )

    undo_form(form, reason=REASON, member=member)

    text = db.session.scalars(sa.select(Contribution).filter_by(ref=form.contributions[0])).one()
    assert position_tally(consultation.id) == Tally()
    assert (condition.support_count, text.visibility, text.body) == (0, Visibility.ERASED, "")
    assert (form.ending, form.ending_reason, form.ended_by_id) == (Ending.UNDONE, REASON, member.id)
    assert a_form(consultation, number="7").copy == 0


def test_an_erased_form_keeps_its_position_and_nothing_of_its_author() -> None:
    consultation = an_open_consultation()
    member = an_agent(consultation)
    form = a_form(
        consultation,
        member,
        number="7",
        choice=Choice.OPPOSED,
        body="Un texte saisi.",
        display_name="Rose",
        postal_address=ADDRESS,
        with_scan=True,
    )
    scan = scans_folder() / str(form.scan_file)

    erase_form(form, reason="Elle l’a demandé à l’accueil.", member=member)
    db.session.commit()
    outbox.drain()

    assert position_tally(consultation.id) == Tally(opposed=1)
    assert (form.number, form.postal_address, form.scan_file) == (None, "", None)
    assert form.participant.display_name == NAME_AFTER_ERASURE
    assert db.session.scalar(sa.select(Submission.id).filter_by(ref=form.ref)) is None
    assert not scan.exists()


@pytest.mark.parametrize("act", [undo_form, erase_form])
def test_ending_needs_a_reason_the_right_role_and_happens_once(act) -> None:  # type: ignore[no-untyped-def]
    consultation = an_open_consultation()
    form, member = a_form(consultation), an_agent(consultation)

    with pytest.raises(Invalid):
        act(form, reason="non", member=member)
    with pytest.raises(NotAllowed):
        act(form, reason=REASON, member=an_agent(an_open_consultation()))
    act(form, reason=REASON, member=member)
    with pytest.raises(AlreadyDone):
        act(form, reason=REASON, member=member)

    ended = db.session.scalars(sa.select(Event).where(Event.action.in_(["paper.undone", "paper.erased"])))
    assert [event.actor_membership_id for event in ended] == [member.id]


def test_after_the_summary_a_form_is_erased_and_never_undone() -> None:
    consultation = an_open_consultation()
    form, member = a_form(consultation), an_agent(consultation)
    consultation.closes_at = clock.now() - timedelta(seconds=1)
    consultation.project.summary_published_at = clock.now()
    db.session.flush()

    with pytest.raises(NotPossibleNow):
        undo_form(form, reason=REASON, member=member)
    erase_form(form, reason=REASON, member=member)

    assert not form.stands


# With an address


def test_an_address_makes_a_person_who_is_told(mails) -> None:  # type: ignore[no-untyped-def]
    form = a_form(choice=Choice.OPPOSED, email=EMAIL)
    db.session.commit()

    assert form.participant.person is not None and form.participant.person.email == EMAIL
    (mail,) = mails()
    assert EMAIL in mail and form.ref in mail


def test_nobody_types_in_a_form_of_their_own_address() -> None:
    consultation = an_open_consultation()
    member = an_agent(consultation)

    with pytest.raises(NotAllowed):
        a_form(consultation, member, email=member.person.email)


@pytest.mark.parametrize(
    ("hours", "counted", "beside"),
    [(-30, Choice.OPPOSED, BesideOnline.REPLACED), (-1, Choice.FAVOURABLE, BesideOnline.OLDER)],
)
def test_of_a_form_and_a_choice_online_the_latest_counts_once(
    hours: int,
    counted: Choice,
    beside: BesideOnline,
    mails,  # type: ignore[no-untyped-def]
) -> None:
    consultation = an_open_consultation(opens_at=clock.now() - timedelta(days=9))
    online = a_participant(consultation, person=a_person(email=EMAIL))
    take_position(online, Choice.FAVOURABLE, now=clock.now() + timedelta(hours=hours))

    form = a_form(
        consultation,
        choice=Choice.OPPOSED,
        email=EMAIL,
        received_on=clock.today() if hours < -24 else clock.today() - timedelta(days=1),
    )
    db.session.commit()

    positions = db.session.scalars(sa.select(Position)).all()
    assert [(one.participant_id, one.choice) for one in positions] == [(online.id, counted)]
    assert form.beside_online is beside
    assert "Vous avez aussi" in mails()[0] or "Vous aviez aussi" in mails()[0]


def test_undoing_brings_back_what_the_form_replaced() -> None:
    consultation = an_open_consultation(opens_at=clock.now() - timedelta(days=9))
    kept, added = a_condition(consultation), a_condition(consultation)
    online = a_participant(consultation, person=a_person(email=EMAIL))
    before = clock.now() - timedelta(days=3)
    take_position(online, Choice.FAVOURABLE, now=before)
    member = an_agent(consultation)
    form = a_form(consultation, member, choice=Choice.CONDITIONS, conditions=(1, 2), email=EMAIL)

    undo_form(form, reason=REASON, member=member)

    position = db.session.scalars(sa.select(Position)).one()
    assert (position.choice, position.changed_at) == (Choice.FAVOURABLE, before)
    assert (kept.support_count, added.support_count) == (0, 0)


def test_undoing_leaves_what_was_chosen_online_afterwards() -> None:
    consultation = an_open_consultation()
    member = an_agent(consultation)
    form = a_form(consultation, member, choice=Choice.OPPOSED, email=EMAIL)
    take_position(form.participant, Choice.FAVOURABLE)

    undo_form(form, reason=REASON, member=member)

    assert position_tally(consultation.id) == Tally(favourable=1)


def test_whoever_leaves_takes_the_addresses_of_their_forms_away() -> None:
    consultation = an_open_consultation()
    form = a_form(consultation, email=EMAIL, postal_address=ADDRESS, body="Un texte saisi.", with_scan=True)
    scan, person = scans_folder() / str(form.scan_file), form.participant.person

    erase_person(person, ErasureChoice.EVERYTHING)
    db.session.commit()
    outbox.drain()

    db.session.refresh(form)
    assert (form.postal_address, form.number, form.scan_file) == ("", None, None)
    assert not scan.exists()
    assert position_tally(consultation.id).total == 1


# Scans


def test_looking_at_a_scan_is_on_record_with_its_reason() -> None:
    consultation = an_open_consultation()
    form, member = a_form(consultation, with_scan=True), an_agent(consultation)

    with pytest.raises(Invalid):
        look_at_scan(form, reason="voir", member=member)
    with pytest.raises(NotAllowed):
        look_at_scan(form, reason="Vérifier un mot illisible.", member=an_agent(an_open_consultation()))
    name = look_at_scan(form, reason="Vérifier un mot illisible.", member=member)

    seen = db.session.scalars(sa.select(AccessRecord)).one()
    assert name == form.scan_file
    assert (seen.subject, seen.membership_id) == (f"paper_form:{form.id}", member.id)


@pytest.mark.parametrize("days", [0, -1, 400])
def test_a_scan_has_an_end_within_a_year(days: int) -> None:
    form = a_form()

    with pytest.raises(Invalid) as refused:
        keep_scan(form, a_scan_file(), purge_on=clock.today() + timedelta(days=days))

    assert refused.value.field == "scan_purge_on"


def test_the_night_takes_scans_whose_day_has_come_and_files_nobody_names() -> None:
    over, later = a_form(with_scan=True), a_form(with_scan=True)
    over.scan_purge_on = clock.today()
    kept, gone = scans_folder() / str(later.scan_file), scans_folder() / str(over.scan_file)
    lost = scans_folder() / "perdu.pdf"
    lost.write_bytes(b"%PDF-")
    db.session.commit()

    with clock.pretend(clock.now() + timedelta(days=2)):
        purge_scans()
        db.session.commit()
        outbox.drain()

    assert (gone.exists(), kept.exists(), lost.exists()) == (False, True, False)
    assert over.scan_file is None


def test_every_participant_of_a_form_is_the_participant_of_that_form_only() -> None:
    consultation = an_open_consultation()

    forms = [a_form(consultation) for _ in range(3)]

    assert len({form.participant_id for form in forms}) == 3
    assert db.session.scalar(sa.select(sa.func.count(Participant.id))) == 3

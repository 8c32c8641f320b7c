"""Somebody who did everything one can do here, each time with the same recognisable words."""

from dataclasses import dataclass
from datetime import timedelta

from participation.accounts.models import AddressLink, Person, PersonAddress, Session
from participation.activity.models import Audience
from participation.activity.recording import record
from participation.collectivities.actions import appoint, end_membership, invite
from participation.collectivities.models import Collectivity, Membership, Role
from participation.consultations.actions import participant_for
from participation.consultations.models import (
    Consultation,
    ModerationTime,
    Verification,
    VerificationCode,
)
from participation.contributions.actions import (
    find_useful,
    hold_submission,
    record_submission,
    submit_contribution,
    support_condition,
    take_position,
    withdraw_contribution,
)
from participation.contributions.models import Choice, Contribution, ContributionVersion, Kind
from participation.decisions.models import DecisionVersion
from participation.foundation import clock
from participation.foundation.database import db
from participation.foundation.references import hash_of
from participation.moderation.actions import report_contribution
from participation.moderation.models import Appeal, Rule
from participation.notifications.actions import follow, set_frequency
from participation.notifications.mails import add_notices
from participation.notifications.models import ClosingReminder, Digest, Frequency, SubjectKind
from participation.notifications.news import note_news
from participation.privacy.actions import look_at_address
from participation.summaries.models import Summary
from participation.vigilance.models import Sending
from tests.factories.accounts import PASSWORD, a_person, a_sign_in_link
from tests.factories.collectivities import a_collectivity, a_member
from tests.factories.consultations import a_closed_consultation, a_consultation, a_participant
from tests.factories.contributions import a_condition, a_contribution
from tests.factories.decisions import Heard, a_decision
from tests.factories.moderation import a_hidden_contribution, an_appeal
from tests.factories.paper import a_form
from tests.factories.projects import a_complete_project
from tests.factories.summaries import a_published_summary
from tests.factories.vigilance import a_series

# Stands in no other row: found anywhere, it was left there.
CANARY = "zq7canari"
EMAIL = f"{CANARY}@mail.example"


@dataclass(frozen=True)
class Life:
    """What one person did in one town, and what others did about it."""

    person: Person
    town: Collectivity
    moderator: Membership
    consultation: Consultation
    # Their published comment that others answered, reported and found useful.
    comment: Contribution
    reply_of_another: Contribution
    pending: Contribution
    hidden: Contribution
    withdrawn: Contribution
    quoted: Contribution
    appeal: Appeal
    summary: Summary
    decision: DecisionVersion

    @property
    def texts(self) -> list[Contribution]:
        """Returns all they wrote."""
        return db.session.query(Contribution).filter(Contribution.body.contains(CANARY)).all()


def a_whole_life() -> Life:
    """Adds a person who touched everything, among others who did a little."""
    person = a_person(email=EMAIL, display_name=f"Nom {CANARY}", password=PASSWORD)
    town = a_collectivity()
    moderator = a_member(Role.MODERATOR, town, function="Modératrice")
    consultation = a_consultation(a_complete_project(town))
    comment, hidden, withdrawn = _says(person, consultation)
    others_reply = _others_answer(comment)
    summary, quoted = _is_quoted(person, town)
    _hands_in(town)
    _signs_in(person, town)
    _follows(person, consultation)
    _is_confirmed(person, town)
    _is_watched(person, comment)
    life = Life(
        person=person,
        town=town,
        moderator=moderator,
        consultation=consultation,
        comment=comment,
        reply_of_another=others_reply,
        pending=_waits(person, town),
        hidden=hidden,
        withdrawn=withdrawn,
        quoted=quoted,
        appeal=an_appeal(a_hidden_contribution(hidden, member=moderator), message=f"Je {CANARY} conteste."),
        summary=summary,
        decision=_is_told(summary, town),
    )
    look_at_address(comment, reason=f"{CANARY} menace quelqu’un dans ce texte.", member=moderator)
    db.session.commit()
    return life


def _says(person: Person, consultation: Consultation) -> tuple[Contribution, Contribution, Contribution]:
    participant = participant_for(consultation, person, display_name=f"Nom {CANARY}")
    condition, other = a_condition(consultation), a_contribution(consultation)
    opinion = {
        "choice": Choice.CONDITIONS.value,
        "conditions": [condition.ref],
        "new_condition": f"Ma condition {CANARY}",
        "body": f"Mon avis {CANARY}",
        "kind": Kind.COMMENT.value,
        "stance": "against",
        "language": "fr",
    }
    sent = record_submission(participant, "opinion", opinion, form_key=f"{CANARY}-avis", now=clock.now())
    comment = db.session.query(Contribution).filter_by(ref=sent.recorded["contributions"][-1]).one()
    answer, withdrawn = (
        submit_contribution(
            participant, kind=Kind.COMMENT, body=f"Réponse {CANARY}", title=CANARY, reply_to=other
        )
        for _one in range(2)
    )
    withdraw_contribution(withdrawn)
    find_useful(participant, other)
    report_contribution(
        other, rule=Rule.ATTACK, message=f"{CANARY} signale", reporter=person, form_key=f"{CANARY}-signale"
    )
    return comment, answer, withdrawn


def _is_watched(person: Person, comment: Contribution) -> None:
    """Adds what they wrote before they changed it, how they sent it, and the series it was put in."""
    former = ContributionVersion(
        contribution_id=comment.id, number=1, body=f"D’abord {CANARY}", written_at=clock.now()
    )
    sending = Sending(
        form_key=f"{CANARY}-envoi",
        kind="opinion",
        person_id=person.id,
        consultation_id=comment.consultation_id,
        network_key=f"{CANARY}-réseau",
    )
    db.session.add_all([former, sending])
    a_series(comment.participant)


def _others_answer(comment: Contribution) -> Contribution:
    neighbour = a_participant(comment.consultation, display_name="Voisine")
    own_condition = (
        db.session.query(Contribution)
        .filter_by(participant_id=comment.participant_id, kind=Kind.CONDITION)
        .one()
    )
    support_condition(neighbour, own_condition)
    find_useful(neighbour, comment)
    take_position(neighbour, Choice.OPPOSED)
    report_contribution(comment, rule=Rule.ATTACK, message=f"Il écrit « {CANARY} »", form_key="autre")
    return submit_contribution(neighbour, kind=Kind.COMMENT, body="Je vous réponds.", reply_to=comment)


def _waits(person: Person, town: Collectivity) -> Contribution:
    read_first = a_consultation(a_complete_project(town), moderation=ModerationTime.BEFORE)
    participant = participant_for(read_first, person, display_name=CANARY)
    payload = {"body": f"Pas confirmé {CANARY}", "display_name": CANARY}
    held = hold_submission(read_first, person, kind="comment", payload=payload, form_key=f"{CANARY}-tenu")
    held.token_hash = hash_of(CANARY)
    return submit_contribution(participant, kind=Kind.SERVICE_QUESTION, body=f"Une question {CANARY} ?")


def _is_quoted(person: Person, town: Collectivity) -> tuple[Summary, Contribution]:
    closed = a_closed_consultation(a_complete_project(town))
    quoted = a_contribution(
        participant=a_participant(closed, person=person, display_name=CANARY), body=f"À citer {CANARY}"
    )
    return a_published_summary(closed, quoted), quoted


def _is_told(summary: Summary, town: Collectivity) -> DecisionVersion:
    consultation = summary.consultation
    member = a_member(Role.AGENT, town)
    heard = Heard(
        town, consultation.project, consultation, summary, [], [], [], agent=member, administrator=member
    )
    version = a_decision(heard, published=True)
    add_notices(version)
    return version


def _is_confirmed(person: Person, town: Collectivity) -> None:
    further, now = f"autre-{EMAIL}", clock.now()
    db.session.add_all(
        [
            PersonAddress(person_id=person.id, email=further),
            AddressLink(person_id=person.id, email=further, token_hash=CANARY, expires_at=now),
            Verification(person_id=person.id, collectivity_id=town.id, verified_at=now),
            VerificationCode(person_id=person.id, expires_at=now),
        ]
    )
    db.session.flush()


def _hands_in(town: Collectivity) -> None:
    a_form(
        a_consultation(a_complete_project(town)),
        number=CANARY,
        email=EMAIL,
        display_name=CANARY,
        body=f"Sur papier {CANARY}",
        postal_address=f"Rue {CANARY}",
        with_scan=True,
    )


def _signs_in(person: Person, town: Collectivity) -> None:
    a_sign_in_link(person, f"{CANARY}-lien", next_path=f"/projets?q={CANARY}")
    expires_at = clock.now() + timedelta(days=1)
    db.session.add(
        Session(token_hash=hash_of(CANARY), person_id=person.id, device=CANARY, expires_at=expires_at)
    )
    invite(town, email=EMAIL, role=Role.AGENT, function=f"Cheffe {CANARY}", member=None)
    end_membership(appoint(person, town, Role.OFFICIAL, function="Élue au numérique"))


def _follows(person: Person, consultation: Consultation) -> None:
    follow(person, SubjectKind.CONSULTATION, consultation.id, remind_days=3)
    set_frequency(person, Frequency.WEEKLY)
    event = record(
        "consultation.extended",
        f"consultation:{consultation.id}",
        audience=Audience.PUBLIC,
        project_id=consultation.project_id,
    )
    note_news(event)
    digest = Digest(person_id=person.id, week=clock.today())
    reminder = ClosingReminder(
        person_id=person.id, consultation_id=consultation.id, closes_at=consultation.closes_at
    )
    db.session.add_all([digest, reminder])
    db.session.flush()

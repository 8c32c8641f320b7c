"""Random lives of a consultation, the same for the same number: people come, change, leave, are hidden."""

import random
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial

from participation.accounts.erasure import ErasureChoice
from participation.collectivities.models import Collectivity, Membership, Role
from participation.consultations.actions import anonymous_participant, participant_for
from participation.consultations.models import Assurance, Channel, Consultation, Participant
from participation.contributions.actions import (
    confirm_submission,
    find_useful,
    hold_submission,
    link_participants,
    record_submission,
    stop_finding_useful,
    stop_supporting,
    support_condition,
    withdraw_contribution,
    withdraw_position,
)
from participation.contributions.models import Choice, Contribution, Kind, Visibility
from participation.foundation import clock
from participation.foundation.database import db
from participation.foundation.errors import DomainError
from participation.foundation.references import hash_of
from participation.moderation.actions import hide_contribution, restore_contribution
from participation.moderation.models import Rule
from participation.privacy.actions import erase_person
from tests.factories.accounts import a_person
from tests.factories.collectivities import a_member
from tests.factories.consultations import an_open_consultation
from tests.factories.moderation import REASON
from tests.factories.projects import a_complete_project

SIZES = (0, 1, 2, 8, 30, 60)
OFFLINE = (Channel.PAPER, Channel.MEETING, Channel.PHONE, Channel.DESK)


class History:
    """One consultation that is lived through at random."""

    def __init__(self, number: int, body: Collectivity | None = None) -> None:
        self.dice = random.Random(f"history {number}")
        self.consultation = an_open_consultation(a_complete_project(body))
        self.moderator: Membership = a_member(Role.MODERATOR, self.consultation.project.collectivity)
        self.people: list[Participant] = []
        self.texts: list[Contribution] = []
        self.steps = SIZES[number % len(SIZES)]
        self.forms = (f"{self.consultation.slug} {n}" for n in range(10_000))
        # Some lives are of one position only, or of ties: chance alone would rarely give them.
        self.choices = self.dice.choice([list(Choice), [Choice.OPPOSED], [Choice.FAVOURABLE, Choice.OPPOSED]])

    def live(self) -> Consultation:
        """Takes its steps, each done or refused as a whole, then returns the consultation."""
        for _step in range(self.steps):
            try:
                with db.session.begin_nested():
                    self.dice.choice(self._acts())()
            except DomainError:
                db.session.expire_all()
        db.session.commit()
        return self.consultation

    def _acts(self) -> list[Callable[[], object]]:
        if not self.people:
            return [self._joins]
        who = self.dice.choice(self.people)
        acts: list[Callable[[], object]] = [self._joins, self._is_guest, partial(self._gives_opinion, who)]
        acts += [
            partial(self._comments, who),
            partial(self._is_the_same_as, who),
            partial(withdraw_position, who),
            partial(self._leaves, who),
            partial(self._gives_opinion, who),
        ]
        if self.texts:
            text = self.dice.choice(self.texts)
            acts += [
                *(partial(verb, who, text) for verb in (find_useful, find_useful, stop_finding_useful)),
                *(
                    partial(verb, who, text)
                    for verb in (support_condition, support_condition, stop_supporting)
                ),
                partial(withdraw_contribution, text),
                partial(hide_contribution, text, rule=Rule.ATTACK, reason=REASON, member=self.moderator),
                partial(restore_contribution, text, reason=REASON, member=self.moderator),
            ]
        return acts

    def _joins(self) -> None:
        if self.dice.random() < 0.4:
            channel = self.dice.choice(OFFLINE)
            who = anonymous_participant(self.consultation, display_name="Papier", channel=channel)
        else:
            assurance = self.dice.choice([Assurance.EMAIL, Assurance.ACCOUNT, Assurance.VERIFIED])
            who = participant_for(self.consultation, a_person(), display_name="Nadia B.", assurance=assurance)
        self.people.append(who)
        self._gives_opinion(who)

    def _is_guest(self) -> None:
        """Sends as a guest, and confirms or not."""
        person, token = a_person(), f"token {next(self.forms)}"
        payload = {"choice": self._choice(), "language": "fr", "display_name": "Invité"}
        held = hold_submission(
            self.consultation, person, kind="opinion", payload=payload, form_key=next(self.forms)
        )
        held.token_hash = hash_of(token)
        db.session.flush()
        if self.dice.random() < 0.7:
            self.people.append(confirm_submission(token).participant)

    def _gives_opinion(self, who: Participant) -> None:
        conditions = [text.ref for text in self.texts if text.kind is Kind.CONDITION]
        ticked = self.dice.sample(conditions, self.dice.randint(0, len(conditions)))
        payload = {
            "choice": self._choice(),
            "conditions": ticked,
            "dropped": [ref for ref in conditions if ref not in ticked],
            "new_condition": self.dice.choice(["", "", "Qu’un agent réponde aussi."]),
            "language": "fr",
        }
        self._sends(who, "opinion", payload)

    def _comments(self, who: Participant) -> None:
        payload = {"kind": "comment", "stance": "for", "body": "Un mot secret.", "language": "fr"}
        published = [text for text in self.texts if text.visibility is Visibility.PUBLISHED]
        if published and self.dice.random() < 0.5:
            payload["reply_to"] = self.dice.choice(published).ref
        self._sends(who, "comment", payload)

    def _sends(self, who: Participant, kind: str, payload: dict[str, object]) -> None:
        sent = record_submission(who, kind, payload, form_key=next(self.forms), now=clock.now())
        refs = sent.recorded["contributions"]
        self.texts += list(db.session.query(Contribution).filter(Contribution.ref.in_(refs)))

    def _leaves(self, who: Participant) -> None:
        if who.person is not None and self.dice.random() < 0.5:
            erase_person(who.person, self.dice.choice(list(ErasureChoice)))

    def _is_the_same_as(self, who: Participant) -> None:
        """Turns out to be somebody else too, who took part under another address or on paper."""
        if who.person is not None and self.dice.random() < 0.5:
            link_participants(who, self.dice.choice(self.people))

    def _choice(self) -> str:
        return self.dice.choice(self.choices).value


def histories(count: int, first: int = 0) -> Iterator[Consultation]:
    """Yields consultations that were lived through, one in three of them closed for three days."""
    for number in range(first, first + count):
        consultation = History(number).live()
        if number % 3 == 2:
            consultation.closes_at = clock.now() - timedelta(days=3)
            consultation.opens_at = consultation.closes_at - timedelta(days=30)
            db.session.commit()
        yield consultation

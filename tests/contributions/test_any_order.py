"""In whatever order people vote, change, leave and are linked, and moderators act, a model says the same."""

from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from itertools import count as numbers
from typing import Any

import hypothesis
import sqlalchemy as sa
from hypothesis import strategies
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from participation.accounts.erasure import ErasureChoice
from participation.collectivities.models import Role
from participation.consultations.actions import anonymous_participant, note_closings, participant_for
from participation.consultations.models import Assurance, Channel, Participant, Verification
from participation.contributions.actions import (
    confirm_submission,
    hold_submission,
    link_participants,
    record_submission,
)
from participation.contributions.models import (
    Choice,
    ConditionSupport,
    Contribution,
    Kind,
    Position,
    UsefulVote,
)
from participation.contributions.queries import counted_of, position_tally, tallies_by_level
from participation.foundation import clock
from participation.foundation.database import db
from participation.foundation.errors import DomainError
from participation.foundation.references import hash_of
from participation.moderation.actions import hide_contribution, restore_contribution
from participation.moderation.models import Rule
from participation.privacy.actions import erase_person
from tests.concurrency.counting import counters_that_drifted
from tests.contributions.model import Held, Human, Text
from tests.factories.accounts import a_person
from tests.factories.collectivities import a_member
from tests.factories.consultations import an_open_consultation
from tests.factories.moderation import REASON
from tests.factories.projects import a_project

LASTS = 3600
LATE, LEFT = 48 * 3600, "NotPossibleNow"
# One seed, so that a failure comes again; another one tries other orders.
SEED = 4

which = strategies.integers(0, 7)
choices = strategies.sampled_from([choice.value for choice in Choice])
kinds = strategies.sampled_from(["support", "useful"])
_forms = numbers()


class AnyOrder(RuleBasedStateMachine):
    """One consultation of an hour, acted on in any order; each act is done whole or refused whole."""

    def __init__(self) -> None:
        super().__init__()
        self.began = clock.now()
        # By its own number: this consultation alone in the transaction of the test.
        self.consultation = an_open_consultation(
            a_project(), opens_at=self.began, closes_at=self.began + timedelta(seconds=LASTS)
        )
        self.moderator = a_member(Role.MODERATOR, self.consultation.project.collectivity)
        self.seconds, self.back, self.is_over = 1, 0, False
        # Each identity with whom it counts for; texts and held forms in the order they came.
        self.identities: list[tuple[Participant, Human]] = []
        self.texts: list[tuple[Contribution, Text]] = []
        self.held: list[tuple[str, Held]] = []

    # People

    @rule(is_online=strategies.booleans())
    def joins(self, is_online: bool) -> None:
        if self.is_over or len(self.identities) == 6:
            return
        if is_online:
            self.identities.append(
                (participant_for(self.consultation, a_person(), display_name="A"), Human())
            )
        else:
            paper = anonymous_participant(self.consultation, display_name="B", channel=Channel.PAPER)
            self.identities.append((paper, Human(has_person=False)))

    @precondition(lambda self: self.identities)
    @rule(who=which, choice=choices)
    def takes_a_position(self, who: int, choice: str) -> None:
        participant, human = self.somebody(who)
        given = self.sends(participant, "opinion", choice=choice)
        assert given == self.unless_over()
        if not given:
            human.takes(choice, self.seconds)

    @precondition(lambda self: self.identities)
    @rule(who=which)
    def withdraws_a_position(self, who: int) -> None:
        participant, human = self.somebody(who)
        given = self.sends(participant, "withdraw_position")
        assert given == self.unless_over()
        if not given:
            human.withdraws(self.seconds)

    @precondition(lambda self: self.texts)
    @rule(
        who=which,
        what=which,
        kind=strategies.sampled_from(["support", "useful"]),
        is_wanted=strategies.booleans(),
    )
    def votes(self, who: int, what: int, kind: str, is_wanted: bool) -> None:
        participant, human = self.somebody(who)
        contribution, text = self.texts[what % len(self.texts)]
        if kind == "support" and not text.is_condition:
            kind = "useful"
        verb = kind if is_wanted else f"not_{kind}"
        given = self.sends(participant, verb, contribution=contribution.ref)
        if self.is_over or (is_wanted and text.visibility != "published"):
            assert given == "NotPossibleNow"
        elif is_wanted and text.human is human:
            assert given == "NotAllowed"
        else:
            assert given == ""
            human.votes_for(f"{kind} {text.name}", self.seconds, is_wanted=is_wanted)

    @precondition(lambda self: self.identities)
    @rule(who=which, is_condition=strategies.booleans())
    def speaks(self, who: int, is_condition: bool) -> None:
        participant, human = self.somebody(who)
        kind = Kind.CONDITION if is_condition else Kind.COMMENT
        payload = {"kind": kind.value, "stance": "neutral", "body": "Un mot."}
        given = self.sends(participant, "comment", **payload)
        assert given == self.unless_over()
        if not given:
            newest = sa.select(Contribution).order_by(Contribution.id.desc()).limit(1)
            said = db.session.scalars(newest).one()
            self.texts.append((said, Text(said.ref, human, is_condition)))

    # Guests

    @precondition(lambda self: self.identities)
    @rule(who=which, choice=choices)
    def sends_as_a_guest(self, who: int, choice: str) -> None:
        participant, human = self.somebody(who)
        person = participant.person
        if person is None or not human.has_person:
            return
        token = f"token {next(_forms)}"
        payload = {"choice": choice, "language": "fr", "display_name": "A"}

        def hold() -> None:
            held = hold_submission(
                self.consultation, person, kind="opinion", payload=payload, form_key=f"form {token}"
            )
            held.token_hash = hash_of(token)

        given = self.does(hold)
        assert given == self.unless_over()
        if not given:
            self.held.append((token, Held(human, choice, self.seconds)))

    @precondition(lambda self: self.held)
    @rule(what=which)
    def confirms(self, what: int) -> None:
        token, held = self.held[what % len(self.held)]
        given = self.does(lambda: confirm_submission(token))
        if held.is_confirmed and held.human.has_person:
            assert given == ""
        elif not held.human.has_person or self.seconds - self.back > held.sent_at + LATE:
            assert given == LEFT
        else:
            assert given == ""
            held.is_confirmed = True
            held.human.takes(held.choice, held.sent_at)

    # Identities

    @precondition(lambda self: len(self.identities) > 1)
    @rule(one=which, another=which)
    def turns_out_to_be_the_same(self, one: int, another: int) -> None:
        (kept, human), (other, second) = self.somebody(one), self.somebody(another)
        # The address of the other keeps its own links until accounts are merged: not while one waits.
        if not human.has_person or self.waits_for(second) or self.was_erased(other, second):
            return
        given = self.does(lambda: link_participants(kept, other))
        assert given == ""
        if human is second:
            return
        own = {thing for _row, text in self.texts if text.human in (human, second) for thing in text.things()}
        human.is_also(second, own)
        self.identities = [(row, human if whose is second else whose) for row, whose in self.identities]
        for _row, text in self.texts:
            text.human = human if text.human is second else text.human
        for _token, held in self.held:
            held.human = human if held.human is second else held.human

    @precondition(lambda self: self.identities)
    @rule(who=which)
    def is_seen_at_the_desk(self, who: int) -> None:
        participant, human = self.somebody(who)
        person, body = participant.person, self.consultation.project.collectivity
        if person is None or not human.has_person or self.was_seen(person.id):
            return
        db.session.add(Verification(person_id=person.id, collectivity_id=body.id, verified_at=clock.now()))
        db.session.flush()
        counted = participant_for(self.consultation, person, display_name="")
        assert counted.id == participant.counted_id
        assert counted.assurance is Assurance.VERIFIED

    @precondition(lambda self: self.identities)
    @rule(who=which, choice=strategies.sampled_from(list(ErasureChoice)))
    def leaves_for_good(self, who: int, choice: ErasureChoice) -> None:
        participant, human = self.somebody(who)
        person = participant.person
        if person is None or not human.has_person:
            return
        assert self.does(lambda: erase_person(person, choice)) == ""
        human.leaves()
        for _row, text in self.texts:
            if text.human is human and (choice is ErasureChoice.EVERYTHING or text.visibility != "published"):
                text.visibility = "erased"

    # Moderation, and taking one's words back

    @precondition(lambda self: self.texts)
    @rule(what=which)
    def is_hidden(self, what: int) -> None:
        row, text = self.texts[what % len(self.texts)]
        given = self.does(
            lambda: hide_contribution(row, rule=Rule.ATTACK, reason=REASON, member=self.moderator)
        )
        expected = {"published": "", "hidden": "AlreadyDone"}.get(text.visibility, LEFT)
        assert given == expected
        text.visibility = text.visibility if given else "hidden"

    @precondition(lambda self: self.texts)
    @rule(what=which)
    def is_restored(self, what: int) -> None:
        row, text = self.texts[what % len(self.texts)]
        given = self.does(lambda: restore_contribution(row, reason=REASON, member=self.moderator))
        expected = {"published": "AlreadyDone", "hidden": ""}.get(text.visibility, LEFT)
        assert given == expected
        text.visibility = text.visibility if given else "published"

    @precondition(lambda self: self.texts)
    @rule(what=which)
    def is_withdrawn(self, what: int) -> None:
        row, text = self.texts[what % len(self.texts)]
        if not text.human.has_person:
            return
        given = self.sends(row.participant, "withdraw", contribution=row.ref)
        expected = {"published": "", "withdrawn": "AlreadyDone"}.get(text.visibility, LEFT)
        assert given == expected
        text.visibility = text.visibility if given else "withdrawn"

    # Time

    @rule(seconds=strategies.sampled_from([1, 60, LASTS, LATE]))
    def passes(self, seconds: int) -> None:
        # Long leaps are rare: most of a life is in the open hour.
        self.seconds += seconds if self.seconds > 30 or seconds < LASTS else 1
        if not self.is_over and self.seconds > LASTS - 300:
            self.seconds, self.is_over = max(self.seconds, LASTS), True
            assert self.does(note_closings) == ""

    @precondition(lambda self: self.is_over)
    @rule()
    def goes_back_an_hour(self) -> None:
        self.back = 0 if self.back else LASTS

    # What must hold whatever was done

    @invariant()
    def positions_are_those_of_the_model(self) -> None:
        humans = self.humans()
        rows = db.session.execute(
            sa.select(Position.participant_id, Position.choice).filter_by(
                consultation_id=self.consultation.id
            )
        ).all()
        told = Counter(human.choice for human in humans if human.choice)
        assert len({number for number, _choice in rows}) == len(rows)
        assert Counter(choice.value for _number, choice in rows) == told
        tally = position_tally(self.consultation.id)
        assert {
            choice.value: getattr(tally, choice.value) for choice in Choice if told[choice.value]
        } == dict(told)
        assert sum(level.tally.total for level in tallies_by_level(self.consultation.id)) == tally.total
        assert len(counted_of(self.consultation.id).positions) == tally.total

    @invariant()
    def votes_and_counters_are_those_of_the_model(self) -> None:
        given = Counter(thing for human in self.humans() for thing in human.votes)
        for row, text in self.texts:
            db.session.refresh(row)
            assert row.visibility.value == text.visibility
            for kind, table, shown in (
                ("support", ConditionSupport, row.support_count),
                ("useful", UsefulVote, row.useful_count),
            ):
                counted = sa.select(sa.func.count(table.id)).filter_by(contribution_id=row.id)
                assert db.session.scalar(counted) == shown == given[f"{kind} {text.name}"]
        assert counters_that_drifted(self.consultation.id) == []

    # How it acts

    def somebody(self, who: int) -> tuple[Participant, Human]:
        """Returns an identity that can still act: who left for good sends nothing any more."""
        able = [
            (row, human)
            for row, human in self.identities
            if human.has_person or (row.channel is Channel.PAPER and not self.was_erased(row, human))
        ]
        if not able:
            # Somebody new, so that the step does something.
            hypothesis.assume(not self.is_over)
            able = [(participant_for(self.consultation, a_person(), display_name="A"), Human())]
            self.identities += able
        return able[who % len(able)]

    def was_erased(self, row: Participant, human: Human) -> bool:
        """Tells whether it belonged to somebody who left; paper that was linked to them too."""
        return not human.has_person and (row.channel is not Channel.PAPER or row.same_as_id is not None)

    def waits_for(self, human: Human) -> bool:
        return any(held.human is human and not held.is_confirmed for _token, held in self.held)

    def was_seen(self, person_id: int) -> bool:
        seen = sa.select(Verification.id).filter_by(person_id=person_id)
        return db.session.scalar(seen) is not None

    def humans(self) -> list[Human]:
        return list(dict.fromkeys(human for _row, human in self.identities))

    def unless_over(self) -> str:
        return "NotPossibleNow" if self.is_over else ""

    def sends(self, participant: Participant, form: str, /, **payload: Any) -> str:
        """Sends a form as somebody signed in does: its moment is the present one, as the site sees it."""

        def record() -> None:
            now = self.consultation.moment(clock.now())
            record_submission(
                participant, form, {"language": "fr", **payload}, form_key=f"form {next(_forms)}", now=now
            )

        return self.does(record)

    def does(self, act: Callable[[], object]) -> str:
        """Does something at the present moment, one second after the last; returns the name of a refusal."""
        self.seconds += 1
        with clock.pretend(self.began + timedelta(seconds=self.seconds - self.back)):
            try:
                with db.session.begin_nested():
                    act()
                    db.session.flush()
            except DomainError as refusal:
                db.session.expire_all()
                return type(refusal).__name__
        return ""


def test_whatever_the_order_the_rows_are_those_of_the_model(rounds: Callable[[int, int], int]) -> None:
    settings = hypothesis.settings(
        max_examples=rounds(12, 500),
        stateful_step_count=rounds(25, 50),
        deadline=None,
        database=None,
        print_blob=True,
        suppress_health_check=list(hypothesis.HealthCheck),
    )

    run_state_machine_as_test(hypothesis.seed(SEED)(AnyOrder), settings=settings)

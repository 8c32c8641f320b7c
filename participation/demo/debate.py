"""Telling a consultation: who wrote, who answered, who supported, and what a moderator did about it."""

import random
from collections import Counter
from datetime import datetime, timedelta
from functools import partial

from participation.collectivities.models import Membership, Role
from participation.consultations.actions import announce_consultation, prepare_consultation
from participation.consultations.models import Consultation, ModerationTime
from participation.contributions.actions import (
    edit_contribution,
    find_useful,
    submit_contribution,
    support_condition,
    take_position,
)
from participation.contributions.models import Choice, Contribution, Kind, Stance
from participation.demo.chronicle import Chronicle, minutes
from participation.demo.dossier import DossierTale
from participation.demo.paper import Pile
from participation.demo.people import Crowd, Town
from participation.demo.questions import answers_a_question
from participation.demo.tales import CLOSES_AT, OPENS_AT, Calendar, Tale
from participation.foundation.database import db
from participation.moderation.actions import accept_contribution, hide_contribution, lodge_appeal
from participation.moderation.models import Appeal, Rule
from participation.moderation.queries import latest_decision

READ_WITHIN = minutes(20)
CHANGED_AFTER = minutes(5)
HIDDEN_AFTER = timedelta(hours=5)
APPEALED_AFTER = timedelta(hours=9)


class DebateTale:
    """One consultation with everything that was said and chosen in it."""

    def __init__(self, town: Town, dossier: DossierTale, calendar: Calendar) -> None:
        self.town = town
        self.dossier = dossier
        self.tale = dossier.tale
        self.calendar = calendar
        self.opens_day: int = self.tale["milestones"]["opens_day"]
        self.opens_at = calendar.at(self.opens_day, OPENS_AT)
        self.closes_at = calendar.at(self.tale["milestones"]["closes_day"], CLOSES_AT)
        self.moderator: Membership = town.member(dossier.collectivity, Role.MODERATOR)
        # The same town each time it is built on the same day.
        self.chance = random.Random(self.tale["slug"])  # noqa: S311 - a tale, not a secret
        self.said: dict[str, Contribution] = dossier.said
        self.consultation: Consultation
        self.crowd: Crowd
        self.pile: Pile

    def note(self, chronicle: Chronicle) -> None:
        """Notes the announcement, each contribution with its life, and what the neighbours chose."""
        chronicle.add(self.opens_at - timedelta(hours=15), self._announce)
        for condition in self.tale.get("conditions", []):
            self._note_text(chronicle, {**condition, "kind": "condition", "stance": "for"})
        for comment in self.tale.get("comments", []):
            self._note_text(chronicle, comment)
            for reply in comment.get("replies", []):
                self._note_text(chronicle, {"kind": "comment", **reply}, reply_to=comment["key"])
        self._note_positions(chronicle)

    def _announce(self) -> None:
        told = self.tale["consultation"]
        self.consultation = prepare_consultation(
            self.dossier.project,
            title=told["title"],
            opens_at=self.opens_at,
            closes_at=self.closes_at,
            perimeter=told["perimeter"],
            use_of_answers=told["use_of_answers"],
            decided_by=told["decided_by"],
            answer_due_on=self.calendar.day(told["answer_due_day"]),
            moderation=ModerationTime(told["moderation"]),
            postcodes=told.get("postcodes", []),
            member=self.moderator,
            slug=self.tale["slug"],
        )
        announce_consultation(self.consultation, member=self.moderator)
        self.crowd = Crowd(self.town, self.consultation)
        agent = self.town.member(self.dossier.collectivity, Role.AGENT)
        self.pile = Pile(self.consultation, self.crowd, agent)

    def _note_text(self, chronicle: Chronicle, text: Tale, *, reply_to: str = "") -> None:
        at = self.calendar.after_opening(self.opens_day, text["day"])
        chronicle.add(at, partial(self._write, text, reply_to))
        if text.get("pending"):
            return
        read_at = min(at + READ_WITHIN, self.closes_at + READ_WITHIN)
        if "staff" not in text and self._is_read_first():
            chronicle.add(read_at, partial(self._accept, text))
        if "first_text" in text:
            read_at = self._note_change(chronicle, text, read_at)
        self._note_votes(chronicle, text, after=read_at)
        if "hidden" in text:
            chronicle.add(read_at + HIDDEN_AFTER, partial(self._hide, text))
        if "appeal" in text.get("hidden", {}):
            chronicle.add(read_at + APPEALED_AFTER, partial(self._appeal, text))

    def _note_change(self, chronicle: Chronicle, text: Tale, read_at: datetime) -> datetime:
        """Notes that its author mends a text just published, read again then; returns when."""
        chronicle.add(read_at + CHANGED_AFTER, partial(self._change, text))
        if self._is_read_first():
            chronicle.add(read_at + READ_WITHIN, partial(self._accept, text))
        return read_at + READ_WITHIN

    def _accept(self, text: Tale) -> None:
        accept_contribution(self.said[text["key"]], member=self.moderator)

    def _change(self, text: Tale) -> None:
        edit_contribution(self.said[text["key"]], body=text["text"])

    def _is_read_first(self) -> bool:
        return bool(self.tale["consultation"]["moderation"] == ModerationTime.BEFORE.value)

    def _write(self, text: Tale, reply_to: str) -> None:
        staff = text.get("staff", "")
        if staff and reply_to and answers_a_question(self.town, self.dossier, self.said[reply_to], text):
            return
        if not staff and not reply_to and self.pile.takes(text):
            about = text.get("about", "")
            point = about if about in self.dossier.points else None
            self.said[text["key"]] = self.pile.type_in(text, point=point)
            return
        if staff:
            participant = self.crowd.voice(text["author"], staff)
        else:
            participant = self.crowd.author(text["author"], text.get("channel", "online"))
        if "position" in text:
            take_position(participant, Choice(text["position"]))
        about = text.get("about", "")
        self.said[text["key"]] = submit_contribution(
            participant,
            kind=Kind(text["kind"]),
            body=text["first_text"] if "first_text" in text else text["text"],
            stance=Stance(text.get("stance", "neutral")),
            reply_to=self.said[reply_to] if reply_to else None,
            dossier_field=about if about and about not in self.dossier.points else None,
            open_point=self.dossier.points.get(about),
            spoken_as=staff,
        )

    def _hide(self, text: Tale) -> None:
        why = text["hidden"]
        hide_contribution(
            self.said[text["key"]], rule=Rule(why["rule"]), reason=why["reason"], member=self.moderator
        )

    def _appeal(self, text: Tale) -> None:
        hidden = latest_decision(self.said[text["key"]].id)
        if hidden is not None:
            appeal = db.session.query(Appeal).filter_by(decision_id=hidden.id).one()
            lodge_appeal(appeal, message=text["hidden"]["appeal"])

    def _note_votes(self, chronicle: Chronicle, text: Tale, *, after: datetime) -> None:
        wanted = text.get("supports", 0) or text.get("useful", 0)
        vote = support_condition if text["kind"] == "condition" else find_useful
        last = HIDDEN_AFTER if "hidden" in text else timedelta(days=9)
        for number in self._some_neighbours(wanted):
            chronicle.add(
                self._moment_between(after, after + last), partial(self._vote, vote, number, text["key"])
            )

    def _vote(self, vote: object, number: int, key: str) -> None:
        vote(self.crowd.neighbour(number), self.said[key])  # type: ignore[operator]

    def _some_neighbours(self, wanted: int) -> list[int]:
        everybody = max(wanted, sum(self.tale["positions"].values()) * 2 // 3)
        return self.chance.sample(range(1, everybody + 1), wanted)

    def _note_positions(self, chronicle: Chronicle) -> None:
        """Notes the positions of neighbours: the total told, less those who wrote under their name."""
        named = self._positions_of_authors()
        choices = [
            Choice(choice)
            for choice, total in self.tale["positions"].items()
            for _ in range(total - named[choice])
        ]
        self.chance.shuffle(choices)
        for number, choice in enumerate(choices, start=1):
            at = self._moment_between(self.opens_at, self.closes_at)
            chronicle.add(at, partial(self._choose, number, choice))
        for author in self._condition_authors_without_position():
            at = self.calendar.after_opening(self.opens_day, author["day"])
            chronicle.add(at + minutes(1), partial(self._choose_as, author["author"]))

    def _choose(self, number: int, choice: Choice) -> None:
        take_position(self.crowd.neighbour(number), choice)

    def _choose_as(self, author: str) -> None:
        take_position(self.crowd.author(author), Choice.CONDITIONS)

    def _positions_of_authors(self) -> Counter[str]:
        """Counts the last position of each author: who wrote twice changed it and counts once."""
        last = {}
        for comment in sorted(self.tale.get("comments", []), key=lambda comment: float(comment["day"])):
            if "position" in comment:
                last[comment["author"]] = comment["position"]
        for lonely in self._condition_authors_without_position():
            last[lonely["author"]] = Choice.CONDITIONS.value
        return Counter(last.values())

    def _condition_authors_without_position(self) -> list[Tale]:
        chosen = {comment["author"] for comment in self.tale.get("comments", []) if "position" in comment}
        conditions = self.tale.get("conditions", [])
        return list({one["author"]: one for one in conditions if one["author"] not in chosen}.values())

    def _moment_between(self, first: datetime, last: datetime) -> datetime:
        """Returns a moment of the open period, and of the past, between the two."""
        end = min(last, self.closes_at - minutes(5), max(self.calendar.built_at, first + minutes(1)))
        return first + (end - first) * (self.chance.random() ** 1.4) if end > first else first

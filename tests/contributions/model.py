"""What a consultation must hold, told by a model that knows neither tables nor transactions.

Moments are whole seconds since it began; what a refused act would have changed, it doesn't.
"""

from dataclasses import dataclass, field


@dataclass(eq=False)
class Human:
    """One person, under all the identities that were linked: what they said last, thing by thing."""

    has_person: bool = True
    choice: str = ""
    chosen_at: int = 0
    # The moments of what they sent, by the thing it was about.
    words: dict[str, list[int]] = field(default_factory=dict)
    votes: set[str] = field(default_factory=set)

    def takes(self, choice: str, at: int) -> None:
        """Stands somewhere, unless something later was said of it."""
        stands = bool(self.choice)
        if (stands and self.chosen_at <= at) or (not stands and not self.said_later("position", at)):
            self.choice, self.chosen_at = choice, at
        self._notes("position", at)

    def withdraws(self, at: int) -> None:
        """Stands nowhere any more, unless something later was said of it."""
        if self.choice and self.chosen_at <= at:
            self.choice = ""
        self._notes("position", at)

    def votes_for(self, thing: str, at: int, *, is_wanted: bool) -> None:
        """Supports, finds useful, or takes it back, unless something later was said of it."""
        if not self.said_later(thing, at):
            (self.votes.add if is_wanted else self.votes.discard)(thing)
        self._notes(thing, at)

    def said_later(self, thing: str, at: int) -> bool:
        """Tells whether something else was sent of the same thing after that moment."""
        return any(moment > at for moment in self.words.get(thing, []))

    def is_also(self, other: "Human", own: set[str]) -> None:
        """Counts for somebody who was counted apart: the latest position, each vote once, none on `own`."""
        if other.choice and (not self.choice or other.chosen_at > self.chosen_at):
            self.choice, self.chosen_at = other.choice, other.chosen_at
        self.votes = (self.votes | other.votes) - own
        for thing, moments in other.words.items():
            self.words.setdefault(thing, []).extend(moments)

    def leaves(self) -> None:
        """Is nobody any more: what was chosen stays counted, what was sent is forgotten."""
        self.has_person = False
        self.words = {}

    def _notes(self, thing: str, at: int) -> None:
        self.words.setdefault(thing, []).append(at)


@dataclass(eq=False)
class Text:
    """Something that was said, by whom, and who may read it."""

    name: str
    human: Human
    is_condition: bool
    visibility: str = "published"

    def things(self) -> set[str]:
        """Returns what can be voted on: a support and a useful vote."""
        return {f"support {self.name}", f"useful {self.name}"}


@dataclass(eq=False)
class Held:
    """What a guest sent and has not confirmed."""

    human: Human
    choice: str
    sent_at: int
    is_confirmed: bool = False

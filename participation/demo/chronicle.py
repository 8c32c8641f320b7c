"""What happens in a project, in the order of its moments, each told as if it were then."""

from collections.abc import Callable
from datetime import datetime, timedelta

from participation.foundation import clock

Act = Callable[[], object]


class Chronicle:
    """Acts with their moments; nothing is told in the future."""

    def __init__(self, built_at: datetime) -> None:
        self.built_at = built_at
        self.acts: list[tuple[datetime, int, Act]] = []

    def add(self, at: datetime, act: Act) -> None:
        """Notes an act; those of one moment keep the order in which they were noted."""
        self.acts.append((at, len(self.acts), act))

    def tell(self) -> None:
        """Does everything in order; what is noted for later today is done now, as its author would hope."""
        for at, _place, act in sorted(self.acts, key=lambda one: one[:2]):
            with clock.pretend(min(at, self.built_at)):
                act()


def minutes(number: float) -> timedelta:
    """Returns a short while."""
    return timedelta(minutes=number)

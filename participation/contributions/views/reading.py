"""What an address asks of a discussion: a tab, an order, a subject, the place of a page."""

from collections.abc import Collection
from dataclasses import dataclass

from flask import request

from participation.contributions.queries import Order, Shown, known_place
from participation.contributions.wording import Subject, subject_named
from participation.projects.models import Project
from participation.projects.queries import open_points_of
from participation.web.pagination import one_of

TABS = tuple(Shown)
ORDERS = tuple(Order)


@dataclass(frozen=True)
class Reading:
    """What is read of a discussion, in known words only; `subject` is empty for all of it."""

    shown: Shown
    order: Order
    subject: str
    after: str

    def address(
        self,
        shown: str | None = None,
        order: str | None = None,
        subject: str | None = None,
        after: str = "",
    ) -> dict[str, str | None]:
        """Returns the words of the address of this or another page, defaults left out.

        What isn't given stays as it is; another tab or order begins at its first page.
        """
        words = {
            "avis": shown or self.shown.value,
            "ordre": order or self.order.value,
            "sur": self.subject if subject is None else subject,
            "apres": after,
        }
        defaults = ("", Shown.ALL.value, Order.BALANCED.value)
        return {name: value if value not in defaults else None for name, value in words.items()}

    @property
    def is_canonical(self) -> bool:
        """Tells whether the address asked says just that: one page has one address, and is kept once."""
        meant = self.address(after=self.after)
        return all(request.args.getlist(name) == [value] * bool(value) for name, value in meant.items())


def asked_reading(
    *, tabs: Collection[str] = TABS, orders: Collection[str] = ORDERS, subjects: Collection[str] = ()
) -> Reading:
    """Returns what the address asks; words that nobody here wrote are as if they weren't there."""
    order = Order(one_of("ordre", orders, Order.BALANCED))
    return Reading(
        shown=Shown(one_of("avis", tabs, Shown.ALL)),
        order=order,
        subject=one_of("sur", subjects, ""),
        after=known_place(order, request.args.get("apres", "")),
    )


def asked_subject(project: Project) -> Subject | None:
    """Returns the one thing of a project whose comments are asked for; points are read when one is named."""
    named = request.args.get("sur", "")
    return subject_named(named, open_points_of(project) if named.startswith("point:") else ())

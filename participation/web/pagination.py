"""Reading what stands in an address: known values pass, everything else is ignored."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Generic, TypeVar

from flask import request

T = TypeVar("T")

PAGE_SIZE = 20
LARGEST_PAGE = 10_000


@dataclass(frozen=True)
class Page(Generic[T]):
    """Twenty items at most, with the numbers of the pages around."""

    items: list[T]
    number: int
    total: int
    size: int = PAGE_SIZE

    @property
    def last(self) -> int:
        """Returns the number of the last page, 1 when there is nothing."""
        return max(1, -(-self.total // self.size))


def page_number(name: str = "page") -> int:
    """Returns the page asked for, 1 when it is no sensible number."""
    asked = request.args.get(name, "")
    return (
        min(max(int(asked), 1), LARGEST_PAGE) if asked.isascii() and asked.isdigit() and len(asked) < 9 else 1
    )


def one_of(name: str, allowed: Collection[str], default: str) -> str:
    """Returns the value of a filter or sort order, the default when it is unknown."""
    asked = request.args.get(name, default)
    return asked if asked in allowed else default


def some_of(name: str, allowed: Collection[str]) -> list[str]:
    """Returns the known values of a filter given several times, in the order of the address."""
    return [value for value in dict.fromkeys(request.args.getlist(name)) if value in allowed]

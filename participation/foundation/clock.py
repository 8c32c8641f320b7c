"""The only place that reads the time; times are UTC and aware."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

_pretended: ContextVar[datetime | None] = ContextVar("pretended_time", default=None)


def now() -> datetime:
    """Returns the present moment, or the one pretended by a demo or an import."""
    return _pretended.get() or datetime.now(UTC)


def today(timezone: str = "Europe/Paris") -> date:
    """Returns the day it is in that time zone."""
    return now().astimezone(ZoneInfo(timezone)).date()


@contextmanager
def pretend(at: datetime) -> Iterator[None]:
    """Makes `now()` answer `at` inside the block: for the demo and imports only."""
    token = _pretended.set(at.astimezone(UTC))
    try:
        yield
    finally:
        _pretended.reset(token)

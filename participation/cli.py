"""Commands for the people who run an installation: `flask --app participation.app …`."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from flask import Flask

from participation.accounts.actions import open_account, person_with_email, set_password
from participation.collectivities.actions import appoint, create_collectivity
from participation.collectivities.models import Collectivity, Role
from participation.foundation.database import db
from participation.foundation.errors import DomainError
from participation.web import maintenance


def init_app(app: Flask) -> None:
    """Adds the commands."""
    for command in (serve, work, maintain, create_admin, create_collectivity_command, import_group):
        app.cli.add_command(command)


@click.command("serve")
def serve() -> None:
    """Serve the pages (gunicorn), for production."""
    from participation.serving import commands

    commands.serve()


@click.command("work")
def work() -> None:
    """Do the waiting work (mails, notices), for production."""
    from participation.serving import commands

    commands.work()


@click.command("maintenance")
@click.argument("state", type=click.Choice(["on", "off"]))
def maintain(state: str) -> None:
    """Let the site be read only (on), or taken part in again (off)."""
    maintenance.switch(on=state == "on")
    click.echo("Nothing can be sent now." if state == "on" else "Everything can be sent again.")


@click.command("create-collectivity")
@click.option("--slug", required=True)
@click.option("--name", required=True)
@click.option("--display-name", required=True, help="With its article, such as «Ville de …».")
def create_collectivity_command(slug: str, name: str, display_name: str) -> None:
    """Create a collectivity in this installation."""
    with _refusals_said():
        create_collectivity(slug=slug, name=name, display_name=display_name)
        db.session.commit()
    click.echo(f"Collectivity {slug} created.")


@click.command("create-admin")
@click.option("--collectivity", required=True, help="Its slug.")
@click.option("--email", required=True)
@click.option("--name", required=True, help="Shown to the other members of staff.")
@click.password_option()
def create_admin(collectivity: str, email: str, name: str, password: str) -> None:
    """Create the first administrator of a collectivity."""
    body = _collectivity(collectivity)
    with _refusals_said():
        person = person_with_email(email)
        open_account(person, name)
        set_password(person, password)
        appoint(person, body, Role.ADMINISTRATOR, function="")
        db.session.commit()
    click.echo(f"{email} administers {collectivity}.")


@click.group("import")
def import_group() -> None:
    """Bring in what another platform collected."""


@import_group.command("decidim")
@click.option("--collectivity", required=True, help="Its slug.")
@click.option("--title", required=True)
@click.option("--debates", required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--comments", required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--proposals", required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
def import_decidim_command(
    collectivity: str, title: str, debates: Path, comments: Path, proposals: Path
) -> None:
    """Import the debates, comments and proposals of a Decidim export as one archive project."""
    from participation.importing.decidim import import_decidim

    body = _collectivity(collectivity)
    with click.progressbar(length=0, label="Import") as bar:

        def progress(done: int, total: int) -> None:
            bar.length = total
            bar.update(done - bar.pos)

        with _refusals_said():
            report = import_decidim(
                body, title=title, debates=debates, comments=comments, proposals=proposals, progress=progress
            )
    db.session.commit()
    for problem in report.problems:
        click.echo(f"{problem.file}, line {problem.line}: {problem.why}", err=True)
    click.echo(
        f"read {report.read} = imported {report.imported} + already there {report.already_there}"
        f" + refused {report.refused}"
    )


@import_group.command("register")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--collectivity", required=True, help="Its slug.")
@click.option("--register", default="", help="How the register is cited; the name of the file by default.")
@click.option("--column", "columns", multiple=True, help="What a column holds: 'tool_name=name'.")
def import_register_command(file: Path, collectivity: str, register: str, columns: tuple[str, ...]) -> None:
    """Import a register of AI projects (CSV or JSON) as drafts; columns not named are guessed."""
    from participation.importing.registers import running

    body = _collectivity(collectivity)
    with _refusals_said():
        run = running.receive_register(
            body, content=file.read_bytes(), file_name=file.name, register=register
        )
        if not run.is_own_format:
            named = dict(column.rpartition("=")[::2] for column in columns)
            running.start_import(run, {**run.columns, **named})
        db.session.commit()
        with click.progressbar(length=run.total, label="Import") as bar:
            running.run_import(run.id, progress=lambda done: bar.update(done - bar.pos))
        db.session.commit()
    for remark in run.remarks:
        click.echo(f"{run.file_name}, line {remark['line']}, {remark['column']}: {remark['why']}", err=True)
    click.echo(
        f"read {run.read} = imported {run.imported} + already there {run.already_there}"
        f" + refused {run.refused}"
    )


@contextmanager
def _refusals_said() -> Iterator[None]:
    """Ends a command with the sentence of a refusal, never with a traceback."""
    try:
        yield
    except DomainError as error:
        raise click.ClickException(str(error)) from error


def _collectivity(slug: str) -> Collectivity:
    found = db.session.query(Collectivity).filter_by(slug=slug).one_or_none()
    if found is None:
        raise click.ClickException(f"There is no collectivity {slug}.")
    return found

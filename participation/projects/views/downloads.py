"""The whole history of a dossier, to take away: read and sent a few versions at a time."""

from collections.abc import Callable, Iterator

from flask import Response, current_app, request

from participation.contributions.queries import causes_of_versions
from participation.projects.dossier import history_files
from participation.projects.dossier.changes import Snapshot
from participation.projects.history import versions_after
from participation.projects.models import DossierVersion, Project
from participation.projects.views.entrance import blueprint
from participation.projects.views.page import story_or_404
from participation.projects.views.words import author_function
from participation.web.access import public
from participation.web.limits import limiter

# Made anew each time, for as long as the history is: enough for people, too little to hold every worker.
OFTEN = "60 per hour"

Lot = list[DossierVersion]


@blueprint.get("/projets/<slug>/versions.json")
@public
@limiter.limit(OFTEN)
def history_json(slug: str) -> Response:
    """Sends every version as it was published, with its reason and what led to it."""
    project = story_or_404(slug).project
    return _file(_json(project), "application/json", f"{slug}-versions.json")


@blueprint.get("/projets/<slug>/versions.csv")
@public
@limiter.limit(OFTEN)
def history_csv(slug: str) -> Response:
    """Sends one row for each thing that each version changed."""
    project = story_or_404(slug).project
    return _file(_csv(project), "text/csv; charset=utf-8", f"{slug}-versions.csv")


def _json(project: Project) -> Iterator[str]:
    head = history_files.json_head(project)
    return _in_lots(project.id, head, _json_lot, between=",", tail=history_files.JSON_TAIL)


def _json_lot(versions: Lot) -> str:
    causes = causes_of_versions(versions)
    lines = []
    for version in versions:
        named = causes.get(version.id, [])
        refs = [one.ref for one in named if one.is_published]
        author, removed = author_function(version), len(named) - len(refs)
        lines.append(history_files.json_version(version, author=author, causes=refs, removed_causes=removed))
    return "\n" + ",\n".join(lines)


def _csv(project: Project) -> Iterator[str]:
    before: Snapshot = {}

    def lot(versions: Lot) -> str:
        nonlocal before
        rows = []
        for version in versions:
            rows.append(history_files.csv_version(version, before, author=author_function(version)))
            before = version.snapshot
        return "".join(rows)

    return _in_lots(project.id, history_files.csv_head(), lot)


def _in_lots(
    project_id: int, head: str, told: Callable[[Lot], str], *, between: str = "", tail: str = ""
) -> Iterator[str]:
    """Returns a file part after part, each read in a context of its own.

    While a slow reader takes one, nothing is held: no connection, no transaction, no other part in memory.
    """
    app, environ = current_app._get_current_object(), request.environ  # type: ignore[attr-defined]

    def parts() -> Iterator[str]:
        yield head
        reached = 0
        while True:
            with app.request_context(environ):
                versions = versions_after(project_id, reached)
                part = told(versions) if versions else ""
                last = versions[-1].number if versions else None
            if last is None:
                break
            yield (between if reached else "") + part
            reached = last
        yield tail

    return parts()


def _file(parts: Iterator[str], kind: str, name: str) -> Response:
    response = Response(parts, content_type=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response

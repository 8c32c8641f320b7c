"""The versions of a dossier: all of them, one, one as it was, two compared."""

from dataclasses import replace

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from participation.contributions.queries import causes_of_versions
from participation.projects import history
from participation.projects.dossier.changes import Snapshot, answers_changed, changes_between
from participation.projects.dossier.snapshot import read
from participation.projects.models import DossierVersion
from participation.projects.views.entrance import blueprint
from participation.projects.views.page import Story, story_or_404
from participation.projects.views.showing import dossier_context
from participation.projects.views.words import author_function
from participation.web.access import public
from participation.web.page_cache import same_for_every_reader

NUMBER = "int(min=1, max=2147483647)"
LONGEST_NUMBER = 9
# Older versions are on the pages that follow: `?jusqua=180` begins with version 180.
HIGHEST = "jusqua"


@blueprint.get("/projets/<slug>/versions")
@public
@same_for_every_reader
def versions(slug: str) -> str:
    """Shows versions newest first, each with its reason, what led to it and which answers it changed."""
    story = story_or_404(slug)
    latest = _latest(story)
    highest = min(_number(HIGHEST) or latest, latest)
    found = history.versions_down_from(story.project, highest)
    shown = found[: history.PAGE_SIZE]
    before: list[Snapshot | None] = [*(one.snapshot for one in found[1:]), None]
    told = [
        (version, None if older is None else changes_between(older, version.snapshot))
        for version, older in zip(shown, before, strict=False)
    ]
    return render_template(
        "projects/versions.html",
        project=story.project,
        latest=latest,
        told=told,
        answers_changed=answers_changed,
        author_function=author_function,
        causes=causes_of_versions(shown),
        previous_url=_page_url(slug, highest + history.PAGE_SIZE, latest) if highest < latest else None,
        next_url=_page_url(slug, found[-1].number, latest) if len(found) > history.PAGE_SIZE else None,
    )


@blueprint.get(f"/projets/<slug>/versions/<{NUMBER}:number>")
@public
@same_for_every_reader
def version(slug: str, number: int) -> str:
    """Shows one version: why it was published, because of what, and word by word what it changed."""
    story = story_or_404(slug)
    found = history.versions_numbered(story.project, number, number - 1)
    shown, before = _version_or_404(found, number), found.get(number - 1)
    return render_template(
        "projects/version.html",
        project=story.project,
        version=shown,
        latest=_latest(story),
        author=author_function(shown),
        causes=causes_of_versions([shown]).get(shown.id, []),
        changes=changes_between(before.snapshot, shown.snapshot) if before else None,
    )


@blueprint.get(f"/projets/<slug>/versions/<{NUMBER}:number>/dossier")
@public
@same_for_every_reader
def version_dossier(slug: str, number: int) -> str:
    """Shows the dossier as a version had it, and says so."""
    story = story_or_404(slug)
    shown = _version_or_404(history.versions_numbered(story.project, number), number)
    as_it_was = replace(story, version=shown, dossier=read(shown.snapshot))
    return render_template(
        "projects/dossier.html", latest=_latest(story), is_as_it_was=True, **dossier_context(as_it_was)
    )


@blueprint.get(f"/projets/<slug>/versions/<{NUMBER}:older>..<{NUMBER}:newer>")
@public
@same_for_every_reader
def comparison(slug: str, older: int, newer: int) -> ResponseReturnValue:
    """Shows word by word what lies between two versions; the address holds the older one first."""
    if older == newer:
        return redirect(url_for("projects.version", slug=slug, number=newer))
    if older > newer:
        return redirect(url_for("projects.comparison", slug=slug, older=newer, newer=older))
    story = story_or_404(slug)
    found = history.versions_numbered(story.project, older, newer)
    before, after = _version_or_404(found, older), _version_or_404(found, newer)
    return render_template(
        "projects/comparison.html",
        project=story.project,
        before=before,
        after=after,
        latest=_latest(story),
        changes=changes_between(before.snapshot, after.snapshot),
    )


@blueprint.get("/projets/<slug>/versions/comparer")
@public
@same_for_every_reader
def compare(slug: str) -> ResponseReturnValue:
    """Leads from two numbers to what lies between them; says which one is no version."""
    story = story_or_404(slug)
    latest = _latest(story)
    typed = {name: request.args.get(name, "").strip() for name in ("de", "a")}
    wrong = [name for name in typed if not 1 <= _number(name) <= latest]
    if not wrong:
        return redirect(url_for("projects.comparison", slug=slug, older=_number("de"), newer=_number("a")))
    is_sent = any(name in request.args for name in typed)
    page = render_template(
        "projects/compare.html",
        project=story.project,
        latest=latest,
        typed=typed,
        wrong=wrong if is_sent else [],
    )
    return page, 422 if is_sent else 200


def _version_or_404(found: dict[int, DossierVersion], number: int) -> DossierVersion:
    return found[number] if number in found else abort(404)


def _latest(story: Story) -> int:
    return story.version.number if story.version else 0


def _number(name: str) -> int:
    """Returns a number of the address, 0 when it is none."""
    asked = request.args.get(name, "").strip()
    is_one = asked.isascii() and asked.isdigit() and len(asked) <= LONGEST_NUMBER
    return int(asked) if is_one else 0


def _page_url(slug: str, highest: int, latest: int) -> str:
    if highest >= latest:
        return url_for("projects.versions", slug=slug)
    return url_for("projects.versions", slug=slug, jusqua=highest)

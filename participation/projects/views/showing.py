"""One project: its page, its dossier, its photograph and its short address."""

from datetime import datetime
from typing import Any

from flask import abort, current_app, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from participation.contributions.permissions import may_ask
from participation.contributions.queries import asking_of, commented_in, holdings_of
from participation.foundation import clock
from participation.foundation.files import pictures_folder
from participation.projects import queries
from participation.projects.dossier.contents import contents_of
from participation.projects.dossier.facets import facets_of
from participation.projects.dossier.policies import POLICIES
from participation.projects.dossier.questions import QUESTIONS
from participation.projects.portfolio.likeness import MOST_SHOWN, similar_projects
from participation.projects.stage import stage_of
from participation.projects.views.data_block import data_block
from participation.projects.views.entrance import blueprint
from participation.projects.views.page import (
    Story,
    debate_of,
    slug_of_consultation,
    story_or_404,
    thread_of_story,
)
from participation.projects.views.qr import qr_path
from participation.projects.views.thread import thread_of_archive
from participation.projects.views.words import STAGES
from participation.summaries.queries import theme_sizes, themes_of
from participation.web.access import public
from participation.web.assets import FOREVER
from participation.web.page_cache import same_for_every_reader

PICTURE_TYPES = {".jpg": "image/jpeg", ".png": "image/png", ".webp": "image/webp"}


@blueprint.get("/projets/<slug>")
@public
@same_for_every_reader
def show(slug: str) -> str:
    """Shows the project: understood in thirty seconds, then ten questions, the thread, the discussion."""
    story = story_or_404(slug)
    if story.project.is_archive:
        return _archive(story)
    debate = debate_of(story.consultation)
    return render_template("projects/show.html", debate=debate, **page_context(story))


def page_context(story: Story) -> dict[str, Any]:
    """Returns what the page of a project shows besides what was said; a preview shows the same."""
    now = clock.now()
    short_address = _short_address(story.project.ref)
    # One more than is shown tells whether there are others.
    similar = similar_projects(story.project, facets_of(story.dossier.plain), now, most=MOST_SHOWN + 1)
    return {
        "data_block": data_block(story, now),
        "story": story,
        "project": story.project,
        "dossier": story.dossier,
        "thread": thread_of_story(story, now),
        "questions": QUESTIONS,
        **_asking(story, now),
        "policies": POLICIES,
        "stage_words": STAGES,
        "short_address": short_address,
        "qr": qr_path(short_address),
        "similar": similar[:MOST_SHOWN],
        "has_more_similar": len(similar) > MOST_SHOWN,
        "stage_of": stage_of,
    }


def _archive(story: Story) -> str:
    """Shows what another platform collected, without the questions of a dossier nobody wrote."""
    consultation = story.consultation
    short_address = _short_address(story.project.ref)
    return render_template(
        "projects/archive.html",
        story=story,
        project=story.project,
        holdings=holdings_of(consultation.id) if consultation else None,
        themes=themes_of(consultation) if consultation else [],
        sizes=theme_sizes(consultation.id) if consultation else {},
        thread=thread_of_archive(story.project, clock.now()),
        short_address=short_address,
        qr=qr_path(short_address),
    )


def _short_address(ref: str) -> str:
    return f"{current_app.config['PUBLIC_URL']}/p/{ref}"


@blueprint.get("/projets/<slug>/dossier")
@public
@same_for_every_reader
def dossier(slug: str) -> ResponseReturnValue:
    """Shows the full dossier as published, section by section, unknowns in sight."""
    story = story_or_404(slug)
    if story.project.is_archive:
        return redirect(url_for("projects.show", slug=slug))
    return render_template("projects/dossier.html", **dossier_context(story))


def dossier_context(story: Story) -> dict[str, Any]:
    """Returns what the page of the whole dossier shows; a preview shows the same."""
    return {
        "story": story,
        "project": story.project,
        "dossier": story.dossier,
        "contents": contents_of(story.dossier, clock.today(story.project.collectivity.timezone)),
        "stage_words": STAGES,
        "commented": commented_in(story.consultation.id if story.consultation else None),
        **_asking(story, clock.now()),
    }


def _asking(story: Story, now: datetime) -> dict[str, object]:
    """Returns what was asked on each answer, whether one may ask, and who receives the questions."""
    return {
        "asking": asking_of(story.project.id, now),
        "may_ask": may_ask(story.project, now),
        "referent": story.referent,
    }


@blueprint.get("/projets/<slug>/photo/<name>")
@public
def photo(slug: str, name: str) -> Response:
    """Sends the photograph, to be kept for ever: another picture has another name."""
    project = queries.project_by_slug(slug)
    if project is None or project.photo_file != name or project.proposed_at is None:
        abort(404)
    return sent_picture(name)


def sent_picture(name: str) -> Response:
    """Returns a photograph of the pictures' folder as an answer."""
    picture = pictures_folder() / name
    if not picture.is_file():
        abort(404)
    kind = PICTURE_TYPES[picture.suffix]
    return Response(picture.read_bytes(), mimetype=kind, headers={"Cache-Control": FOREVER})


@blueprint.get("/p/<ref>")
@public
def short_address(ref: str) -> ResponseReturnValue:
    """Leads from the address printed on a poster to a project or a consultation."""
    project = queries.project_by_ref(ref)
    if project is not None and project.proposed_at is not None:
        return redirect(url_for("projects.show", slug=project.slug))
    slug = slug_of_consultation(ref)
    if slug is None:
        abort(404)
    return redirect(url_for("consultations.show", slug=slug))

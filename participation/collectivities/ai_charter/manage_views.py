"""The desk of the AI charter: its working copy, one article, publication."""

from typing import TypedDict

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from participation.activity.models import Audience
from participation.activity.recording import record
from participation.collectivities.ai_charter import actions, queries
from participation.collectivities.ai_charter.forms import ArticleForm, CharterPublishForm
from participation.collectivities.ai_charter.models import CharterArticle
from participation.collectivities.ai_charter.permissions import may_edit_charter
from participation.collectivities.ai_charter.reading import HEADINGS, frozen
from participation.collectivities.models import Collectivity, Membership, Role
from participation.collectivities.staff import held, staff
from participation.foundation.database import db
from participation.foundation.errors import AlreadyDone, DomainError
from participation.foundation.i18n import current_language
from participation.foundation.i18n import gettext as _
from participation.web.forms import Form

blueprint = Blueprint("manage_ai_charter", __name__, url_prefix="/gestion/<collectivity_slug>/charte")
Answer = str | tuple[str, int] | Response


class ArticleWords(TypedDict):
    """What an article says and where it stands, as the domain takes it."""

    heading: str
    title: str
    text: str
    place: int


@blueprint.get("")
@staff()
def show(collectivity: Collectivity, member: Membership) -> str:
    """Shows the working copy, and whether it differs from what is published."""
    articles, version = queries.working_articles(collectivity), queries.version_in_force(collectivity)
    return render_template(
        "collectivities/manage_ai_charter.html",
        collectivity=collectivity,
        articles=articles,
        version=version,
        is_changed=bool(articles) and (version is None or version.snapshot != frozen(articles)),
        headings=HEADINGS,
        may_edit=held(may_edit_charter, collectivity.id),
    )


@blueprint.route("/articles/nouveau", methods=["GET", "POST"])
@staff(Role.ADMINISTRATOR)
def new_article(collectivity: Collectivity, member: Membership) -> Answer:
    """Adds an article."""
    form = ArticleForm()
    if not form.is_submitted():
        form.place.data = str(len(queries.working_articles(collectivity)) + 1)
    if form.is_sent():
        try:
            article = actions.add_article(
                collectivity, language=current_language(), member=member, **_words(form)
            )
            _note("charter.article_added", collectivity, member, key=article.key)
            db.session.commit()
            return _to_charter(collectivity, article.key)
        except DomainError as error:
            db.session.rollback()
            form.refuse(error)
    return _article_page(collectivity, form)


@blueprint.route("/articles/<key>", methods=["GET", "POST"])
@staff(Role.ADMINISTRATOR)
def article(collectivity: Collectivity, member: Membership, key: str) -> Answer:
    """Rewrites an article; when a colleague did meanwhile both texts are shown and none is lost."""
    edited = _article_or_404(collectivity, key)
    form = ArticleForm()
    form.take_from(edited, queries.working_articles(collectivity).index(edited) + 1)
    theirs: CharterArticle | None = None
    if form.is_sent():
        try:
            actions.edit_article(
                collectivity, edited, revision=form.seen_revision(), member=member, **_words(form)
            )
            _note("charter.article_edited", collectivity, member, key=key)
            db.session.commit()
            return _to_charter(collectivity, key)
        except actions.ArticleConflict as conflict:
            db.session.rollback()
            form.refuse(conflict)
            theirs = _article_or_404(collectivity, key)
            form.revision.data = str(theirs.revision)
        except DomainError as error:
            db.session.rollback()
            form.refuse(error)
    return _article_page(collectivity, form, edited, theirs)


@blueprint.route("/articles/<key>/suppression", methods=["GET", "POST"])
@staff(Role.ADMINISTRATOR)
def remove_article(collectivity: Collectivity, member: Membership, key: str) -> Answer:
    """Takes an article out of the working copy, once confirmed."""
    removed = _article_or_404(collectivity, key)
    form = Form()
    if form.is_sent():
        try:
            actions.remove_article(collectivity, removed, member=member)
            _note("charter.article_removed", collectivity, member, key=key)
            db.session.commit()
        except AlreadyDone as error:
            db.session.rollback()
            flash(str(error), "late")
        return _to_charter(collectivity)
    page = render_template(
        "collectivities/manage_remove_article.html", collectivity=collectivity, form=form, article=removed
    )
    return page, form.status


@blueprint.route("/publication", methods=["GET", "POST"])
@staff(Role.ADMINISTRATOR)
def publish(collectivity: Collectivity, member: Membership) -> Answer:
    """Publishes the working copy as the next version, with its reason."""
    form = CharterPublishForm()
    if form.is_sent():
        try:
            version = actions.publish_charter(
                collectivity, reason=form.reason.data or "", language=current_language(), member=member
            )
            _note("charter.published", collectivity, member, Audience.PUBLIC, number=version.number)
            db.session.commit()
            flash(_("Version %(number)s of the AI charter is published.", number=version.number))
            return _to_charter(collectivity)
        except DomainError as error:
            db.session.rollback()
            form.refuse(error)
    page = render_template("collectivities/manage_publish_charter.html", collectivity=collectivity, form=form)
    return page, form.status


def _words(form: ArticleForm) -> ArticleWords:
    return {
        "heading": form.heading.data,
        "title": form.title.data or "",
        "text": form.text.data or "",
        "place": int(form.place.data),
    }


def _article_page(
    collectivity: Collectivity,
    form: ArticleForm,
    edited: CharterArticle | None = None,
    theirs: CharterArticle | None = None,
) -> tuple[str, int]:
    page = render_template(
        "collectivities/manage_article.html",
        collectivity=collectivity,
        form=form,
        article=edited,
        theirs=theirs,
        headings=HEADINGS,
    )
    return page, form.status


def _article_or_404(collectivity: Collectivity, key: str) -> CharterArticle:
    found = queries.working_article(collectivity, key)
    if found is None:
        abort(404)
    return found


def _to_charter(collectivity: Collectivity, key: str | None = None) -> Response:
    anchor = f"article-{key}" if key else None
    return redirect(url_for("manage_ai_charter.show", collectivity_slug=collectivity.slug, _anchor=anchor))


def _note(
    action: str,
    collectivity: Collectivity,
    member: Membership,
    audience: Audience = Audience.STAFF,
    **details: str | int,
) -> None:
    subject = f"collectivity:{collectivity.id}"
    record(action, subject, audience=audience, member=member, **details)  # type: ignore[arg-type]

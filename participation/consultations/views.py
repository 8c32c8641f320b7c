"""Public pages of consultations: the list, and one with its discussion and results so far."""

from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from participation.collectivities.site import show_as
from participation.consultations import queries
from participation.consultations.models import Consultation
from participation.consultations.queries import When
from participation.contributions.actions.confirming import confirmed_until
from participation.contributions.queries import (
    EVERYTHING,
    Order,
    Shown,
    Tally,
    comment_counts,
    comments_page,
    holdings_of,
    is_about,
    people_in,
    position_tallies,
    tallies_by_level,
)
from participation.contributions.queries.tallies import SMALLEST_LEVEL
from participation.contributions.recount import provisional_because
from participation.contributions.views.reading import ORDERS, Reading, asked_reading, asked_subject
from participation.foundation import clock
from participation.moderation.queries import hiding_rules
from participation.summaries.queries import is_under, themes_of
from participation.vigilance.queries import flagged_beside, flagged_counts
from participation.web.access import public
from participation.web.page_cache import same_for_every_reader
from participation.web.pagination import Page, one_of, page_number

blueprint = Blueprint("consultations", __name__)

# Threads of an archive are long: fewer of them make a page that a telephone reads.
ARCHIVE_PAGE = 12
ARCHIVE_TABS = (Shown.ALL, Shown.FOR, Shown.AGAINST)
# Nobody votes here on what another platform collected.
ARCHIVE_ORDERS = (Order.BALANCED, Order.NEWEST, Order.OLDEST, Order.DISCUSSED)


@blueprint.get("/consultations", endpoint="list")
@public
@same_for_every_reader
def list_consultations() -> str:
    now = clock.now()
    asked = one_of("etat", [when.value for when in When], "")
    when = When(asked) if asked else None
    page = Page(
        queries.public_consultations(now, when=when, page=page_number()),
        page_number(),
        queries.count_public(now, when=when),
    )
    tallies = position_tallies([consultation.id for consultation in page.items])
    return render_template(
        "consultations/list.html", page=page, when=asked, tallies=tallies, states=list(When)
    )


@blueprint.get("/consultations/<slug>")
@public
@same_for_every_reader
def show(slug: str) -> ResponseReturnValue:
    consultation = queries.consultation_by_slug(slug)
    if consultation is None or not consultation.is_public:
        abort(404)
    show_as(consultation.project.collectivity)
    if consultation.project.is_archive:
        return _archive(consultation)
    subject = asked_subject(consultation.project)
    reading = asked_reading(subjects=[subject.value] if subject else [])
    if not reading.is_canonical:
        return _redirected(consultation, reading)
    changes = queries.changes_of(consultation)
    levels = tallies_by_level(consultation.id)
    among = is_about(subject.value) if subject else EVERYTHING
    discussion = comments_page(
        consultation.id, shown=reading.shown, order=reading.order, after=reading.after, among=among
    )
    return render_template(
        "consultations/show.html",
        consultation=consultation,
        changes=changes,
        suspension=queries.suspension_among(consultation, changes),
        tally=sum((level.tally for level in levels), Tally()),
        levels=levels,
        reading=reading,
        orders=ORDERS,
        subject=subject,
        counts=comment_counts(consultation.id, among),
        discussion=discussion,
        rules=hiding_rules(discussion.hidden_ids),
        has_summary=_has_summary(consultation),
    )


def _redirected(
    consultation: Consultation, reading: Reading, **kept: str | int | None
) -> ResponseReturnValue:
    """Leads to the one address of what was asked."""
    asked: dict[str, Any] = {**reading.address(after=reading.after), **kept}
    return redirect(url_for("consultations.show", slug=consultation.slug, **asked))


@blueprint.get("/consultations/<slug>/resultats")
@public
@same_for_every_reader
def results(slug: str) -> ResponseReturnValue:
    """Shows who took part and the positions, by channel and by how sure one is; once it has opened."""
    consultation = queries.consultation_by_slug(slug)
    now = clock.now()
    if consultation is None or not consultation.is_public or now < consultation.opens_at:
        abort(404)
    show_as(consultation.project.collectivity)
    if consultation.project.is_archive:
        return redirect(url_for("consultations.show", slug=slug))
    levels = tallies_by_level(consultation.id)
    return render_template(
        "consultations/results.html",
        consultation=consultation,
        suspension=queries.suspension_of(consultation),
        levels=levels,
        flagged=flagged_beside(levels, flagged_counts(consultation.id)),
        people=people_in(consultation.id, asks_postcodes=bool(consultation.postcodes)),
        confirmed_until=confirmed_until(consultation, now),
        because=provisional_because(consultation, now),
        smallest=SMALLEST_LEVEL,
    )


def _archive(consultation: Consultation) -> ResponseReturnValue:
    """Shows what another platform collected, theme by theme: no form, and no position taken here."""
    themes = themes_of(consultation)
    chosen = next((one for one in themes if str(one.id) == request.args.get("theme")), None)
    among = is_under(chosen) if chosen else EVERYTHING
    reading = asked_reading(tabs=ARCHIVE_TABS, orders=ARCHIVE_ORDERS)
    if not reading.is_canonical:
        return _redirected(consultation, reading, theme=chosen.id if chosen else None)
    discussion = comments_page(
        consultation.id,
        shown=reading.shown,
        order=reading.order,
        after=reading.after,
        among=among,
        size=ARCHIVE_PAGE,
    )
    return render_template(
        "consultations/archive.html",
        consultation=consultation,
        project=consultation.project,
        holdings=holdings_of(consultation.id),
        themes=themes,
        chosen=chosen,
        reading=reading,
        orders=ARCHIVE_ORDERS,
        counts=comment_counts(consultation.id, among),
        discussion=discussion,
        rules=hiding_rules(discussion.hidden_ids),
        has_summary=_has_summary(consultation),
    )


def _has_summary(consultation: Consultation) -> bool:
    """Tells whether its summary can be read, by the project's milestone: no statement more."""
    published_at = consultation.project.summary_published_at
    ended_at = consultation.cancelled_at or consultation.closes_at
    return published_at is not None and published_at >= ended_at

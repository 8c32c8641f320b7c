"""One's own page: what one said and chose and where it stands, what one is owed, one's account."""

from flask import abort, make_response, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from participation.accounts import queries
from participation.accounts.views.entrance import blueprint, signed_in_person
from participation.collectivities.queries import memberships_everywhere
from participation.contributions.wording import CHOICES
from participation.foundation import clock
from participation.moderation.charter import CHARTER
from participation.notifications.following import followed_by
from participation.pages.own.choices import Chosen, choices_of
from participation.pages.own.owed import owed_to
from participation.pages.own.texts import texts_of
from participation.web.access import signed_in
from participation.web.forms import Form

# Of what one chose, so many are shown at once; the rest on pages of their own.
FIRST_CHOICES = 5


@blueprint.get("/compte")
@signed_in
def show() -> ResponseReturnValue:
    """Shows everything in sections, each with its count; the page asks as often for one text as for 200."""
    person, now = signed_in_person(), clock.now()
    owed, owed_total = owed_to(person, now)
    page = render_template(
        "accounts/show.html",
        button_form=Form(),
        person=person,
        owed=owed,
        owed_total=owed_total,
        texts=texts_of(person),
        choices=[choices_of(person, kind, size=FIRST_CHOICES) for kind in Chosen],
        followed=followed_by(person, size=FIRST_CHOICES),
        memberships=memberships_everywhere(person),
        sessions=queries.live_sessions_of(person, now),
        this_session=current_user.session,
        has_password=queries.has_password(person),
        looked=queries.access_records_of(person),
        **_words(),
    )
    return _own(page)


@blueprint.get("/compte/textes")
@signed_in
def texts() -> ResponseReturnValue:
    """Shows what one said, twenty texts a page."""
    found = texts_of(signed_in_person(), before=_cursor())
    return _own(render_template("accounts/texts.html", texts=found, **_words()))


@blueprint.get("/compte/choix/<kind>")
@signed_in
def choices(kind: str) -> ResponseReturnValue:
    """Shows what one chose of one kind, twenty a page."""
    if kind not in list(Chosen):
        abort(404)
    found = choices_of(signed_in_person(), Chosen(kind), before=_cursor())
    return _own(render_template("accounts/choices.html", page=found, **_words()))


def _words() -> dict[str, object]:
    return {"positions": CHOICES, "charter": CHARTER}


def _cursor() -> int | None:
    asked = request.args.get("apres", "")
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 10 else None


def _own(page: str) -> ResponseReturnValue:
    """Keeps what is one person's own out of every cache."""
    response = make_response(page)
    response.headers["Cache-Control"] = "private, no-store"
    return response

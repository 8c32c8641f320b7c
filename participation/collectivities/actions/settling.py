"""Creating a collectivity, and what it says of itself."""

from zoneinfo import available_timezones

from participation.collectivities.contrast import LEAST, is_colour, weakest_contrast
from participation.collectivities.models import Collectivity
from participation.foundation.adding import add_once
from participation.foundation.database import db
from participation.foundation.errors import AlreadyDone, Invalid
from participation.foundation.i18n import lazy_gettext as _
from participation.foundation.text import clean, slugify

Setting = str | int | None


def create_collectivity(*, slug: str, name: str, display_name: str, **settings: Setting) -> Collectivity:
    """Creates a public body; its slug, part of addresses, is for ever. Raises AlreadyDone if taken."""
    if slug != slugify(slug):
        raise Invalid(_("Write the address with small letters, digits and hyphens only."), "slug")
    collectivity = Collectivity(slug=slug)
    _apply(collectivity, name=name, display_name=display_name, **settings)
    if not add_once(collectivity):
        raise AlreadyDone(_("Another collectivity already has this address."), "slug")
    return collectivity


def change_settings(collectivity: Collectivity, **settings: Setting) -> None:
    """Changes what a collectivity says of itself; raises Invalid for an accent that some could not read."""
    _apply(collectivity, **settings)
    db.session.flush()


def _apply(collectivity: Collectivity, **settings: Setting) -> None:
    accent = settings.get("accent")
    if accent is not None:
        settings["accent"] = _readable(str(accent))
    if settings.get("timezone", "Europe/Paris") not in available_timezones():
        raise Invalid(_("Choose one of the time zones offered."), "timezone")
    for column, value in settings.items():
        setattr(collectivity, column, clean(value) if isinstance(value, str) else value)


def _readable(accent: str) -> str:
    if not is_colour(accent):
        raise Invalid(_("Write the colour as # followed by six digits or letters from A to F."), "accent")
    if weakest_contrast(accent) < LEAST:
        raise Invalid(
            _("This colour is too pale: some could not read it. Choose a darker one, such as #6A1B4D."),
            "accent",
        )
    return accent.upper()

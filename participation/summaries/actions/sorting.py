"""Themes of one consultation, and which contributions are sorted under them."""

from collections.abc import Sequence

import sqlalchemy as sa

from participation.activity.recording import record
from participation.collectivities.models import Membership
from participation.consultations.models import Consultation
from participation.contributions.models import Contribution
from participation.foundation.adding import add_once
from participation.foundation.database import db
from participation.foundation.errors import AlreadyDone, Invalid
from participation.foundation.holding import hold_several
from participation.foundation.i18n import lazy_gettext as _
from participation.summaries.actions.holding import hold_unfrozen
from participation.summaries.models import Theme, ThemeAssignment
from participation.summaries.permissions import require_writer
from participation.summaries.queries import findings_resting_on, themes_of


def add_theme(
    consultation: Consultation,
    *,
    name: str,
    description: str = "",
    member: Membership | None = None,
    language: str = "fr",
) -> Theme:
    """Adds a theme at the end; two themes of one consultation never share a name."""
    require_writer(member, consultation)
    hold_unfrozen(consultation)
    last = sa.select(sa.func.max(Theme.position)).where(Theme.consultation_id == consultation.id)
    theme = Theme(
        consultation=consultation,
        consultation_id=consultation.id,
        name=_named(name),
        description=description.strip(),
        language=language,
        position=(db.session.scalar(last) or 0) + 1,
    )
    _write_name(theme)
    record("theme.added", f"theme:{theme.id}", member=member, project_id=consultation.project_id)
    return theme


def change_theme(
    theme: Theme, *, name: str, description: str = "", member: Membership, language: str = "fr"
) -> Theme:
    """Renames and describes a theme; words that stay as they were keep their language."""
    require_writer(member, theme.consultation)
    hold_unfrozen(theme.consultation)
    words = _named(name), description.strip()
    if words != (theme.name, theme.description):
        theme.name, theme.description = words
        theme.language = language
    _write_name(theme)
    record("theme.changed", f"theme:{theme.id}", member=member, project_id=theme.consultation.project_id)
    return theme


def move_theme(theme: Theme, *, up: bool, member: Membership) -> None:
    """Moves a theme one place; at the end of the list it stays where it is."""
    require_writer(member, theme.consultation)
    hold_unfrozen(theme.consultation)
    # Read again: a colleague may have moved one since this page was loaded.
    hold_several(Theme, [one.id for one in themes_of(theme.consultation)])
    themes = themes_of(theme.consultation)
    place = themes.index(theme)
    other = place + (-1 if up else 1)
    if 0 <= other < len(themes):
        themes[place], themes[other] = themes[other], themes[place]
    for position, one in enumerate(themes, start=1):
        one.position = position
    db.session.flush()


def assign_theme(
    contribution: Contribution, theme: Theme, *, member: Membership | None = None
) -> ThemeAssignment:
    """Sorts a contribution under a theme; once more changes nothing."""
    assign_theme_to_several([contribution], theme, member=member)
    found = sa.select(ThemeAssignment).filter_by(contribution_id=contribution.id, theme_id=theme.id)
    return db.session.execute(found).scalar_one()


def assign_theme_to_several(
    contributions: Sequence[Contribution], theme: Theme, *, member: Membership | None = None
) -> int:
    """Sorts several contributions under a theme; returns how many were not there yet."""
    require_writer(member, theme.consultation)
    hold_unfrozen(theme.consultation)
    if any(one.consultation_id != theme.consultation_id for one in contributions):
        raise Invalid(_("Some of these contributions belong to another consultation."))
    ids = list(dict.fromkeys(one.id for one in contributions))
    there = sa.select(ThemeAssignment.contribution_id).where(
        ThemeAssignment.theme_id == theme.id, ThemeAssignment.contribution_id.in_(ids)
    )
    known = set(db.session.scalars(there))
    new = [number for number in ids if number not in known]
    db.session.add_all([ThemeAssignment(contribution_id=number, theme_id=theme.id) for number in new])
    if new and member is not None:
        project_id = theme.consultation.project_id
        record("theme.assigned", f"theme:{theme.id}", member=member, project_id=project_id, count=len(new))
    db.session.flush()
    return len(new)


def unassign_theme(contributions: Sequence[Contribution], theme: Theme, *, member: Membership) -> int:
    """Takes contributions out of a theme; those on which a finding of that theme rests stay."""
    require_writer(member, theme.consultation)
    hold_unfrozen(theme.consultation)
    ids = {one.id for one in contributions} - findings_resting_on(theme)
    gone = sa.delete(ThemeAssignment).where(
        ThemeAssignment.theme_id == theme.id, ThemeAssignment.contribution_id.in_(ids)
    )
    taken_out = db.session.execute(gone).rowcount  # type: ignore[attr-defined]
    db.session.flush()
    return int(taken_out)


def _named(name: str) -> str:
    if not name.strip():
        raise Invalid(_("Give the theme a name."), "name")
    return name.strip()


def _write_name(theme: Theme) -> None:
    if not add_once(theme):
        raise AlreadyDone(_("Another theme already has this name."), "name")

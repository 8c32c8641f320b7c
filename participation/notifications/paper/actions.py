"""Printing letters: which ones, when and by whom is on record, since whoever prints reads the addresses."""

from collections.abc import Collection

import sqlalchemy as sa

from participation.activity.models import Audience
from participation.activity.recording import record
from participation.collectivities.models import Membership
from participation.contributions.paper.permissions import may_enter
from participation.foundation import clock
from participation.foundation.adding import add_once
from participation.foundation.database import db
from participation.foundation.errors import Invalid, NotAllowed
from participation.foundation.i18n import lazy_gettext as _
from participation.notifications.paper.models import PaperLetter
from participation.notifications.paper.queries import Letter, Written, letters_of, written


def print_letters(keys: Collection[str], *, member: Membership) -> list[Written]:
    """Returns what these letters say and marks them as printed; printed again, they are marked anew."""
    chosen = [one for one in letters_of(member.collectivity_id) if one.key in set(keys)]
    if not chosen:
        raise Invalid(_("Tick the letters to print."), "letters")
    if not all(may_enter(member, one.form.consultation) for one in chosen):
        raise NotAllowed(
            _("Only an agent, a moderator or an administrator of this collectivity prints letters.")
        )
    said = [written(one) for one in chosen]
    for letter in chosen:
        _mark(letter, member)
    record(
        "letters.printed",
        f"collectivity:{member.collectivity_id}",
        audience=Audience.AUDITOR,
        member=member,
        count=len(chosen),
    )
    db.session.flush()
    return said


def _mark(letter: Letter, member: Membership) -> None:
    version_id = letter.version.id if letter.version else None
    mark = PaperLetter(
        form_id=letter.form.id, version_id=version_id, printed_at=clock.now(), printed_by_id=member.id
    )
    if letter.printed is None and add_once(mark):
        return
    # Printed before, or by a colleague at the same second.
    known = sa.update(PaperLetter).where(
        PaperLetter.form_id == letter.form.id, PaperLetter.version_id.is_not_distinct_from(version_id)
    )
    db.session.execute(known.values(printed_at=clock.now(), printed_by_id=member.id))

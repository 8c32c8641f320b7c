"""The picture of a form: kept until a day that was set, looked at with a reason on record, then gone."""

from datetime import date, timedelta

import sqlalchemy as sa

from participation.activity.looking import note_look, require_look_reason
from participation.collectivities.models import Membership
from participation.contributions.paper.models import PaperForm
from participation.contributions.paper.permissions import may_enter
from participation.contributions.paper.scans import forget_scan
from participation.foundation import clock, files
from participation.foundation.database import db
from participation.foundation.errors import Invalid, NotAllowed, NotPossibleNow
from participation.foundation.i18n import lazy_gettext as _
from participation.foundation.jobs import every_day

KEPT_BY_DEFAULT = timedelta(days=183)
KEPT_AT_MOST = timedelta(days=366)


def keep_scan(form: PaperForm, file_name: str, *, purge_on: date | None) -> None:
    """Ties a stored file to a form until a day, half a year from now when none is given."""
    today = clock.today(form.consultation.project.collectivity.timezone)
    purge_on = purge_on or today + KEPT_BY_DEFAULT
    if not today < purge_on <= today + KEPT_AT_MOST:
        raise Invalid(_("Choose a day from tomorrow to one year from now."), "scan_purge_on")
    form.scan_file, form.scan_purge_on = file_name, purge_on
    db.session.flush()


def look_at_scan(form: PaperForm, *, reason: str, member: Membership, language: str = "fr") -> str:
    """Returns the name of the file, once it is on record who looks and why."""
    if not may_enter(member, form.consultation):
        raise NotAllowed(_("Only the staff of this collectivity who type in forms may see a scan."))
    require_look_reason(reason)
    if form.scan_file is None:
        raise NotPossibleNow(_("There is no scan of this form, or no longer."))
    note_look(
        "scan.seen",
        f"paper_form:{form.id}",
        person_id=form.participant.person_id,
        project_id=form.consultation.project_id,
        reason=reason,
        language=language,
        member=member,
    )
    return form.scan_file


@every_day
def purge_scans() -> None:
    """Forgets every scan whose day has come; its file goes once that is sure."""
    over = sa.select(PaperForm).where(PaperForm.scan_purge_on <= clock.today())
    for form in db.session.scalars(over.order_by(PaperForm.id).with_for_update()):
        forget_scan(form)
    db.session.flush()
    known = sa.select(PaperForm.scan_file).where(PaperForm.scan_file.is_not(None))
    files.delete_lost_scans(set(db.session.scalars(known)), older_than=clock.now() - timedelta(days=1))

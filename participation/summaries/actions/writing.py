"""Starting a summary and its two free texts."""

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from participation.activity.recording import record
from participation.collectivities.models import Membership
from participation.consultations.models import Consultation
from participation.foundation.database import db
from participation.foundation.errors import AlreadyDone, NotPossibleNow
from participation.foundation.i18n import lazy_gettext as _
from participation.summaries.models import Summary
from participation.summaries.permissions import require_writer
from participation.summaries.queries import has_published_summary


def draft_summary(
    consultation: Consultation, *, introduction: str = "", method: str = "", member: Membership | None = None
) -> Summary:
    """Starts the summary of a consultation, or rewrites the texts of the one being written."""
    require_writer(member, consultation)
    if has_published_summary(consultation.id):
        raise NotPossibleNow(_("The summary of this consultation is already published."))
    draft = db.session.scalar(
        sa.select(Summary).filter_by(consultation_id=consultation.id, published_at=None)
    )
    if draft is None:
        draft = _started(consultation)
        record("summary.drafted", f"summary:{draft.id}", member=member, project_id=consultation.project_id)
    draft.introduction, draft.method = introduction.strip(), method.strip()
    db.session.flush()
    return draft


def _started(consultation: Consultation) -> Summary:
    draft = Summary(consultation=consultation, consultation_id=consultation.id, number=1, figures={})
    try:
        with db.session.begin_nested():
            db.session.add(draft)
            db.session.flush()
    except IntegrityError as error:
        raise AlreadyDone(_("A colleague has just started this summary. Open it again.")) from error
    return draft

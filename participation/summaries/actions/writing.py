"""Starting a summary and its two free texts."""

from participation.activity.recording import record
from participation.collectivities.models import Membership
from participation.consultations.models import Consultation
from participation.foundation.database import db
from participation.summaries.actions.holding import hold_unfrozen
from participation.summaries.models import Summary
from participation.summaries.permissions import require_writer
from participation.summaries.queries import draft_of


def draft_summary(
    consultation: Consultation,
    *,
    introduction: str = "",
    method: str = "",
    member: Membership | None = None,
    language: str = "fr",
) -> Summary:
    """Starts the summary of a consultation, or rewrites the texts of the one being written.

    Texts that stay as they were keep their language.
    """
    require_writer(member, consultation)
    hold_unfrozen(consultation)
    draft = draft_of(consultation)
    if draft is None:
        draft = Summary(consultation=consultation, consultation_id=consultation.id, number=1, figures={})
        db.session.add(draft)
        db.session.flush()
        record("summary.drafted", f"summary:{draft.id}", member=member, project_id=consultation.project_id)
    words = introduction.strip(), method.strip()
    if words != (draft.introduction, draft.method):
        draft.introduction, draft.method = words
        draft.language = language
    db.session.flush()
    return draft

"""The public clock of the decision that a consultation promises."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

from participation.activity.recording import owe
from participation.consultations.models import Consultation

DECISION = "decision"


def promise_decision(consultation: Consultation) -> None:
    """Starts or moves the clock of the decision: owed until the end of the day announced, local time."""
    if consultation.answer_due_on is None:
        return
    collectivity = consultation.project.collectivity
    last_second = datetime.combine(consultation.answer_due_on, time.max, ZoneInfo(collectivity.timezone))
    owe(
        DECISION,
        f"consultation:{consultation.id}",
        owed_by=consultation.decided_by or collectivity.display_name,
        due_at=last_second,
        project_id=consultation.project_id,
        collectivity_id=collectivity.id,
        consultation_id=consultation.id,
    )

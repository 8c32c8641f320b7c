"""The mail to somebody whose form was typed in, and who left an address."""

from sqlalchemy.orm import joinedload

from participation.consultations.models import Participant
from participation.contributions.models import Choice, Submission
from participation.contributions.paper.models import PaperForm
from participation.contributions.paper.queries import texts_named
from participation.contributions.wording import CHOICES
from participation.foundation.database import db
from participation.foundation.mail import Mail, composes


@composes("paper_recorded")
def paper_recorded(*, form: int) -> Mail | None:
    """Writes what was recorded of a form, and how to have it corrected or erased; no text itself."""
    paper = db.session.get(
        PaperForm, form, options=[joinedload(PaperForm.participant).joinedload(Participant.person)]
    )
    if paper is None or not paper.stands:
        return None
    person = paper.participant.person
    if person is None or person.email is None:
        return None
    sent = db.session.query(Submission).filter_by(ref=paper.ref).one_or_none()
    choice = sent.recorded.get("choice") if sent else None
    context = {
        "paper": paper,
        "beside_online": paper.beside_online.value,
        "consultation": paper.consultation,
        "project": paper.consultation.project,
        "choice": CHOICES[Choice(choice)] if choice else "",
        "contributions": texts_named(paper.contributions),
    }
    return Mail(person.email, "contributions/mails/paper_recorded.txt", person.language, context)

"""Mails to people who take part: the link that confirms, the receipt, the answer, the dossier changed."""

from sqlalchemy.orm import joinedload

from participation.accounts.models import Person
from participation.consultations.models import Consultation, Participant
from participation.contributions.models import Choice, Contribution, PendingSubmission, Submission
from participation.contributions.queries import causes_by, contributions_of_submission
from participation.contributions.wording import CHOICES
from participation.foundation import clock
from participation.foundation.database import db
from participation.foundation.mail import Mail, composes
from participation.foundation.references import hash_of, secret_token
from participation.projects.models import DossierVersion, Project


@composes("submission_confirmation")
def submission_confirmation(*, pending: int) -> Mail | None:
    """Writes the link that makes a guest's form count; its token is made here and only its hash is kept."""
    held = db.session.get(PendingSubmission, pending)
    if held is None or held.confirmed_at is not None or held.expires_at < clock.now():
        return None
    person = db.session.get_one(Person, held.person_id)
    if person.email is None:
        return None
    token = secret_token()
    held.token_hash = hash_of(token)
    db.session.flush()
    consultation = db.session.get_one(Consultation, held.consultation_id)
    context = {"consultation": consultation, "token": token, "kind": held.kind}
    return Mail(person.email, "contributions/mails/submission_confirmation.txt", held.language, context)


@composes("contribution_receipt")
def contribution_receipt(*, submission: int) -> Mail | None:
    """Writes what was recorded and when an answer is owed, without the texts themselves."""
    sent = db.session.get(
        Submission,
        submission,
        options=[
            joinedload(Submission.participant).joinedload(Participant.person),
            joinedload(Submission.participant)
            .joinedload(Participant.consultation)
            .joinedload(Consultation.project),
        ],
    )
    if sent is None or sent.recorded["kind"] in ("useful", "support"):
        return None
    person = sent.participant.person
    if person is None or person.email is None:
        return None
    choice = sent.recorded.get("choice")
    context = {
        "submission": sent,
        "consultation": sent.participant.consultation,
        "choice": CHOICES[Choice(choice)] if choice else "",
        "contributions": contributions_of_submission(sent),
    }
    return Mail(person.email, "contributions/mails/contribution_receipt.txt", person.language, context)


@composes("contribution_answered")
def contribution_answered(*, contribution: int) -> Mail | None:
    """Tells the author of a contribution that the service answered it."""
    answer = db.session.get(Contribution, contribution)
    if answer is None or not answer.is_published or answer.reply_to_id is None:
        return None
    answered = db.session.get_one(Contribution, answer.reply_to_id)
    person = answered.participant.person
    if not answered.is_published or person is None or person.email is None:
        return None
    consultation = answer.consultation
    context: dict[str, object] = {"answer": answer, "answered": answered, "consultation": consultation}
    return Mail(person.email, "contributions/mails/contribution_answered.txt", person.language, context)


@composes("dossier_changed")
def dossier_changed(*, version: int, person: int) -> Mail | None:
    """Tells an author that the dossier changed after what they wrote, as long as it can be read."""
    published, author = db.session.get(DossierVersion, version), db.session.get(Person, person)
    if published is None or author is None or author.email is None:
        return None
    contributions = causes_by(author, published)
    if not contributions:
        return None
    project = db.session.get_one(Project, published.project_id)
    context = {"version": published, "project": project, "contributions": contributions}
    return Mail(author.email, "contributions/mails/dossier_changed.txt", author.language, context)

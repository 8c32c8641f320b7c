"""Mails to people who take part: the link that confirms, the receipt, the answer, the dossier changed."""

from sqlalchemy.orm import joinedload

from participation.accounts.models import Person, PersonAddress
from participation.collectivities.models import Membership
from participation.consultations.models import Consultation, Participant
from participation.contributions.models import Choice, Contribution, PendingSubmission, Submission, project_at
from participation.contributions.queries import (
    causes_by,
    contributions_of_submission,
    linked_identities_of,
)
from participation.contributions.queries.questions import deadline_of, service_answer_of
from participation.contributions.wording import CHOICES, about
from participation.foundation import clock
from participation.foundation.database import db
from participation.foundation.mail import Mail, composes
from participation.foundation.references import hash_of, secret_token
from participation.projects.models import DossierVersion, Project

# One press of a button: seen at once on the page, no mail for each.
QUIET = ("useful", "not_useful", "support", "not_support")


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
    context: dict[str, object] = {
        "place": held.place,
        "project": project_at(held.place),
        "token": token,
        "kind": held.kind,
    }
    context["is_outside"] = held.consultation is None
    email = held.address.email if held.address else person.email
    return Mail(email, "contributions/mails/submission_confirmation.txt", held.language, context)


@composes("address_added")
def address_added(*, address: int, to_main: int) -> Mail | None:
    """Tells both addresses of somebody that they are one account now, and what was united."""
    added = db.session.get(PersonAddress, address)
    person = added.person if added else None
    if added is None or person is None or person.email is None:
        return None
    context: dict[str, object] = {
        "address": added,
        "linked": linked_identities_of(person, since=added.created_at),
    }
    email = person.email if to_main else added.email
    return Mail(email, "contributions/mails/address_added.txt", person.language, context)


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
            joinedload(Submission.participant).joinedload(Participant.outside_project),
        ],
    )
    if sent is None or sent.recorded["kind"] in QUIET:
        return None
    person = sent.participant.person
    if person is None or person.email is None:
        return None
    choice = sent.recorded.get("choice")
    context = {
        "submission": sent,
        "consultation": sent.participant.consultation,
        "project": sent.participant.project,
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
    context: dict[str, object] = {
        "answer": answer,
        "answered": answered,
        "place": answer.place,
        "project": answer.project,
        "service_answer": service_answer_of(answered),
    }
    return Mail(person.email, "contributions/mails/contribution_answered.txt", person.language, context)


@composes("question_to_answer")
def question_to_answer(*, question: int, membership: int) -> Mail | None:
    """Tells who answers for a project that a resident asks something, and until when an answer is owed."""
    asked, member = db.session.get(Contribution, question), db.session.get(Membership, membership)
    if asked is None or not asked.is_published or member is None or member.ended_at is not None:
        return None
    owed = deadline_of(asked)
    if owed is None or owed.done_at is not None or member.person.email is None:
        return None
    context = {
        "question": asked,
        "project": asked.project,
        "collectivity": asked.project.collectivity,
        "about": about(asked),
        "owed": owed,
    }
    return Mail(
        member.person.email, "contributions/mails/question_to_answer.txt", member.person.language, context
    )


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

"""A form on which an e-mail address stands: its author is told, and counts once if they also came online."""

from participation.accounts.actions import person_with_email
from participation.collectivities.models import Membership
from participation.contributions.models import Submission
from participation.contributions.paper.models import PaperForm
from participation.foundation.database import db
from participation.foundation.errors import NotAllowed
from participation.foundation.i18n import lazy_gettext as _
from participation.foundation.mail import queue_mail


def join_person(
    form: PaperForm, email: str, submission: Submission, *, language: str, member: Membership
) -> None:
    """Ties a form to the person of an address and queues the mail that says what was recorded."""
    person = person_with_email(email, language=language)
    if person.id == member.person_id:
        raise NotAllowed(_("This address is your own: a colleague types in your form."), "email")
    form.participant.person, form.participant.person_id = person, person.id
    db.session.flush()
    queue_mail("paper_recorded", form=form.id)

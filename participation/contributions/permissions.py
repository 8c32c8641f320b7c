"""Who may ask a service something outside any consultation, and who may answer."""

from datetime import datetime

from participation.collectivities.models import Membership
from participation.collectivities.permissions import ANSWERING
from participation.contributions.models import EDITABLE, Contribution, Visibility
from participation.foundation.errors import NotAllowed, NotPossibleNow
from participation.foundation.i18n import lazy_gettext as _
from participation.projects.models import Project


def may_ask(project: Project, now: datetime) -> bool:
    """Tells whether questions are taken: once the project is public, unless its consultation is suspended."""
    is_public = project.proposed_at is not None and project.proposed_at <= now
    return is_public and not project.is_archive and project.paused_at is None


def require_askable(project: Project, now: datetime) -> None:
    """Raises NotPossibleNow, with why, where no question is taken; the caller holds the project."""
    if may_ask(project, now):
        return
    if project.is_archive:
        raise NotPossibleNow(_("This is an archive: nothing can be asked here."))
    if project.paused_at is not None:
        raise NotPossibleNow(
            _("The consultation on this project is suspended: no question is taken before it resumes.")
        )
    raise NotPossibleNow(_("This project is not public yet."))


def may_answer(member: Membership, question: Contribution) -> bool:
    """Tells whether somebody answers the questions of that collectivity, this one not being their own."""
    is_here = member.collectivity_id == question.project.collectivity_id and member.ended_at is None
    is_own = question.participant.person_id == member.person_id
    return is_here and member.role in ANSWERING and not is_own


def require_answerer(member: Membership, question: Contribution) -> None:
    """Raises NotAllowed for whoever may not answer this question."""
    if question.participant.person_id == member.person_id:
        raise NotAllowed(_("This question is your own: a colleague answers it."))
    if not may_answer(member, question):
        raise NotAllowed(_("Only an agent or an administrator of this collectivity answers questions."))


def require_young(contribution: Contribution, sent_at: datetime) -> None:
    """Raises NotPossibleNow where the words of a text stay as they are, or once its half hour is over."""
    if contribution.spoken_as:
        raise NotPossibleNow(
            _("What is said under a function stays as it is: correct it in a further reply.")
        )
    if contribution.kind not in EDITABLE:
        raise NotPossibleNow(
            _("Others support a condition, and a service answers a question, as it was written: it stays so.")
        )
    if contribution.visibility not in (Visibility.PENDING, Visibility.PUBLISHED):
        raise NotPossibleNow(_("This contribution can’t be read any more: there is nothing to change."))
    if sent_at >= contribution.editable_until:
        raise NotPossibleNow(
            _(
                "A text can be changed for 30 minutes after it was sent. "
                "You can still withdraw it, or add a reply."
            )
        )

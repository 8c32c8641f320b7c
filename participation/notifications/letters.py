"""What a person is written once a decision is published: what happened to what they wrote."""

from participation.accounts.models import Person
from participation.contributions.models import Contribution
from participation.decisions.models import DecisionVersion, ThemeAnswer
from participation.decisions.queries import published_versions
from participation.foundation.database import db
from participation.foundation.mail import Mail
from participation.notifications.models import Notice
from participation.notifications.queries import Fate, fates_of


def decision_notice(notice: Notice) -> Mail | None:
    """Returns the one mail about a decision; None once the address is erased or a newer version stands."""
    person = db.session.get(Person, notice.person_id) if notice.person_id else None
    version = db.session.get(DecisionVersion, notice.version_id)
    if person is None or not person.email or version is None:
        return None
    if published_versions(version.decision)[:1] != [version]:
        return None
    fates = fates_of(person.id, version)
    context: dict[str, object] = {
        "version": version,
        "decision": version.decision,
        "project": version.decision.project,
        "written": len(fates),
        "answered": by_theme(fates),
        "unanswered": [fate for fate in fates if not fate.answers],
    }
    key = f"notice:{notice.id}"
    return Mail(person.email, "notifications/mails/decision_notice.txt", person.language, context, key)


def by_theme(fates: list[Fate]) -> list[tuple[ThemeAnswer, list[Contribution]]]:
    """Returns each answer once, with everything this person wrote under its theme."""
    gathered: dict[int, tuple[ThemeAnswer, list[Contribution]]] = {}
    for fate in fates:
        for answer in fate.answers:
            gathered.setdefault(answer.id, (answer, []))[1].append(fate.contribution)
    return list(gathered.values())

"""What notifications hold of a person: that they were told of a decision."""

import sqlalchemy as sa

from participation.accounts.erasure import ErasureChoice, Traces, facts
from participation.accounts.models import Person
from participation.decisions.models import DecisionVersion
from participation.foundation.database import db
from participation.notifications.models import Notice, NoticeState

HANDLES = ("notice.person_id",)


def traces_of(person: Person) -> Traces:
    """Returns the decisions a person was told of, and when."""
    told = (
        sa.select(Notice, DecisionVersion.title)
        .join(DecisionVersion, DecisionVersion.id == Notice.version_id)
        .where(Notice.person_id == person.id)
        .order_by(Notice.id)
    )
    return {
        "notices": [
            {"decision": title, **facts(notice, "state", "told_at", "created_at")}
            for notice, title in db.session.execute(told)
        ]
    }


def erase_traces_of(person: Person, choice: ErasureChoice) -> None:
    """Cuts each notice from the person, so that the number of people told stays; tells nothing more."""
    own = sa.update(Notice).where(Notice.person_id == person.id)
    db.session.execute(own.where(Notice.state == NoticeState.QUEUED).values(state=NoticeState.REFUSED))
    db.session.execute(own.values(person_id=None))

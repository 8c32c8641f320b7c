"""The only writer of who may read a contribution; the counts that depend on it change with it."""

import sqlalchemy as sa

from participation.contributions.models import Contribution, Visibility
from participation.foundation.database import db


def change_visibility(contribution: Contribution, visibility: Visibility) -> None:
    """Sets who may read a contribution and keeps the number of published replies of its parent."""
    was_published = contribution.is_published
    contribution.visibility = visibility
    db.session.flush()
    if contribution.is_published != was_published:
        count_reply(contribution, 1 if contribution.is_published else -1)


def count_reply(contribution: Contribution, change: int) -> None:
    """Adds to the number of published replies of the contribution it stands under, if any."""
    if contribution.parent_id is None:
        return
    parent = sa.update(Contribution).where(Contribution.id == contribution.parent_id)
    db.session.execute(parent.values(reply_count=Contribution.reply_count + change))

"""Queue the files of the summaries that were published before there were any."""

import json
from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0014"
branch_labels = None
depends_on = None

KIND = "summary.print"


def upgrade() -> None:
    connection = op.get_bind()
    now = sa.bindparam("now", type_=sa.DateTime(timezone=True))
    queue = sa.text(
        "INSERT INTO outbox_message (kind, payload, due_at, attempts, last_error, created_at) "
        "VALUES (:kind, :payload, :now, 0, '', :now)"
    ).bindparams(now)
    published = connection.execute(sa.text("SELECT id FROM summary WHERE published_at IS NOT NULL"))
    for number in published.scalars().all():
        payload = json.dumps({"summary": number})
        connection.execute(queue, {"kind": KIND, "payload": payload, "now": datetime.now(UTC)})


def downgrade() -> None:
    op.get_bind().execute(sa.text("DELETE FROM outbox_message WHERE kind = :kind"), {"kind": KIND})

"""Note that a consultation is over, so that a clock that goes back opens none again."""

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0010"
branch_labels = None
depends_on = None

OVER = """
UPDATE consultation SET over_at = closes_at
WHERE announced_at IS NOT NULL AND cancelled_at IS NULL AND paused_at IS NULL AND closes_at <= :now
"""


def upgrade() -> None:
    with op.batch_alter_table("consultation", schema=None) as batch_op:
        batch_op.add_column(sa.Column("over_at", sa.DateTime(timezone=True), nullable=True))
    now = sa.bindparam("now", datetime.now(UTC), type_=sa.DateTime(timezone=True))
    op.get_bind().execute(sa.text(OVER).bindparams(now))


def downgrade() -> None:
    with op.batch_alter_table("consultation", schema=None) as batch_op:
        batch_op.drop_column("over_at")

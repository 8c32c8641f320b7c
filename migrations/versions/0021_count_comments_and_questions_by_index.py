"""Count the tabs of a discussion, and the questions of a project, without reading the comments."""

from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

COUNTED = ("consultation_id", "parent_id", "kind", "visibility", "stance", "reply_count", "thread_count")
ASKED = ("kind", "parent_id", "visibility")


def upgrade() -> None:
    op.create_index("ix_contribution_counted", "contribution", list(COUNTED))
    op.create_index("ix_contribution_asked", "contribution", list(ASKED))


def downgrade() -> None:
    op.drop_index("ix_contribution_asked", table_name="contribution")
    op.drop_index("ix_contribution_counted", table_name="contribution")

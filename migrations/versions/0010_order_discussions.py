"""Keep where comments stand in the orders of their discussion, and the words their authors changed."""

import math

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0013"
branch_labels = None
depends_on = None

TOP_LEVEL = sa.text("parent_id IS NULL")
ORDERS = {"said": "created_at", "useful": "useful_rank", "discussed": "thread_count"}


def upgrade() -> None:
    with op.batch_alter_table("contribution") as batch_op:
        batch_op.add_column(sa.Column("useful_rank", sa.Integer(), server_default="0", nullable=False))
        batch_op.add_column(sa.Column("thread_count", sa.Integer(), server_default="0", nullable=False))
        batch_op.add_column(sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("edited_at", sa.DateTime(timezone=True), nullable=True))
    op.drop_index("ix_contribution_newest", table_name="contribution")
    for order, key in ORDERS.items():
        _create_order(f"ix_contribution_{order}", key)
    _create_contribution_version()
    _create_former_standing()
    _count_threads()
    _rank_useful_texts()


def downgrade() -> None:
    op.drop_table("former_standing")
    op.drop_table("contribution_version")
    for order in ORDERS:
        op.drop_index(f"ix_contribution_{order}", table_name="contribution")
    _create_order("ix_contribution_newest")
    with op.batch_alter_table("contribution") as batch_op:
        for column in ("edited_at", "sent_at", "thread_count", "useful_rank"):
            batch_op.drop_column(column)


def _create_order(name: str, *key: str) -> None:
    columns = ["consultation_id", *key, "id"]
    op.create_index(name, "contribution", columns, sqlite_where=TOP_LEVEL, postgresql_where=TOP_LEVEL)


def _create_contribution_version() -> None:
    op.create_table(
        "contribution_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("contribution_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["contribution_id"],
            ["contribution.id"],
            name=op.f("fk_contribution_version_contribution_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contribution_version")),
        sa.UniqueConstraint(
            "contribution_id", "number", name=op.f("uq_contribution_version_contribution_id_number")
        ),
    )


def _create_former_standing() -> None:
    op.create_table(
        "former_standing",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("contribution_id", sa.Integer(), nullable=False),
        sa.Column("useful_rank", sa.Integer(), nullable=False),
        sa.Column("thread_count", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        *(
            sa.ForeignKeyConstraint(
                [f"{table}_id"],
                [f"{table}.id"],
                name=op.f(f"fk_former_standing_{table}_id"),
                ondelete="CASCADE",
            )
            for table in ("consultation", "contribution")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_former_standing")),
    )
    op.create_index(op.f("ix_former_standing_contribution_id"), "former_standing", ["contribution_id"])
    op.create_index("ix_former_standing_moved", "former_standing", ["consultation_id", "created_at"])


def _count_threads() -> None:
    """Counts the public replies of both levels under each comment."""
    op.execute(
        """
        UPDATE contribution SET thread_count = (
          SELECT count(*) FROM contribution AS reply
          WHERE reply.visibility = 'published' AND (reply.parent_id = contribution.id OR reply.parent_id IN (
            SELECT above.id FROM contribution AS above WHERE above.parent_id = contribution.id)))
        WHERE parent_id IS NULL AND consultation_id IS NOT NULL
          AND id IN (SELECT parent_id FROM contribution WHERE parent_id IS NOT NULL)
        """
    )


def _rank_useful_texts() -> None:
    """Gives each text with votes the rank that `ranking.useful_rank` gave when this was written."""
    connection = op.get_bind()
    counted = [
        *connection.execute(sa.text(_VOTES.format(kind="<>", table="useful_vote"))),
        *connection.execute(sa.text(_VOTES.format(kind="=", table="condition_support"))),
    ]
    ranks = [{"number": number, "rank": _rank(votes, opposed)} for number, votes, opposed in counted]
    if ranks:
        ranked = sa.text("UPDATE contribution SET useful_rank = :rank WHERE id = :number")
        connection.execute(ranked, ranks)


_VOTES = """
    SELECT said.id, (SELECT count(*) FROM {table} AS vote WHERE vote.contribution_id = said.id),
      (SELECT count(DISTINCT reply.participant_id) FROM contribution AS reply
       WHERE reply.parent_id = said.id AND reply.visibility = 'published'
         AND ((said.stance = 'for' AND reply.stance = 'against')
           OR (said.stance = 'against' AND reply.stance = 'for'))
         AND reply.participant_id <> said.participant_id
         AND reply.participant_id NOT IN (
           SELECT vote.participant_id FROM {table} AS vote WHERE vote.contribution_id = said.id))
    FROM contribution AS said
    WHERE said.parent_id IS NULL AND said.consultation_id IS NOT NULL AND said.kind {kind} 'condition'
      AND said.id IN (SELECT contribution_id FROM {table})
"""


def _rank(useful: int, opposed: int) -> int:
    reacted = useful + opposed
    share, square = useful / reacted, 1.96 * 1.96 / reacted
    spread = 1.96 * math.sqrt((share * (1 - share) + square / 4) / reacted)
    return int(1_000_000_000 * (share + square / 2 - spread) / (1 + square))

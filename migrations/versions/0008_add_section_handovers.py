"""Add the sections of a dossier that are handed to a colleague."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

ENDINGS = ("done", "filled", "taken_back", "handed_on")
IS_OPEN = sa.text("ended_at IS NULL")


def upgrade() -> None:
    op.create_table(
        "section_handover",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("section", sa.Text(), nullable=False),
        sa.Column("to_id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("language", sa.Text(), server_default="fr", nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ending", sa.Enum(*ENDINGS, name="ending", native_enum=False, length=40), nullable=True),
        sa.CheckConstraint(
            "(ended_at IS NULL) = (ending IS NULL)",
            name=op.f("ck_section_handover_ended_in_some_way"),
        ),
        sa.ForeignKeyConstraint(
            ["by_id"],
            ["membership.id"],
            name=op.f("fk_section_handover_by_id"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["project_id"],
            ["project.id"],
            name=op.f("fk_section_handover_project_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["to_id"],
            ["membership.id"],
            name=op.f("fk_section_handover_to_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_section_handover")),
    )
    with op.batch_alter_table("section_handover") as table:
        table.create_index(
            "uq_section_handover_open",
            ["project_id", "section"],
            unique=True,
            sqlite_where=IS_OPEN,
            postgresql_where=IS_OPEN,
        )
        table.create_index(op.f("ix_section_handover_project_id"), ["project_id"])
        table.create_index(op.f("ix_section_handover_to_id"), ["to_id"])


def downgrade() -> None:
    op.drop_table("section_handover")

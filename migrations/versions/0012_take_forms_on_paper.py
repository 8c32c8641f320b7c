"""Take forms on paper: what staff type in, and the letters printed for their authors."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "paper_form",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.Text(), nullable=False),
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column(
            "channel",
            sa.Enum(
                "online", "paper", "meeting", "phone", "desk", name="channel", native_enum=False, length=40
            ),
            nullable=False,
        ),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=True),
        sa.Column("copy", sa.Integer(), nullable=True),
        sa.Column("entered_by_id", sa.Integer(), nullable=True),
        sa.Column("recorded_anyway", sa.Text(), server_default="", nullable=False),
        sa.Column("postal_address", sa.Text(), server_default="", nullable=False),
        sa.Column("by_email", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("contributions", sa.JSON(), nullable=False),
        sa.Column("added_supports", sa.JSON(), server_default="[]", nullable=False),
        sa.Column(
            "beside_online",
            sa.Enum("none", "replaced", "older", name="besideonline", native_enum=False, length=40),
            server_default="none",
            nullable=False,
        ),
        sa.Column(
            "replaced_choice",
            sa.Enum(
                "favourable",
                "conditions",
                "opposed",
                "information",
                name="choice",
                native_enum=False,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("replaced_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("scan_file", sa.Text(), nullable=True),
        sa.Column("scan_purge_on", sa.Date(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by_id", sa.Integer(), nullable=True),
        sa.Column(
            "ending", sa.Enum("undone", "erased", name="ending", native_enum=False, length=40), nullable=True
        ),
        sa.Column("ending_reason", sa.Text(), server_default="", nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(ended_at IS NULL) = (ending IS NULL)", name=op.f("ck_paper_form_ending_once_ended")
        ),
        sa.CheckConstraint(
            "(scan_file IS NULL) = (scan_purge_on IS NULL)", name=op.f("ck_paper_form_scan_with_its_end")
        ),
        sa.ForeignKeyConstraint(
            ["consultation_id"],
            ["consultation.id"],
            name=op.f("fk_paper_form_consultation_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["ended_by_id"], ["membership.id"], name=op.f("fk_paper_form_ended_by_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["entered_by_id"],
            ["membership.id"],
            name=op.f("fk_paper_form_entered_by_id"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["participant.id"], name=op.f("fk_paper_form_participant_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper_form")),
        sa.UniqueConstraint(
            "consultation_id",
            "source",
            "number",
            "copy",
            name=op.f("uq_paper_form_consultation_id_source_number_copy"),
        ),
        sa.UniqueConstraint("ref", name=op.f("uq_paper_form_ref")),
    )
    with op.batch_alter_table("paper_form", schema=None) as batch_op:
        batch_op.create_index(
            "ix_paper_form_entered", ["consultation_id", "entered_by_id", "id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_paper_form_participant_id"), ["participant_id"], unique=False)

    op.create_table(
        "paper_letter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("form_id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=True),
        sa.Column("printed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("printed_by_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["form_id"], ["paper_form.id"], name=op.f("fk_paper_letter_form_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["printed_by_id"],
            ["membership.id"],
            name=op.f("fk_paper_letter_printed_by_id"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["decision_version.id"],
            name=op.f("fk_paper_letter_version_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper_letter")),
        sa.UniqueConstraint("form_id", "version_id", name=op.f("uq_paper_letter_form_id_version_id")),
    )
    with op.batch_alter_table("paper_letter", schema=None) as batch_op:
        batch_op.create_index(
            "uq_paper_letter_recorded",
            ["form_id"],
            unique=True,
            sqlite_where=sa.text("version_id IS NULL"),
            postgresql_where=sa.text("version_id IS NULL"),
        )


def downgrade() -> None:
    with op.batch_alter_table("paper_letter", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_paper_letter_recorded",
            sqlite_where=sa.text("version_id IS NULL"),
            postgresql_where=sa.text("version_id IS NULL"),
        )

    op.drop_table("paper_letter")
    with op.batch_alter_table("paper_form", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_paper_form_participant_id"))
        batch_op.drop_index("ix_paper_form_entered")

    op.drop_table("paper_form")

"""Add the imports of registers, the mappings that are kept, and what makes a draft the same record."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "register_mapping",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("collectivity_id", sa.Integer(), nullable=False),
        sa.Column("header", sa.Text(), nullable=False),
        sa.Column("columns", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["collectivity_id"],
            ["collectivity.id"],
            name=op.f("fk_register_mapping_collectivity_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_register_mapping")),
        sa.UniqueConstraint(
            "collectivity_id", "header", name=op.f("uq_register_mapping_collectivity_id_header")
        ),
    )
    op.create_table(
        "register_import",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.Text(), nullable=False),
        sa.Column("collectivity_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=True),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("register", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("is_own_format", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("columns", sa.JSON(), server_default="{}", nullable=False),
        sa.Column("own_records_only", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column(
            "state",
            sa.Enum("mapping", "waiting", "running", "done", name="runstate", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("language", sa.Text(), server_default="fr", nullable=False),
        sa.Column("total", sa.Integer(), server_default="0", nullable=False),
        sa.Column("read", sa.Integer(), server_default="0", nullable=False),
        sa.Column("imported", sa.Integer(), server_default="0", nullable=False),
        sa.Column("already_there", sa.Integer(), server_default="0", nullable=False),
        sa.Column("refused", sa.Integer(), server_default="0", nullable=False),
        sa.Column("remarks", sa.JSON(), server_default="[]", nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["collectivity_id"],
            ["collectivity.id"],
            name=op.f("fk_register_import_collectivity_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["membership.id"], name=op.f("fk_register_import_member_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_register_import")),
        sa.UniqueConstraint("ref", name=op.f("uq_register_import_ref")),
    )
    with op.batch_alter_table("register_import", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_register_import_collectivity_id"), ["collectivity_id"], unique=False
        )

    with op.batch_alter_table("project", schema=None) as batch_op:
        batch_op.add_column(sa.Column("register_key", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("register_source", sa.Text(), server_default="", nullable=False))
        batch_op.create_index("uq_project_register_key", ["collectivity_id", "register_key"], unique=True)


def downgrade() -> None:
    with op.batch_alter_table("project", schema=None) as batch_op:
        batch_op.drop_index("uq_project_register_key")
        batch_op.drop_column("register_source")
        batch_op.drop_column("register_key")

    with op.batch_alter_table("register_import", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_register_import_collectivity_id"))

    op.drop_table("register_import")
    op.drop_table("register_mapping")

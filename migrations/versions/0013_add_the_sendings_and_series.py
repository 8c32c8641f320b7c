"""Add how forms are sent, series that look alike, and networks known to be shared."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0011"
branch_labels = None
depends_on = None

RULES = ("trap", "fast", "unshown", "texts", "addresses", "crowd", "rhythm")


def upgrade() -> None:
    _create_sending()
    _create_series()
    _create_known_network()


def downgrade() -> None:
    op.drop_table("known_network")
    op.drop_table("series_member")
    op.drop_table("suspect_series")
    op.drop_table("sending")


def _create_sending() -> None:
    op.create_table(
        "sending",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("form_key", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("consultation_id", sa.Integer(), nullable=True),
        sa.Column("network_key", sa.Text(), nullable=True),
        sa.Column("seconds", sa.Float(), nullable=True),
        sa.Column("signs", sa.JSON(), server_default="[]", nullable=False),
        sa.Column("looked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_sending_person_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["consultation_id"],
            ["consultation.id"],
            name=op.f("fk_sending_consultation_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sending")),
        sa.UniqueConstraint("form_key", name=op.f("uq_sending_form_key")),
    )
    op.create_index("ix_sending_network", "sending", ["network_key", "created_at"])
    op.create_index("ix_sending_person", "sending", ["person_id", "created_at"])
    op.create_index("ix_sending_created", "sending", ["created_at"])
    op.create_index("ix_sending_to_look_at", "sending", ["consultation_id", "looked_at"])


def _create_series() -> None:
    op.create_table(
        "suspect_series",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.Text(), nullable=False),
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("rule", sa.Enum(*RULES, name="rule", native_enum=False, length=40), nullable=False),
        sa.Column("evidence", sa.JSON(), server_default="{}", nullable=False),
        sa.Column("last_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "verdict",
            sa.Enum("harmless", "kept", name="verdict", native_enum=False, length=40),
            nullable=True,
        ),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("language", sa.Text(), server_default="fr", nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(verdict IS NULL) = (decided_at IS NULL)", name=op.f("ck_suspect_series_verdict_with_moment")
        ),
        sa.ForeignKeyConstraint(
            ["consultation_id"],
            ["consultation.id"],
            name=op.f("fk_suspect_series_consultation_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["decided_by_id"],
            ["membership.id"],
            name=op.f("fk_suspect_series_decided_by_id"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_suspect_series")),
        sa.UniqueConstraint("ref", name=op.f("uq_suspect_series_ref")),
    )
    op.create_index("ix_suspect_series_listed", "suspect_series", ["consultation_id", "rule"])
    op.create_table(
        "series_member",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("series_id", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["series_id"],
            ["suspect_series.id"],
            name=op.f("fk_series_member_series_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["participant_id"],
            ["participant.id"],
            name=op.f("fk_series_member_participant_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_series_member")),
        sa.UniqueConstraint(
            "series_id", "participant_id", name=op.f("uq_series_member_series_id_participant_id")
        ),
    )
    op.create_index(op.f("ix_series_member_participant_id"), "series_member", ["participant_id"])


def _create_known_network() -> None:
    op.create_table(
        "known_network",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("collectivity_id", sa.Integer(), nullable=False),
        sa.Column("cidr", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), server_default="fr", nullable=False),
        sa.Column("added_by_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["collectivity_id"],
            ["collectivity.id"],
            name=op.f("fk_known_network_collectivity_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["added_by_id"],
            ["membership.id"],
            name=op.f("fk_known_network_added_by_id"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_known_network")),
        sa.UniqueConstraint("collectivity_id", "cidr", name=op.f("uq_known_network_collectivity_id_cidr")),
    )

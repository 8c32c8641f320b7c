"""Add what people follow, their weekly letters and the reminders of closings they asked for."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0012"
branch_labels = None
depends_on = None

STATES = ("queued", "sent", "refused")


def _words(*values: str, name: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, length=40)


def _row() -> tuple[sa.Column, sa.Column]:
    return (
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
    )


def _told() -> tuple[sa.Column, sa.Column]:
    return (
        sa.Column("state", _words(*STATES, name="noticestate"), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
    )


def _key(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], [f"{to}.id"], name=op.f(f"fk_{table}_{column}"), ondelete="CASCADE"
    )


def upgrade() -> None:
    op.create_table(
        "subscription",
        *_row(),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column(
            "subject_kind", _words("project", "consultation", "question", name="subjectkind"), nullable=False
        ),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("remind_days", sa.Integer(), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "remind_days IS NULL OR subject_kind = 'consultation'",
            name=op.f("ck_subscription_closing_to_remind"),
        ),
        _key("subscription", "person_id", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_subscription")),
        sa.UniqueConstraint(
            "person_id",
            "subject_kind",
            "subject_id",
            name=op.f("uq_subscription_person_id_subject_kind_subject_id"),
        ),
    )
    op.create_index("ix_subscription_subject", "subscription", ["subject_kind", "subject_id"])
    op.create_table(
        "follow_setting",
        *_row(),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("frequency", _words("weekly", "never", name="frequency"), nullable=False),
        _key("follow_setting", "person_id", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_follow_setting")),
        sa.UniqueConstraint("person_id", name=op.f("uq_follow_setting_person_id")),
    )
    op.create_table(
        "digest",
        *_row(),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("week", sa.Date(), nullable=False),
        *_told(),
        _key("digest", "person_id", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_digest")),
        sa.UniqueConstraint("person_id", "week", name=op.f("uq_digest_person_id_week")),
    )
    _create_items()
    op.create_table(
        "closing_reminder",
        *_row(),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=False),
        *_told(),
        _key("closing_reminder", "consultation_id", "consultation"),
        _key("closing_reminder", "person_id", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_closing_reminder")),
        sa.UniqueConstraint(
            "person_id",
            "consultation_id",
            "closes_at",
            name=op.f("uq_closing_reminder_person_id_consultation_id_closes_at"),
        ),
    )
    op.create_index(op.f("ix_closing_reminder_consultation_id"), "closing_reminder", ["consultation_id"])


def _create_items() -> None:
    op.create_table(
        "digest_item",
        *_row(),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=True),
        sa.Column("consultation_id", sa.Integer(), nullable=True),
        sa.Column("turn", _words("opened", "closed", name="turn"), nullable=True),
        sa.Column("digest_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(event_id IS NULL) <> (consultation_id IS NULL)", name=op.f("ck_digest_item_one_thing")
        ),
        sa.CheckConstraint(
            "(consultation_id IS NULL) = (turn IS NULL)",
            name=op.f("ck_digest_item_turn_of_a_consultation"),
        ),
        _key("digest_item", "person_id", "person"),
        _key("digest_item", "event_id", "event"),
        _key("digest_item", "consultation_id", "consultation"),
        _key("digest_item", "digest_id", "digest"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_digest_item")),
        sa.UniqueConstraint("person_id", "event_id", name=op.f("uq_digest_item_person_id_event_id")),
        sa.UniqueConstraint(
            "person_id",
            "consultation_id",
            "turn",
            name=op.f("uq_digest_item_person_id_consultation_id_turn"),
        ),
    )
    op.create_index("ix_digest_item_waiting", "digest_item", ["digest_id", "created_at"])
    op.create_index(op.f("ix_digest_item_event_id"), "digest_item", ["event_id"])
    op.create_index(op.f("ix_digest_item_consultation_id"), "digest_item", ["consultation_id"])


def downgrade() -> None:
    for table in ("closing_reminder", "digest_item", "digest", "follow_setting", "subscription"):
        op.drop_table(table)

"""Let questions to a service be asked outside a consultation, and be answered once."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

# What is said belongs to a consultation, or to a project outside any: exactly one of the two.
SAID = ("participant", "contribution", "pending_submission")
ONE_PLACE = "(consultation_id IS NULL) <> (outside_project_id IS NULL)"


def upgrade() -> None:
    for table in SAID:
        with op.batch_alter_table(table) as batch_op:
            batch_op.alter_column("consultation_id", existing_type=sa.Integer(), nullable=True)
            batch_op.add_column(sa.Column("outside_project_id", sa.Integer(), nullable=True))
            batch_op.create_foreign_key(
                op.f(f"fk_{table}_outside_project_id"),
                "project",
                ["outside_project_id"],
                ["id"],
                ondelete="CASCADE",
            )
            batch_op.create_check_constraint(op.f(f"ck_{table}_one_place"), ONE_PLACE)
    with op.batch_alter_table("participant") as batch_op:
        batch_op.create_unique_constraint(
            op.f("uq_participant_outside_project_id_person_id"), ["outside_project_id", "person_id"]
        )
    op.create_index(
        "ix_contribution_outside", "contribution", ["outside_project_id", "visibility", "parent_id"]
    )
    op.add_column("collectivity", sa.Column("answer_days", sa.Integer(), server_default="10", nullable=False))
    with op.batch_alter_table("project") as batch_op:
        batch_op.add_column(sa.Column("referent_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            op.f("fk_project_referent_id"), "membership", ["referent_id"], ["id"], ondelete="SET NULL"
        )
    _create_ai_referent()
    _create_service_answer()


def downgrade() -> None:
    op.drop_table("service_answer")
    op.drop_table("ai_referent")
    with op.batch_alter_table("project") as batch_op:
        batch_op.drop_constraint(op.f("fk_project_referent_id"), type_="foreignkey")
        batch_op.drop_column("referent_id")
    with op.batch_alter_table("collectivity") as batch_op:
        batch_op.drop_column("answer_days")
    op.drop_index("ix_contribution_outside", table_name="contribution")
    _forget_what_was_said_outside()
    with op.batch_alter_table("participant") as batch_op:
        batch_op.drop_constraint(op.f("uq_participant_outside_project_id_person_id"), type_="unique")
    for table in SAID:
        with op.batch_alter_table(table) as batch_op:
            batch_op.drop_constraint(op.f(f"ck_{table}_one_place"), type_="check")
            batch_op.drop_constraint(op.f(f"fk_{table}_outside_project_id"), type_="foreignkey")
            batch_op.drop_column("outside_project_id")
            batch_op.alter_column("consultation_id", existing_type=sa.Integer(), nullable=False)


def _create_ai_referent() -> None:
    op.create_table(
        "ai_referent",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("collectivity_id", sa.Integer(), nullable=False),
        sa.Column("membership_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["collectivity_id"],
            ["collectivity.id"],
            name=op.f("fk_ai_referent_collectivity_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["membership_id"],
            ["membership.id"],
            name=op.f("fk_ai_referent_membership_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ai_referent")),
        sa.UniqueConstraint("collectivity_id", name=op.f("uq_ai_referent_collectivity_id")),
    )
    op.create_index(op.f("ix_ai_referent_membership_id"), "ai_referent", ["membership_id"])


def _create_service_answer() -> None:
    op.create_table(
        "service_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column(
            "outcome",
            sa.Enum("updated", "unchanged", name="answeroutcome", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("reply_id", sa.Integer(), nullable=True),
        sa.Column("version_id", sa.Integer(), nullable=True),
        sa.Column("answered_by_id", sa.Integer(), nullable=True),
        sa.Column("body", sa.Text(), server_default="", nullable=False),
        sa.Column("language", sa.Text(), server_default="fr", nullable=False),
        sa.Column("revision", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "reply_id IS NOT NULL OR outcome = 'updated'", name=op.f("ck_service_answer_waits_for_a_version")
        ),
        sa.ForeignKeyConstraint(
            ["question_id"],
            ["contribution.id"],
            name=op.f("fk_service_answer_question_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["reply_id"], ["contribution.id"], name=op.f("fk_service_answer_reply_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["dossier_version.id"],
            name=op.f("fk_service_answer_version_id"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["answered_by_id"],
            ["membership.id"],
            name=op.f("fk_service_answer_answered_by_id"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service_answer")),
        sa.UniqueConstraint("question_id", name=op.f("uq_service_answer_question_id")),
        sa.UniqueConstraint("reply_id", name=op.f("uq_service_answer_reply_id")),
    )


def _forget_what_was_said_outside() -> None:
    """The tables of before have no place for it: going back loses what was asked outside consultations."""
    contribution, participant = _outside("contribution"), _outside("participant")
    decided = sa.table("moderation_decision", sa.column("id"), sa.column("contribution_id"))
    _delete(
        "appeal", "decision_id", sa.select(decided.c.id).where(decided.c.contribution_id.in_(contribution))
    )
    for table in ("dossier_change", "useful_vote", "moderation_decision", "report"):
        _delete(table, "contribution_id", contribution)
    subject = sa.literal("contribution:").concat(sa.cast(contribution.selected_columns.id, sa.Text))
    _delete("deadline", "subject", contribution.with_only_columns(subject))
    said = sa.table(
        "contribution",
        *(sa.column(name) for name in ("parent_id", "reply_to_id", "outside_project_id")),
    )
    is_outside = said.c.outside_project_id.is_not(None)
    op.execute(sa.update(said).where(is_outside).values(parent_id=None, reply_to_id=None))
    op.execute(sa.delete(said).where(is_outside))
    _delete("submission", "participant_id", participant)
    event = sa.table("event", sa.column("actor_participant_id"))
    op.execute(
        sa.update(event)
        .where(event.c.actor_participant_id.in_(participant))
        .values(actor_participant_id=None)
    )
    for name in ("participant", "pending_submission"):
        _delete(name, "id", _outside(name))


def _outside(name: str) -> sa.Select[int]:
    table = sa.table(name, sa.column("id"), sa.column("outside_project_id"))
    return sa.select(table.c.id).where(table.c.outside_project_id.is_not(None))


def _delete(name: str, column: str, numbers: sa.Select[int]) -> None:
    table = sa.table(name, sa.column(column))
    op.execute(sa.delete(table).where(table.c[column].in_(numbers)))

"""Count each person once over their identities, confirm people at a desk, ask where participants live."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0008"
branch_labels = None
depends_on = None

COUNTS = sa.text("same_as_id IS NULL")
# One person counts once in one place: the name of the index, that of the constraint it replaces, the place.
ONCE = (
    ("uq_participant_of_consultation", "uq_participant_consultation_id_person_id", "consultation_id"),
    ("uq_participant_outside", "uq_participant_outside_project_id_person_id", "outside_project_id"),
)


def upgrade() -> None:
    _create_addresses()
    _create_verifications()
    op.add_column("consultation", sa.Column("postcodes", sa.JSON(), server_default="[]", nullable=False))
    side = sa.Enum("in", "out", "unsaid", name="perimeterside", native_enum=False, length=40)
    with op.batch_alter_table("participant") as batch_op:
        for _index, constraint, _place in ONCE:
            batch_op.drop_constraint(op.f(constraint), type_="unique")
        batch_op.add_column(sa.Column("perimeter_side", side, server_default="unsaid", nullable=False))
        batch_op.add_column(sa.Column("same_as_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("linked_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("both_chose", sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.create_foreign_key(
            op.f("fk_participant_same_as_id"), "participant", ["same_as_id"], ["id"], ondelete="CASCADE"
        )
        batch_op.create_check_constraint(op.f("ck_participant_same_as_another"), "same_as_id <> id")
        batch_op.create_check_constraint(
            op.f("ck_participant_linked_at_a_moment"), "(same_as_id IS NULL) = (linked_at IS NULL)"
        )
    op.create_index(op.f("ix_participant_same_as_id"), "participant", ["same_as_id"])
    for index, _constraint, place in ONCE:
        op.create_index(
            index,
            "participant",
            [place, "person_id"],
            unique=True,
            sqlite_where=COUNTS,
            postgresql_where=COUNTS,
        )
    for table, on_delete in (("sign_in_link", "CASCADE"), ("pending_submission", "SET NULL")):
        with op.batch_alter_table(table) as batch_op:
            batch_op.add_column(sa.Column("address_id", sa.Integer(), nullable=True))
            batch_op.create_foreign_key(
                op.f(f"fk_{table}_address_id"),
                "person_address",
                ["address_id"],
                ["id"],
                ondelete=on_delete,
            )


def downgrade() -> None:
    for table in ("pending_submission", "sign_in_link"):
        with op.batch_alter_table(table) as batch_op:
            batch_op.drop_constraint(op.f(f"fk_{table}_address_id"), type_="foreignkey")
            batch_op.drop_column("address_id")
    for index, _constraint, _place in ONCE:
        op.drop_index(index, table_name="participant")
    op.drop_index(op.f("ix_participant_same_as_id"), table_name="participant")
    _cut_linked_identities()
    with op.batch_alter_table("participant") as batch_op:
        batch_op.drop_constraint(op.f("ck_participant_linked_at_a_moment"), type_="check")
        batch_op.drop_constraint(op.f("ck_participant_same_as_another"), type_="check")
        batch_op.drop_constraint(op.f("fk_participant_same_as_id"), type_="foreignkey")
        for column in ("both_chose", "linked_at", "same_as_id", "perimeter_side"):
            batch_op.drop_column(column)
        for _index, constraint, place in ONCE:
            batch_op.create_unique_constraint(op.f(constraint), [place, "person_id"])
    with op.batch_alter_table("consultation") as batch_op:
        batch_op.drop_column("postcodes")
    for table in ("verification_code", "verification", "address_link", "person_address"):
        op.drop_table(table)


def _create_addresses() -> None:
    op.create_table(
        "person_address",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        _to_person("person_address"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_address")),
        sa.UniqueConstraint("email", name=op.f("uq_person_address_email")),
    )
    op.create_index(op.f("ix_person_address_person_id"), "person_address", ["person_id"])
    op.create_table(
        "address_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.Text(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        _to_person("address_link"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_address_link")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_address_link_token_hash")),
    )
    op.create_index(op.f("ix_address_link_person_id"), "address_link", ["person_id"])


def _create_verifications() -> None:
    op.create_table(
        "verification",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("collectivity_id", sa.Integer(), nullable=False),
        sa.Column("verified_by_id", sa.Integer(), nullable=True),
        sa.Column("verified_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_by_id", sa.Integer(), nullable=True),
        sa.Column("revocation_reason", sa.Text(), server_default="", nullable=False),
        sa.Column("language", sa.Text(), server_default="fr", nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        _to_person("verification"),
        sa.ForeignKeyConstraint(
            ["collectivity_id"],
            ["collectivity.id"],
            name=op.f("fk_verification_collectivity_id"),
            ondelete="CASCADE",
        ),
        *(
            sa.ForeignKeyConstraint(
                [column], ["membership.id"], name=op.f(f"fk_verification_{column}"), ondelete="SET NULL"
            )
            for column in ("verified_by_id", "revoked_by_id")
        ),
        sa.CheckConstraint(
            "(revoked_at IS NULL) = (revocation_reason = '')",
            name=op.f("ck_verification_revoked_with_reason"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_verification")),
        sa.UniqueConstraint("ref", name=op.f("uq_verification_ref")),
        sa.UniqueConstraint(
            "person_id", "collectivity_id", name=op.f("uq_verification_person_id_collectivity_id")
        ),
    )
    op.create_index(op.f("ix_verification_collectivity_id"), "verification", ["collectivity_id"])
    op.create_table(
        "verification_code",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        _to_person("verification_code"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_verification_code")),
        sa.UniqueConstraint("person_id", name=op.f("uq_verification_code_person_id")),
        sa.UniqueConstraint("code", name=op.f("uq_verification_code_code")),
    )


def _to_person(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["person_id"], ["person.id"], name=op.f(f"fk_{table}_person_id"), ondelete="CASCADE"
    )


def _cut_linked_identities() -> None:
    """The tables of before know one identity of a person in one place: the others lose their person."""
    participant = sa.table("participant", sa.column("person_id"), sa.column("same_as_id"))
    linked = sa.update(participant).where(participant.c.same_as_id.is_not(None))
    op.execute(linked.values(person_id=None))

"""Add the facets of projects, the path chosen instead of the minimum, and what was adapted from elsewhere.

Fills the facets from the versions in force, in plain Python: those versions hold closed answers only, and a
version published afterwards writes them anew.
"""

import json
from collections import defaultdict

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0005"
branch_labels = None
depends_on = None

LEVEL = sa.Enum("notice", "consultation", "reinforced", name="level", native_enum=False, length=40)
CHOICES = {
    "policy": ("policy", None),
    "role": ("automation_level", {"information": "information", "decision_support": "decision_support",
                                  "human_validated": "partly_automated",
                                  "fully_automated": "fully_automated"}),
    "personal_data": ("personal_data", {"none": "none", "pseudonymised": "ordinary", "identified": "ordinary",
                                        "sensitive": "sensitive", "biometric": "biometric"}),
    "risk": ("risk_category", None),
    "technique": ("algorithm_type", {"generative": "generative", "statistics": "predictive",
                                     "machine_learning": "predictive", "computer_vision": "vision",
                                     "speech": "audio", "nlp": "texts", "optimisation": "optimisation",
                                     "rules": "rules"}),
    "audience": ("audience", {"staff": "staff", "officials": "staff", "residents": "residents",
                              "visitors": "residents", "businesses": "organisations",
                              "associations": "organisations", "other_bodies": "other_bodies"}),
}  # fmt: skip
PARTS = {"sub_policy": ("policy", "sub_policy"), "supplier": ("provider", "model")}


def upgrade() -> None:
    op.create_table(
        "project_facet",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("facet", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name=op.f("fk_project_facet_project_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_project_facet")),
        sa.UniqueConstraint(
            "project_id", "facet", "value", name=op.f("uq_project_facet_project_id_facet_value")
        ),
    )
    op.create_index(
        "ix_project_facet_facet_value_project_id", "project_facet", ["facet", "value", "project_id"]
    )
    op.create_table(
        "path_choice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("level", LEVEL, nullable=False),
        sa.Column("minimum", LEVEL, nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name=op.f("fk_path_choice_project_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_path_choice")),
        sa.UniqueConstraint("project_id", name=op.f("uq_path_choice_project_id")),
    )
    with op.batch_alter_table("dossier_answer") as table:
        table.add_column(sa.Column("is_copied", sa.Boolean(), server_default=sa.false(), nullable=False))
    with op.batch_alter_table("project") as table:
        table.add_column(sa.Column("adapted_from_id", sa.Integer(), nullable=True))
        table.add_column(sa.Column("adapted_title", sa.Text(), server_default="", nullable=False))
        table.add_column(sa.Column("adapted_body", sa.Text(), server_default="", nullable=False))
        table.add_column(sa.Column("adapted_version", sa.Integer(), nullable=True))
        table.add_column(sa.Column("adapted_on", sa.Date(), nullable=True))
        table.add_column(sa.Column("mark", sa.Integer(), server_default="0", nullable=False))
        table.create_foreign_key(
            op.f("fk_project_adapted_from_id"), "project", ["adapted_from_id"], ["id"], ondelete="SET NULL"
        )
        table.create_index("uq_project_adapted_from_id", ["collectivity_id", "adapted_from_id"], unique=True)
        table.create_index(op.f("ix_project_adapted_from_id"), ["adapted_from_id"])
        table.create_index(op.f("ix_project_mark"), ["mark"])
    _write_facets()


def downgrade() -> None:
    for index in ("ix_project_mark", "ix_project_adapted_from_id", "uq_project_adapted_from_id"):
        op.drop_index(index, table_name="project")
    with op.batch_alter_table("project") as table:
        table.drop_constraint(op.f("fk_project_adapted_from_id"), type_="foreignkey")
        for name in (
            "mark",
            "adapted_on",
            "adapted_version",
            "adapted_body",
            "adapted_title",
            "adapted_from_id",
        ):
            table.drop_column(name)
    with op.batch_alter_table("dossier_answer") as table:
        table.drop_column("is_copied")
    op.drop_table("path_choice")
    op.drop_index("ix_project_facet_facet_value_project_id", table_name="project_facet")
    op.drop_table("project_facet")


def _write_facets() -> None:
    connection = op.get_bind()
    latest = (
        "SELECT version.project_id, version.snapshot, version.published_at FROM dossier_version AS version "
        "WHERE version.number = (SELECT max(other.number) FROM dossier_version AS other "
        "WHERE other.project_id = version.project_id) ORDER BY version.project_id"
    )
    table = sa.table("project_facet", *(sa.column(name) for name in ("project_id", "facet", "value")),
                     sa.column("created_at"))  # fmt: skip
    for project_id, kept, published_at in connection.execute(sa.text(latest)).all():
        snapshot = json.loads(kept) if isinstance(kept, str) else kept
        for facet, values in _facets(snapshot.get("answers", {})).items():
            for value in sorted(values):
                row = {"project_id": project_id, "facet": facet, "value": value, "created_at": published_at}
                connection.execute(table.insert().values(row))


def _facets(answers: dict) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for facet, (field, meaning) in CHOICES.items():
        answer = answers.get(field) or {}
        if answer.get("state") == "answered":
            chosen = [one for one in answer.get("choice", "").split(",") if one]
            found[facet] |= {meaning[one] for one in chosen if one in meaning} if meaning else set(chosen)
    for facet, (field, part) in PARTS.items():
        value = ((answers.get(field) or {}).get("details") or {}).get("parts", {}).get(part)
        if value:
            found[facet].add(value)
    return found

"""What the columns of a register hold: proposed to whoever brings it in, and kept for the next file."""

import hashlib
import json

import sqlalchemy as sa

from participation.collectivities.models import Collectivity
from participation.foundation.adding import add_or_find
from participation.foundation.database import db
from participation.importing.models import RegisterMapping
from participation.importing.registers.guessing import guessed_mapping
from participation.importing.registers.table import Table


def proposed_mapping(collectivity: Collectivity, table: Table) -> dict[str, str]:
    """Returns the place of each column: as the collectivity named them last, else as they are guessed."""
    kept = sa.select(RegisterMapping.columns).filter_by(
        collectivity_id=collectivity.id, header=_digest(table.columns)
    )
    return db.session.scalar(kept) or guessed_mapping(table.columns)


def keep_mapping(collectivity_id: int, mapping: dict[str, str]) -> None:
    """Keeps what these columns hold for the next file with the same ones."""
    header = _digest(list(mapping))
    known = sa.select(RegisterMapping).filter_by(collectivity_id=collectivity_id, header=header)
    row = RegisterMapping(collectivity_id=collectivity_id, header=header, columns=mapping)
    kept = db.session.scalar(known) or add_or_find(row, lambda: db.session.scalar(known))
    kept.columns = mapping
    db.session.flush()


def _digest(columns: list[str]) -> str:
    return hashlib.sha256(json.dumps(columns).encode()).hexdigest()

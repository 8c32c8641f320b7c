"""What a column of a register may become: a field of the dossier, one of its parts, or what names the row."""

from dataclasses import dataclass

from participation.foundation.i18n import lazy_gettext as _
from participation.projects.dossier.field import SECTIONS, Field, Kind, Part
from participation.projects.dossier.fields import FIELDS

IGNORED = ""
IDENTIFIER, BODY, SIRET, LINK, UPDATED = "row.identifier", "row.body", "row.siret", "row.link", "row.updated"

OF_THE_ROW: dict[str, object] = {
    IDENTIFIER: _("Number of the record in its register"),
    BODY: _("Name of the public body"),
    SIRET: _("SIRET number of the public body"),
    LINK: _("Address of the record in its register"),
    UPDATED: _("Day on which the record was last changed"),
}


@dataclass(frozen=True)
class Target:
    """One place of a dossier: a field, or one of its parts."""

    key: str
    field: Field
    part: Part | None = None

    @property
    def label(self) -> str:
        """Returns the words by which it is chosen in a list."""
        return f"{self.field.label} – {self.part.label}" if self.part else str(self.field.label)


def targets() -> list[Target]:
    """Returns every place, in the order of the dossier; the class of risk is computed, never imported."""
    found = []
    for one in FIELDS:
        if one.kind in (Kind.COMPUTED, Kind.GUIDANCE):
            continue
        found.append(Target(one.name, one))
        found += [Target(f"{one.name}.{part.name}", one, part) for part in one.parts]
    return found


TARGETS: dict[str, Target] = {target.key: target for target in targets()}


def grouped_choices() -> dict[str, list[tuple[str, str]]]:
    """Returns the places by section, as the groups of a list: key and words."""
    groups = {str(_("The record itself")): [(key, str(words)) for key, words in OF_THE_ROW.items()]}
    for section, title in SECTIONS.items():
        inside = [(one.key, one.label) for one in TARGETS.values() if one.field.section is section]
        if inside:
            groups[str(title)] = inside
    return groups


def is_target(key: str) -> bool:
    """Tells whether a column may be given this place."""
    return key == IGNORED or key in OF_THE_ROW or key in TARGETS

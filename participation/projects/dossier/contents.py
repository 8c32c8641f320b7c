"""The contents of a published dossier: its sections, what each shows, how much is known, unknown, late."""

from dataclasses import dataclass
from datetime import date

from participation.projects.dossier.field import SECTIONS, Field, Section
from participation.projects.dossier.fields import FIELDS
from participation.projects.dossier.published import PublishedDossier


@dataclass(frozen=True)
class Contents:
    """One section, or the whole dossier: the fields it shows and their counts."""

    section: Section | None
    fields: list[Field]
    known: int
    unknown: int
    late: int
    not_applicable: int
    # Asked of this project, and not answered in any way.
    empty: int

    @property
    def title(self) -> object:
        """Returns the words of the section."""
        return SECTIONS[self.section] if self.section else ""


@dataclass(frozen=True)
class Table:
    """The sections that show something, and the whole."""

    sections: list[Contents]
    whole: Contents


def contents_of(dossier: PublishedDossier, today: date) -> Table:
    """Returns the sections that show something, in their order, with the counts on that day."""
    shown = [one for one in FIELDS if dossier.is_shown(one)]
    sections = [
        _counted(section, [one for one in shown if one.section is section], dossier, today)
        for section in Section
    ]
    return Table([one for one in sections if one.fields], _counted(None, shown, dossier, today))


def _counted(
    section: Section | None, fields: list[Field], dossier: PublishedDossier, today: date
) -> Contents:
    answers = [dossier.answers[one.name] for one in fields if one.name in dossier.answers]
    computed = sum(not one.is_written for one in fields)
    known = sum(answer.is_answered for answer in answers)
    unknown = sum(answer.is_unknown for answer in answers)
    return Contents(
        section=section,
        fields=fields,
        known=known + computed,
        unknown=unknown,
        late=sum(answer.days_late(today) > 0 for answer in answers),
        not_applicable=len(answers) - known - unknown,
        empty=len(fields) - computed - len(answers),
    )

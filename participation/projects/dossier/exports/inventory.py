"""The inventory of algorithms (CRPA, art. L.312-1-3) on Etalab's template: its 21 labels are the headers.

The template gives «Ressources connexes» three times: each says its block. Name and SIRET come first, as in
the common base of local data (SCDL). Only projects that serve a decision about one person are owed by law.
"""

from participation.foundation.i18n import lazy_gettext as _
from participation.foundation.i18n import speaking
from participation.projects.dossier.exports.cells import csv_text, one_line
from participation.projects.dossier.exports.format import Format, Piece, Source
from participation.projects.dossier.exports.record import Record

BODY_HEADERS = ("COLL_NOM", "COLL_SIRET")
LABELS = (
    "Nom de l'administration concernée",
    "Direction/service porteur",
    "Contact",
    "Date de mise à jour",
    "Nom de l'algorithme",
    "Contexte global",
    "Finalité",
    "Comment et quand l'algorithme intervient-il dans la prise de décision ?",
    "Niveau d'automatisation de la décision",
    "Fondements juridiques",
    "Ressources connexes (métier)",
    "Nombre de décisions administratives prises par an",
    "Portée de la décision",
    "Public concerné",
    "Ressources connexes (impact)",
    "Données traitées",
    "Source",
    "Mode de collecte",
    "Type d'algorithme",
    "Opérations effectuées",
    "Ressources connexes (fonctionnement)",
)
HEADERS = (*BODY_HEADERS, *LABELS)
INDIVIDUAL = "individual_administrative_decision"

# The inventory has no column for the stage, and must not let a project pass for a tool in use.
STAGES = {
    "proposed": "proposé, pas en service",
    "in_consultation": "en consultation, pas en service",
    "under_review": "à l’étude après consultation, pas en service",
    "adopted": "adopté, pas encore en service",
    "adopted_with_changes": "adopté avec des changements, pas encore en service",
    "postponed": "reporté, pas en service",
    "refused": "refusé",
    "without_ai": "fait sans intelligence artificielle",
    "in_service": "en service",
    "evaluated": "en service, évalué",
    "stopped": "arrêté",
    "abandoned": "abandonné avant toute mise en service",
}


def rows(records: list[Record]) -> list[dict[str, str]]:
    """Returns a row for each project, in French whatever the page speaks."""
    with speaking("fr"):
        return [INVENTORY.values(record) for record in records]


def written(records: list[Record]) -> str:
    """Returns the file, with the mark of spreadsheets: it is opened by hand in town halls."""
    return csv_text(HEADERS, rows(records), for_spreadsheets=True)


def _stage(record: Record) -> str:
    stage = STAGES.get(record.status, "")
    # A consultation about a tool that runs: a breach opens a new one.
    if record.in_service_on and record.stage in ("in_consultation", "under_review"):
        stage = f"{STAGES['in_service']}, de nouveau en discussion"
    return f"Étape du projet : {stage}." if stage else ""


def _context(record: Record) -> str:
    said = SOURCES_OF_CONTEXT.value(record)
    return "\n\n".join(words for words in (said, _stage(record)) if words)


def _contact(record: Record) -> str:
    said = (record.text("contact"), record.part("contact", "email"), record.part("contact", "telephone"))
    return "\n".join(words for words in said if words) or record.body.email


def _changed(record: Record) -> str:
    return record.changed_on.isoformat() if record.changed_on else ""


SOURCES_OF_CONTEXT = Source((Piece("previous_process"),))
SOURCES = {
    "COLL_NOM": Source((Piece("organization"),), lambda record: one_line(record.body.name)),
    "COLL_SIRET": Source((Piece("organization"),), lambda record: "".join(record.body.siret.split())),
    "Nom de l'administration concernée": Source(
        (Piece("organization"),), lambda record: one_line(record.body.name)
    ),
    "Contact": Source((Piece("contact"),), _contact),
    "Date de mise à jour": Source((), _changed),
    "Nom de l'algorithme": Source((Piece("name"),), lambda record: one_line(record.text("name"))),
    "Contexte global": Source((Piece("previous_process"), Piece("status")), _context),
    "Fondements juridiques": Source((Piece("lawful_basis"),)),
    "Ressources connexes (métier)": Source(
        (Piece("explicit_mention", "rules"), Piece("lawful_basis", column="link")),
        lambda record: "\n".join([record.address, *_links(record)]),
    ),
    "Ressources connexes (impact)": Source((Piece("impact_assessments", column="link"),), between="\n"),
    "Source": Source((Piece("source_data", "origin"), Piece("data_collection"))),
    "Ressources connexes (fonctionnement)": Source(
        (
            Piece("publiccode", "code"),
            Piece("publiccode", "model_card"),
            Piece("source_data", column="link"),
        ),
        between="\n",
    ),
}


def _links(record: Record) -> list[str]:
    pieces = (Piece("explicit_mention", "rules"), Piece("lawful_basis", column="link"))
    return [link for piece in pieces for link in piece.values(record) if link]


INVENTORY = Format(
    key="inventory",
    standard="etalab",
    name=_("Inventory of algorithms (CSV)"),
    purpose=_("The publication owed under article L.312-1-3 of the code of relations with the public."),
    readers=_("residents, the CADA, journalists, a spreadsheet"),
    attributes=HEADERS,
    sources=SOURCES,
)

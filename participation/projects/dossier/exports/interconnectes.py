"""The two files of the library of local AI projects: 16 columns in public, 38 in the whole schema.

`herbergement` and `proportionalite` are spelt so in the schema. Decimal points, months MM/AAAA, days
JJ/MM/AAAA. A cell that the dossier can't fill stays empty, even where the schema wants one.
"""

from collections.abc import Callable

from participation.foundation.i18n import lazy_gettext as _
from participation.foundation.i18n import speaking
from participation.projects.dossier.exports import interconnectes_codes as codes
from participation.projects.dossier.exports.cells import csv_text, day_cell, month_cell, one_line
from participation.projects.dossier.exports.format import Format, Piece, Source
from participation.projects.dossier.exports.record import Record

PUBLIC_HEADERS = (
    "Nom_collectivite", "Nom_du_projet", "SIRET", "Latitude", "Longitude", "Type_de_collectivite",
    "Date_de_demarrage", "Statut_du_projet", "Partenaires", "Description_service", "Theme", "Sous_Theme",
    "Audience", "URL_Service", "URL_Logo", "Date_de_derniere_mise_a_jour",
)  # fmt: skip
WHOLE_HEADERS = (
    "Nom_collectivite", "Nom_du_projet", "SIRET", "Latitude", "Longitude", "Type_de_collectivite",
    "Date_de_demarrage", "Statut_du_projet", "status_abandon", "Partenaires", "projet_contact", "financement",
    "budget", "Description_service", "mise_en_oeuvre", "Theme", "Sous_Theme", "Audience", "herbergement",
    "nom_algorithme", "algorithme_description", "algorithme_operations", "type_algorithme",
    "impact_environnement", "donnees_source", "donnees_acces", "risque", "risque_categorie",
    "proportionalite", "decision", "erreur", "explicabilite", "reversibilite", "objection", "URL_Service",
    "url_ressources", "URL_Logo", "Date_de_derniere_mise_a_jour",
)  # fmt: skip
REQUIRED = frozenset({
    "Nom_collectivite", "Nom_du_projet", "SIRET", "Type_de_collectivite", "Date_de_demarrage",
    "Statut_du_projet", "Description_service", "Theme", "Audience", "URL_Logo",
    "Date_de_derniere_mise_a_jour",
})  # fmt: skip
REQUIRED_WHOLE = REQUIRED | {
    "projet_contact", "mise_en_oeuvre", "herbergement", "nom_algorithme", "type_algorithme",
    "donnees_source", "donnees_acces",
}  # fmt: skip
SEVERAL = ", "
GIVEN_UP = ("refused", "without_ai", "abandoned", "stopped")


def rows(one: Format, records: list[Record]) -> list[dict[str, str]]:
    """Returns a row for each project, in French whatever the page speaks."""
    with speaking("fr"):
        return [one.values(record) for record in records]


def written(one: Format, records: list[Record]) -> str:
    """Returns the file, without the mark of spreadsheets: the library's own file has none."""
    return csv_text(one.attributes, rows(one, records))


def _name(record: Record) -> str:
    return one_line(record.text("name"))


def _type(record: Record) -> str:
    return codes.kind_of_body(record.body.siret, record.body.name)


def _start(record: Record) -> str:
    month = record.part("begin_date", "begin")
    if not month and record.in_service_on:
        return record.in_service_on.strftime("%m/%Y")
    return month_cell(month)


def _theme(record: Record) -> str:
    if record.part("policy", "sub_policy") == "data-infrastructure":
        return codes.OTHER_THEMES[0]
    return codes.THEMES.get(record.code("policy"), "")


def _maker(record: Record) -> str:
    if record.part("provider", "procurement"):
        return codes.CONTRACT
    return codes.MAKERS.get(record.part("provider", "model"), "")


def _given_up(record: Record) -> str:
    if record.status not in GIVEN_UP or not record.decisions:
        return ""
    last = record.decisions[0]
    return "\n\n".join(words for words in (last.title, last.reasons) if words)


def _contact(record: Record) -> str:
    return record.part("contact", "email") or one_line(record.text("contact")) or record.body.email


def _made(make: Callable[[Record], str], *fields: str) -> Source:
    return Source(tuple(Piece(field) for field in fields), make)


def _part(field: str, part: str, words: dict[str, str] | None = None, otherwise: str = "") -> Source:
    return Source((Piece(field, part, words),), between=SEVERAL, otherwise=otherwise)


SOURCES = {
    "Nom_collectivite": _made(lambda record: one_line(record.body.name), "organization"),
    "Nom_du_projet": _made(_name, "name"),
    "SIRET": _made(lambda record: "".join(record.body.siret.split()), "organization"),
    "Latitude": _part("area", "latitude"),
    "Longitude": _part("area", "longitude"),
    "Type_de_collectivite": _made(_type, "organization"),
    "Date_de_demarrage": Source((Piece("begin_date", "begin"),), _start),
    "Statut_du_projet": Source((Piece("status", codes=codes.STATUSES),)),
    "status_abandon": Source((Piece("decision", is_sentences=True),), _given_up),
    "Partenaires": _part("provider", "supplier"),
    "projet_contact": Source((Piece("contact", "email"),), _contact),
    "financement": _part("budget", "funding"),
    "budget": _part("budget", "range", codes.BUDGETS),
    "mise_en_oeuvre": Source((Piece("provider", "model", codes.MAKERS),), _maker),
    "Theme": Source((Piece("policy", codes=codes.THEMES),), _theme),
    "Sous_Theme": _part("policy", "sub_policy", codes.SUB_THEMES),
    "Audience": Source((Piece("audience", codes=codes.AUDIENCES),), between=SEVERAL),
    "herbergement": _part("hosting", "kind", codes.HOSTING, codes.UNKNOWN),
    "nom_algorithme": _made(_name, "name"),
    "algorithme_description": Source((Piece("goal"),)),
    "type_algorithme": Source(
        (Piece("algorithm_type", codes=codes.ALGORITHMS),), between=SEVERAL, otherwise=codes.UNKNOWN
    ),
    "donnees_source": _part("source_data", "origin", codes.ORIGINS, codes.UNKNOWN),
    "donnees_acces": _part("data_collection", "access", codes.ACCESS, codes.UNKNOWN),
    "risque_categorie": Source((Piece("risk_category", codes=codes.RISKS),)),
    "URL_Service": _made(lambda record: record.address),
    "url_ressources": Source((Piece("publiccode", "code"), Piece("publiccode", "model_card")), between=" "),
    "URL_Logo": _made(lambda record: record.body.logo),
    "Date_de_derniere_mise_a_jour": _made(lambda record: day_cell(record.changed_on)),
}
# Scales of three steps: sentences can't fill them.
SCALES = frozenset({"erreur", "explicabilite"})

PUBLIC = Format(
    key="interconnectes",
    standard="interconnectes",
    name=_("Library of local AI projects, public columns (CSV)"),
    purpose=_("To add the projects to the national library of Les Interconnectés, or compare with it."),
    readers=_("Les Interconnectés, other public bodies, a spreadsheet"),
    attributes=PUBLIC_HEADERS,
    required=REQUIRED,
    sources={name: source for name, source in SOURCES.items() if name in PUBLIC_HEADERS},
)
WHOLE = Format(
    key="interconnectes-whole",
    standard="interconnectes",
    name=_("Library of local AI projects, whole schema (CSV)"),
    purpose=_("The same with what that library asks and keeps to itself: cost, data, risks, recourse."),
    readers=_("Les Interconnectés, other public bodies, a spreadsheet"),
    attributes=WHOLE_HEADERS,
    required=REQUIRED_WHOLE,
    sources=SOURCES,
    left_empty=SCALES,
)

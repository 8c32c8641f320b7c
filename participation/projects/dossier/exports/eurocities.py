"""The Algorithmic Transparency Standard of Eurocities, version 0.3.1 (draft): one object a project.

Every required key is there. One whose list has no word for ours, or that the dossier doesn't know, is null:
the standard has no «not known yet». Texts say it in words instead.
"""

import re

from participation.foundation.i18n import LANGUAGES, gettext, speaking
from participation.foundation.i18n import lazy_gettext as _
from participation.projects.dossier.choices import RISK_CATEGORIES
from participation.projects.dossier.conditions import LEARNING_TYPES
from participation.projects.dossier.exports import eurocities_codes as codes
from participation.projects.dossier.exports.cells import one_line
from participation.projects.dossier.exports.format import Format, Piece, Source
from participation.projects.dossier.exports.record import Record
from participation.projects.dossier.exports.telling import told

VERSION = "0.3.1"
SHORT_LIMIT = 150
# `country` too: the schema requires it, although most lists of its attributes leave it out.
REQUIRED = (
    "standard_version", "lang", "publication_date", "last_change_date", "revision_date",
    "name", "organization", "department", "country", "contact_email", "description_short", "status",
    "decision_making_process", "domain", "area", "goal", "impact", "risks", "risk_category",
    "proportionality", "lawful_basis", "training_data", "source_data", "connected_data_sources",
    "algorithm_type", "type", "monitoring", "human_intervention", "objection_procedure",
)  # fmt: skip
OPTIONAL = (
    "uuid", "revision_note", "keywords", "contact_phone", "contact_name", "website", "remark",
    "documentation", "data_bias", "DPIA_description", "DPIA_url", "description", "methods_and_models",
    "performance", "alternatives_considered", "product_information", "codebase_url", "product_page",
    "AIA_description", "AIA_url", "rollback",
)  # fmt: skip
ATTRIBUTES = (*REQUIRED, *OPTIONAL)
Value = str | None


def described(record: Record) -> dict[str, Value]:
    """Returns a project as the standard has it, in the language of its dossier."""
    with speaking(record.language if record.language in LANGUAGES else "fr"):
        values = EUROCITIES.values(record)
    required = {name: values[name] or None for name in REQUIRED}
    return {**required, **{name: values[name] for name in OPTIONAL if values[name]}}


def _domain(record: Record) -> str:
    sub_policy = record.part("policy", "sub_policy")
    return codes.SUB_DOMAINS.get(sub_policy) or codes.DOMAINS.get(record.code("policy"), "")


def _learning(record: Record) -> str:
    if record.code("learning_mode") == "self_learning":
        return "self-learning"
    types = set(record.codes("algorithm_type"))
    if not types:
        return ""
    if types <= LEARNING_TYPES:
        return "self-learning"
    return "hybrid" if types & LEARNING_TYPES else "rule-based"


def _remark(record: Record) -> str:
    """Returns what the lists of the standard can't say: that the class is in doubt, why it was given up."""
    said = []
    category = record.code("risk_category")
    if category in codes.UNSAID_RISKS:
        said.append(str(RISK_CATEGORIES[category]))
    if record.decisions:
        last = record.decisions[0]
        said.append(gettext("Decision of %(day)s: %(title)s", day=last.held_on.isoformat(), title=last.title))
    return "\n".join(said)


def _is_data_protection(title: str) -> bool:
    words = " ".join(re.findall(r"\w+", title.casefold()))
    return any(f" {sign} " in f" {words} " for sign in codes.DATA_PROTECTION)


def _assessments(is_data_protection: bool, column: str) -> Source:
    def made(record: Record) -> str:
        rows = record.rows("impact_assessments")
        kept = [row for row in rows if _is_data_protection(row.get("title", "")) is is_data_protection]
        said = [_assessment(record, row) if column == "title" else row.get(column, "") for row in kept]
        if column == "title" and not is_data_protection:
            said.insert(0, _assessments_in_words(record))
        return "\n".join(one for one in said if one)

    pieces: tuple[Piece, ...] = (Piece("impact_assessments", column=column),)
    if column == "title":
        pieces = (Piece("impact_assessments"),)
    return Source(pieces, made, between="\n")


def _assessments_in_words(record: Record) -> str:
    answer = record.answer("impact_assessments")
    return told(answer) if answer and not answer.is_answered else record.text("impact_assessments")


def _assessment(record: Record, row: dict[str, str]) -> str:
    answer = record.answered("impact_assessments")
    assert answer is not None
    state = next(part.choices for part in answer.field.rows if part.name == "status")
    said = (row.get("title"), state.get(row.get("status", "")), row.get("dated"), row.get("reason"))
    return " ; ".join(str(one) for one in said if one)


def _data_protection(record: Record) -> str:
    said = Source((Piece("personal_data"),)).value(record)
    studies = _assessments(True, "title").value(record)
    return "\n".join(one for one in (said, studies) if one)


SOURCES = {
    "standard_version": Source((), lambda _record: VERSION),
    "uuid": Source((), lambda record: record.uuid),
    "lang": Source((), lambda record: record.language),
    "publication_date": Source((), lambda record: _day(record.published_on)),
    "last_change_date": Source((), lambda record: _day(record.changed_on)),
    "revision_date": Source((Piece("evaluation_date", "planned"),)),
    "revision_note": Source(
        (Piece("evaluation_date", "by_whom"), Piece("evaluation_date", "stop")), between="\n"
    ),
    "keywords": Source((Piece("policy"),), lambda record: ", ".join(record.keywords)),
    "name": Source((Piece("name"),), lambda record: one_line(record.text("name"))),
    "organization": Source((Piece("organization"),), lambda record: one_line(record.body.name)),
    "country": Source((), lambda _record: "France"),
    "contact_email": Source(
        (Piece("contact", "email"),), lambda record: record.part("contact", "email") or record.body.email
    ),
    "contact_phone": Source((Piece("contact", "telephone"),)),
    "contact_name": Source((Piece("contact", is_sentences=True),)),
    "description_short": Source((Piece("description_short", is_sentences=True, limit=SHORT_LIMIT),)),
    "website": Source((), lambda record: record.address),
    "status": Source((Piece("status", codes=codes.STATUSES),)),
    "remark": Source((Piece("decision", is_sentences=True),), _remark),
    "domain": Source((Piece("policy", codes=codes.DOMAINS),), _domain),
    "area": Source((Piece("area", is_sentences=True),)),
    "risk_category": Source((Piece("risk_category", codes=codes.RISKS),)),
    "documentation": Source((), lambda record: f"{record.address}/dossier"),
    "algorithm_type": Source((Piece("algorithm_type", codes=codes.ALGORITHMS),), _learning),
    "type": Source((Piece("decision_type", codes=codes.USES),)),
    "methods_and_models": Source((Piece("algorithm_type"),)),
    "description": Source((Piece("methods_and_models"), Piece("learning_mode"), Piece("provider"))),
    "product_information": Source((Piece("eu_database_url", "register"),)),
    "codebase_url": Source((Piece("publiccode", "code"),)),
    "product_page": Source((Piece("publiccode", "model_card"),)),
    "DPIA_description": Source((Piece("personal_data"), Piece("impact_assessments")), _data_protection),
    "DPIA_url": _assessments(True, "link"),
    "AIA_description": _assessments(False, "title"),
    "AIA_url": _assessments(False, "link"),
}


def _day(day: object) -> str:
    return str(day) if day else ""


EUROCITIES = Format(
    key="eurocities",
    standard="eurocities",
    name=_("Algorithmic Transparency Standard of Eurocities (JSON)"),
    purpose=_("To compare with the registers of other European cities."),
    readers=_("Eurocities, registers of other cities, researchers"),
    attributes=ATTRIBUTES,
    required=frozenset(REQUIRED),
    sources=SOURCES,
)

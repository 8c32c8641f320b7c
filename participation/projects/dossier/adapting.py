"""What another public body may take from a published dossier, and what it must find out for itself."""

from collections.abc import Iterator, Mapping
from typing import Any

from participation.projects.dossier.details import Details, empty_details
from participation.projects.dossier.fields import BY_NAME

# Facts of one public body: whom to ask, who decides, where, when, what it costs, what was studied there.
LOCAL_FIELDS = frozenset(
    {
        "department",
        "competent_authority",
        "contact",
        "area",
        "begin_date",
        "budget",
        "impact_assessments",
        "eu_database_url",
        "evaluation_date",
    }
)
# Inside an answer that is taken: its contract, who confirmed what the law says, for how many people.
LOCAL_PARTS: Mapping[str, frozenset[str]] = {
    "provider": frozenset({"procurement"}),
    "risk_category": frozenset(
        {
            "population",
            "confirmed_by",
            "confirmed_on",
            "note_text",
            "note_author",
            "note_on",
            "note_link",
        }
    ),
}
_TAKEN = ("state", "choice", "text", "short", "claim", "claim_source", "provenance", "reason")


def answers_to_adapt(snapshot: Mapping[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yields what is taken of each field; who answered, and when, stays with the public body that did.

    Neither local facts, nor figures measured there, nor «not known yet».
    """
    for name, values in snapshot.get("answers", {}).items():
        if name in BY_NAME and name not in LOCAL_FIELDS and values["state"] != "not_known_yet":
            taken = {key: values[key] for key in _TAKEN}
            yield name, {**taken, "details": _details(name, values.get("details") or {})}


def _details(name: str, details: Mapping[str, Any]) -> Details:
    kept = {**empty_details(), **details}
    local = LOCAL_PARTS.get(name, frozenset())
    parts = {key: value for key, value in kept["parts"].items() if key not in local}
    return {"parts": parts, "rows": list(kept["rows"]), "figures": []}

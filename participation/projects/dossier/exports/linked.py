"""A project as linked data for search engines: schema.org, and the risk class in the vocabulary of W3C's DPV.

Never `Project`, which schema.org makes a kind of organisation.
"""

import json
from datetime import UTC, datetime
from typing import Any

from participation.projects.dossier.choices import TOOL_USERS
from participation.projects.dossier.exports.record import LICENCE_ADDRESS, Body, Consulted, Decided, Record

RISK_VOCABULARY = "https://w3id.org/dpv/legal/eu/aiact#"
# «Outside» and «to be confirmed» have no address there.
RISK_LEVELS = {
    "minimal": "RiskLevelMinimal",
    "transparency": "RiskLevelTransparencyRequired",
    "high": "RiskLevelHigh",
    "prohibited": "RiskLevelProhibited",
}
Plain = dict[str, Any]
# So that a text can neither end the block nor begin another one, whatever reads the page.
_ESCAPED = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


def service(record: Record) -> Plain:
    """Returns what the project offers, who provides it, and what is said of it elsewhere on the site."""
    level = RISK_LEVELS.get(record.code("risk_category"))
    said = {
        "@context": ["https://schema.org", {"eu-aiact": RISK_VOCABULARY}],
        "@type": "GovernmentService",
        "@id": record.address,
        "url": record.address,
        "name": record.text("name"),
        "description": record.text("description_short"),
        "inLanguage": record.language,
        "serviceType": ", ".join(record.keywords),
        "areaServed": record.text("area") or record.body.name,
        "audience": [
            {"@type": "Audience", "audienceType": str(TOOL_USERS[value])}
            for value in record.codes("audience")
        ],
        "provider": _organization(record.body),
        "eu-aiact:hasRiskLevel": {"@id": f"{RISK_VOCABULARY}{level}"} if level else None,
        "subjectOf": [
            *(_event(consulted) for consulted in record.consultations),
            *(_act(decided) for decided in record.decisions),
            _data(record),
        ],
    }
    return without_nothing(said)


def written(plain: Plain) -> str:
    """Returns linked data as it may stand inside a page."""
    return json.dumps(plain, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPED)


def _organization(body: Body) -> Plain:
    number = {"@type": "PropertyValue", "propertyID": "SIRET", "value": body.siret} if body.siret else None
    return without_nothing(
        {"@type": "GovernmentOrganization", "name": body.name, "identifier": number, "url": body.address}
    )


def _event(consulted: Consulted) -> Plain:
    status = "EventCancelled" if consulted.is_cancelled else "EventScheduled"
    return without_nothing(
        {
            "@type": "Event",
            "name": consulted.title,
            "url": consulted.address,
            "inLanguage": consulted.language,
            "startDate": moment_written(consulted.opens_at),
            "endDate": moment_written(consulted.closes_at) if consulted.closes_at else None,
            "eventStatus": f"https://schema.org/{'EventPostponed' if consulted.is_suspended else status}",
        }
    )


def _act(decided: Decided) -> Plain:
    return without_nothing(
        {
            "@type": "Legislation",
            "name": decided.title,
            "url": decided.address,
            "inLanguage": decided.language,
            "legislationIdentifier": decided.act_number,
            "legislationDate": decided.held_on.isoformat(),
            "legislationPassedBy": {"@type": "GovernmentOrganization", "name": decided.body},
        }
    )


def _data(record: Record) -> Plain:
    return {
        "@type": "DataDownload",
        "contentUrl": f"{record.address}.json",
        "encodingFormat": "application/json",
        "license": LICENCE_ADDRESS,
    }


def moment_written(moment: datetime) -> str:
    """Returns a moment in ISO 8601, in UTC."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def without_nothing(values: Plain) -> Plain:
    """Returns what holds something."""
    return {name: value for name, value in values.items() if value not in ("", None, [], {})}

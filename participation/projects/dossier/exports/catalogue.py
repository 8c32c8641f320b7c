"""The register as a DCAT-AP catalogue, which national portals harvest: data sets, and one file a format."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from participation.projects.dossier.exports.linked import moment_written, without_nothing
from participation.projects.dossier.exports.record import LICENCE_ADDRESS, Body

AUTHORITY = "http://publications.europa.eu/resource/authority"
THEME = f"{AUTHORITY}/data-theme/GOVE"
CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
FILE_TYPES = {"application/json": "JSON", "text/csv": "CSV"}
Plain = dict[str, Any]


@dataclass(frozen=True)
class File:
    """One file of a data set: a page of it when there is more than one."""

    title: str
    description: str
    address: str
    media_type: str
    conforms_to: str = ""


@dataclass(frozen=True)
class DataSet:
    """The register of the installation, or of one of its public bodies."""

    address: str
    title: str
    description: str
    publisher: Body
    files: Sequence[File]
    issued_at: datetime | None = None
    modified_at: datetime | None = None


def catalogue(address: str, title: str, description: str, publisher: Body, sets: Sequence[DataSet]) -> Plain:
    """Returns the catalogue; its words are French, which it says."""
    return {
        "@context": CONTEXT,
        "@id": address,
        "@type": "dcat:Catalog",
        "dct:title": _french(title),
        "dct:description": _french(description),
        "dct:publisher": _agent(publisher),
        "dct:language": _named("language/FRA"),
        "dct:license": {"@id": LICENCE_ADDRESS},
        "foaf:homepage": {"@id": publisher.address},
        "dcat:themeTaxonomy": _named("data-theme"),
        "dcat:dataset": [_data_set(one) for one in sets],
    }


def _data_set(one: DataSet) -> Plain:
    body = one.publisher
    return without_nothing(
        {
            "@id": one.address,
            "@type": "dcat:Dataset",
            "dct:identifier": one.address,
            "dct:title": _french(one.title),
            "dct:description": _french(one.description),
            "dct:publisher": _agent(body),
            "dcat:contactPoint": _contact(body) if body.email else None,
            "dcat:theme": {"@id": THEME},
            "dcat:keyword": [_french(word) for word in ("intelligence artificielle", "algorithmes publics")],
            "dct:language": _named("language/FRA"),
            "dct:spatial": without_nothing({"@type": "dct:Location", "skos:prefLabel": _french(body.name)}),
            "dct:accrualPeriodicity": _named("frequency/UPDATE_CONT"),
            "dct:license": {"@id": LICENCE_ADDRESS},
            "dct:issued": _time(one.issued_at),
            "dct:modified": _time(one.modified_at),
            "dcat:landingPage": {"@id": one.address},
            "dcat:distribution": [_file(file) for file in one.files],
        }
    )


def _file(file: File) -> Plain:
    return without_nothing(
        {
            "@id": file.address,
            "@type": "dcat:Distribution",
            "dct:title": _french(file.title),
            "dct:description": _french(file.description),
            "dcat:accessURL": {"@id": file.address},
            "dcat:downloadURL": {"@id": file.address},
            "dct:format": _named(f"file-type/{FILE_TYPES[file.media_type]}"),
            "dcat:mediaType": {"@id": f"https://www.iana.org/assignments/media-types/{file.media_type}"},
            "dct:license": {"@id": LICENCE_ADDRESS},
            "dct:conformsTo": {"@id": file.conforms_to} if file.conforms_to else None,
        }
    )


def _agent(body: Body) -> Plain:
    return without_nothing(
        {
            "@id": body.address,
            "@type": "foaf:Agent",
            "foaf:name": body.name,
            "dct:identifier": body.siret,
        }
    )


def _contact(body: Body) -> Plain:
    return {
        "@type": "vcard:Organization",
        "vcard:fn": body.name,
        "vcard:hasEmail": {"@id": f"mailto:{body.email}"},
    }


def _named(what: str) -> Plain:
    return {"@id": f"{AUTHORITY}/{what}"}


def _french(words: str) -> Plain:
    return {"@value": words, "@language": "fr"}


def _time(moment: datetime | None) -> Plain | None:
    return {"@value": moment_written(moment), "@type": "xsd:dateTime"} if moment else None

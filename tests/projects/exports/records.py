"""Records for the tests of exports: a whole one, and an empty one."""

from datetime import UTC, date, datetime
from typing import Any

from participation.projects.dossier.exports.record import Body, Consulted, Decided, Record, Version
from participation.projects.dossier.field import Kind, Part, PartKind
from participation.projects.dossier.fields import FIELDS
from participation.projects.dossier.parts import FIGURES
from participation.projects.dossier.snapshot import read

VALUES = {
    PartKind.DAY: "2027-03-12",
    PartKind.MONTH: "2027-03",
    PartKind.NUMBER: "-0.5844",
    PartKind.LINK: "https://exemple.fr/document",
    PartKind.EMAIL: "service@ville.example",
}


def a_snapshot(**answers: dict[str, Any]) -> dict[str, Any]:
    """Returns a snapshot in which every field is answered, every part and row filled."""
    given = {one.name: an_answer(one.name) for one in FIELDS if one.is_written}
    return {
        "format": 2,
        "answers": {**given, **answers},
        "open_points": [
            {
                "key": "nuit",
                "text": "Ouvrir la nuit",
                "options": "- Oui\n- Non",
                "is_decided": False,
                "source": "",
            },
            {
                "key": "prix",
                "text": "Le prix",
                "options": "",
                "is_decided": True,
                "source": "Délibération 12",
            },
        ],
        "precedents": [{"title": "Ailleurs", "text": "Arrêté.", "source": "Presse", "dated": "2024"}],
        "charter": {"version": 2, "statements": []},
    }


def a_point(key: str, text: str, **values: Any) -> dict[str, Any]:
    """Returns a point as a snapshot holds it."""
    return {"key": key, "text": text, "options": "", "is_decided": False, "source": "", **values}


def an_answer(name: str, **values: Any) -> dict[str, Any]:
    """Returns the answer to a field as a snapshot holds it."""
    one = next(field for field in FIELDS if field.name == name)
    several = list(one.choices)[:2] if one.kind is Kind.CHOICES else list(one.choices)[:1]
    return {
        "state": "answered",
        "provenance": "service",
        "choice": ",".join(several),
        "text": f"Texte de {name}.",
        "short": "En bref." if one.has_short else "",
        "claim": "",
        "claim_source": "",
        "answered_by": "Cheffe de projet",
        "answered_on": "2026-11-02",
        "reason": "",
        "owner": "",
        "due_on": None,
        "details": {
            "parts": {part.name: _value(part) for part in one.parts},
            "rows": [{part.name: _value(part) for part in one.rows}] if one.rows else [],
            "figures": [{part.name: _value(part) for part in FIGURES}] if one.has_figures else [],
        },
        **values,
    }


def unknown(name: str) -> dict[str, Any]:
    """Returns an answer that isn't known yet."""
    return an_answer(
        name,
        state="not_known_yet",
        choice="",
        text="",
        reason="Le fournisseur n’a pas répondu.",
        owner="Direction informatique",
        due_on="2026-12-03",
        details={"parts": {}, "rows": [], "figures": []},
    )


def a_record(snapshot: dict[str, Any] | None = None, **facts: Any) -> Record:
    """Returns a project in the life of which everything happened, unless other facts are given."""
    moment = datetime(2026, 11, 1, 23, 30, tzinfo=UTC)
    return Record(
        **{
            "ref": "k7f3m",
            "slug": "assistant",
            "language": "fr",
            "address": "https://ville.example/projets/assistant",
            "short_address": "https://ville.example/p/k7f3m",
            "stage": "proposed",
            "status": "proposed",
            "body": Body(
                slug="ville",
                name="Ville de Ville",
                siret="217 500 016 00011",
                email="mairie@ville.example",
                population=32000,
                address="https://ville.example/collectivites/ville",
                logo="https://ville.example/static/img/mark.svg",
            ),
            "dossier": read(a_snapshot() if snapshot is None else snapshot),
            "versions": [
                Version(1, moment, "Première version", "fr", "Directrice"),
                Version(2, datetime(2026, 11, 20, 9, 0, tzinfo=UTC), "Coût précisé", "fr"),
            ],
            "consultations": [
                Consulted(
                    ref="abcde",
                    title="Une machine au téléphone ?",
                    language="fr",
                    address="https://ville.example/consultations/machine",
                    opens_at=moment,
                    closes_at=datetime(2026, 12, 12, 17, 0, tzinfo=UTC),
                    answer_due_on=date(2027, 1, 20),
                )
            ],
            "decisions": [
                Decided(
                    ref="abcdefghjk",
                    address="https://ville.example/decisions/abcdefghjk",
                    outcome="refused",
                    title="Le projet est refusé",
                    language="fr",
                    body="Conseil municipal",
                    held_on=date(2027, 1, 18),
                    reasons="Personne n’en veut.",
                    act_number="2027-12",
                )
            ],
            "proposed_at": moment,
            **facts,
        }
    )


def an_empty_record(**facts: Any) -> Record:
    """Returns a project whose dossier holds only its name."""
    nothing: dict[str, Any] = {"consultations": (), "decisions": ()}
    return a_record({"answers": {"name": an_answer("name", text="Projet")}}, **{**nothing, **facts})


def _value(part: Part) -> str:
    return next(iter(part.choices), VALUES.get(part.kind, f"Texte de {part.name}."))

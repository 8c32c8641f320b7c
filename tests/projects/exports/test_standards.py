"""The headers, keys and closed lists of the standards, typed again from them, and what we write in them."""

from datetime import date

import pytest

from participation.projects.dossier.choices import (
    ALGORITHM_TYPES,
    AUTOMATION_LEVELS,
    DATA_ACCESS,
    DATA_ORIGINS,
    DECISION_TYPES,
    HOSTING_KINDS,
    TOOL_USERS,
)
from participation.projects.dossier.exports import (
    eurocities,
    eurocities_codes,
    interconnectes,
    interconnectes_codes,
    inventory,
)
from participation.projects.dossier.exports.mention import mention_of
from participation.projects.dossier.exports.record import STATUSES, Body
from participation.projects.dossier.policies import ALL_SUB_POLICIES, POLICIES
from tests.projects.exports.records import a_record, a_snapshot, an_answer, an_empty_record, unknown


def _words(text: str) -> list[str]:
    return text.split()


SIXTEEN = _words(
    """
    Nom_collectivite Nom_du_projet SIRET Latitude Longitude Type_de_collectivite Date_de_demarrage
    Statut_du_projet Partenaires Description_service Theme Sous_Theme Audience URL_Service URL_Logo
    Date_de_derniere_mise_a_jour
    """
)
RESTRICTED = _words(
    """
    status_abandon projet_contact financement budget mise_en_oeuvre herbergement nom_algorithme
    algorithme_description algorithme_operations type_algorithme impact_environnement donnees_source
    donnees_acces risque risque_categorie proportionalite decision erreur explicabilite reversibilite
    objection url_ressources
    """
)
THEMES = {
    "Transition écologique et énergétique",
    "Attractivité et développement",
    "Citoyenneté, santé et solidarité",
    "Mobilités",
    "Gouvernance et socles technologiques",
    "Administration et organisation interne",
}
CODE_LISTS = {
    "Statut_du_projet": {"En expérimentation", "En déploiement", "Terminée", "Abandonné"},
    "Type_de_collectivite": {"Commune", "EPCI", "Département", "Région", "Syndicat mixte", "Opérateur"},
    "Audience": {
        "Grand public", "Bénéficiaire", "Agent", "Association", "Elu", "Entreprises", "Collectivités",
        "Etablissement scolaire", "Etablissement santé",
    },
    "budget": {"moins de 50k€", "de 50k€ à 100k€", "plus de 100k€"},
    "mise_en_oeuvre": {
        "Projet développé en interne", "projet développé en externe", "mobilisation de prestataire(s)",
        "marché public",
    },
    "herbergement": {"cloud chez un tiers", "en interne de l'administration", "NSP"},
    "type_algorithme": {
        "Machine Learning", "Traitement Automatique du langage", "IA générative", "Computer vision",
        "Réseaux de neurones", "NSP",
    },
    "donnees_source": {"usager", "jeu de données interne", "open data", "données d'un tiers", "NSP"},
    "donnees_acces": {"par API", "automatisée", "par récupération manuelle", "NSP"},
    "risque_categorie": {"risque minimal", "risque limité", "risque élevé", "inacceptable"},
}  # fmt: skip

ETALAB = [
    "Nom de l'administration concernée", "Direction/service porteur", "Contact", "Date de mise à jour",
    "Nom de l'algorithme", "Contexte global", "Finalité",
    "Comment et quand l'algorithme intervient-il dans la prise de décision ?",
    "Niveau d'automatisation de la décision", "Fondements juridiques", "Ressources connexes",
    "Nombre de décisions administratives prises par an", "Portée de la décision", "Public concerné",
    "Ressources connexes", "Données traitées", "Source", "Mode de collecte", "Type d'algorithme",
    "Opérations effectuées", "Ressources connexes",
]  # fmt: skip

EUROCITIES = _words(
    """
    standard_version* uuid lang* publication_date* last_change_date* revision_date* revision_note
    keywords name* organization* department* country* contact_email* contact_phone contact_name
    description_short* website status* remark decision_making_process* domain* area* goal* impact*
    risks* risk_category* proportionality* lawful_basis* documentation training_data* source_data*
    data_bias connected_data_sources* DPIA_description DPIA_url description algorithm_type*
    methods_and_models performance alternatives_considered product_information codebase_url product_page
    AIA_description AIA_url type* monitoring* human_intervention* objection_procedure* rollback
    """
)


def test_the_public_file_has_the_sixteen_headers_of_the_library() -> None:
    assert list(interconnectes.PUBLIC_HEADERS) == SIXTEEN


def test_the_whole_file_has_the_thirty_eight_fields_of_its_schema() -> None:
    assert len(interconnectes.WHOLE_HEADERS) == 38
    assert set(interconnectes.WHOLE_HEADERS) == {*SIXTEEN, *RESTRICTED}


@pytest.mark.parametrize(
    ("ours", "theirs", "header"),
    [
        (STATUSES, interconnectes_codes.STATUSES, "Statut_du_projet"),
        (TOOL_USERS, interconnectes_codes.AUDIENCES, "Audience"),
        (HOSTING_KINDS, interconnectes_codes.HOSTING, "herbergement"),
        (DATA_ORIGINS, interconnectes_codes.ORIGINS, "donnees_source"),
        (DATA_ACCESS, interconnectes_codes.ACCESS, "donnees_acces"),
    ],
)
def test_each_of_our_values_has_a_word_of_the_library(
    ours: dict[str, object], theirs: dict[str, str], header: str
) -> None:
    assert set(theirs) == set(ours)
    assert set(theirs.values()) <= CODE_LISTS[header]


def test_every_policy_has_a_theme_and_a_domain() -> None:
    assert set(interconnectes_codes.THEMES) == set(POLICIES) == set(eurocities_codes.DOMAINS)
    assert {*interconnectes_codes.THEMES.values(), *interconnectes_codes.OTHER_THEMES} == THEMES
    assert set(interconnectes_codes.SUB_THEMES) <= set(ALL_SUB_POLICIES)
    assert set(eurocities_codes.DOMAINS.values()) <= set(eurocities_codes.ALL_DOMAINS)
    assert set(eurocities_codes.SUB_DOMAINS) <= set(ALL_SUB_POLICIES)
    assert set(eurocities_codes.SUB_DOMAINS.values()) <= set(eurocities_codes.ALL_DOMAINS)
    assert len(eurocities_codes.ALL_DOMAINS) == 21


def test_a_whole_dossier_fills_every_cell_the_library_wants_with_its_words() -> None:
    [row] = interconnectes.rows(interconnectes.WHOLE, [a_record()])

    assert [header for header in interconnectes.REQUIRED_WHOLE if not row[header]] == []
    found = {header: set(row[header].split(", ")) for header in CODE_LISTS}
    assert {header for header, values in found.items() if not values <= CODE_LISTS[header]} == set()
    assert row["Theme"] in THEMES
    assert row["erreur"] == row["explicabilite"] == ""


def test_the_cells_of_the_library_are_written_as_it_writes_them() -> None:
    [row] = interconnectes.rows(interconnectes.PUBLIC, [a_record()])

    assert row["SIRET"] == "21750001600011"
    assert (row["Latitude"], row["Longitude"]) == ("-0.5844", "-0.5844")
    assert row["Type_de_collectivite"] == "Commune"
    assert row["Date_de_demarrage"] == "03/2027"
    assert row["Date_de_derniere_mise_a_jour"] == "20/11/2026"
    assert row["Audience"] == "Agent, Elu"
    assert row["URL_Service"] == "https://ville.example/projets/assistant"


def test_an_empty_dossier_invents_nothing_for_the_library() -> None:
    [row] = interconnectes.rows(interconnectes.WHOLE, [an_empty_record()])

    filled = {header for header, cell in row.items() if cell and cell != "NSP"}
    assert filled == {
        "Nom_collectivite", "Nom_du_projet", "SIRET", "Type_de_collectivite", "Statut_du_projet",
        "projet_contact", "nom_algorithme", "URL_Service", "URL_Logo", "Date_de_derniere_mise_a_jour",
    }  # fmt: skip


def test_a_project_given_up_says_why_to_the_library() -> None:
    [row] = interconnectes.rows(interconnectes.WHOLE, [a_record(status="refused")])

    assert row["Statut_du_projet"] == "Abandonné"
    assert "Personne n’en veut." in row["status_abandon"]


def test_doubt_is_no_minimal_risk_anywhere() -> None:
    record = a_record(a_snapshot(risk_category=an_answer("risk_category", choice="doubt")))

    [row] = interconnectes.rows(interconnectes.WHOLE, [record])
    described = eurocities.described(record)

    assert row["risque_categorie"] == ""
    assert described["risk_category"] is None and "doute" in (described["remark"] or "")


@pytest.mark.parametrize(
    ("siret", "name", "kind"),
    [
        ("24330031600011", "Bordeaux Métropole", "EPCI"),
        ("20005478100022", "Métropole du Grand Paris", "EPCI"),
        ("", "Département du Lot", "Département"),
        ("", "Région Sud", "Région"),
        ("", "Syndicat des eaux", "Syndicat mixte"),
        ("", "Ville de Ville", "Commune"),
        ("", "Centre de gestion", ""),
    ],
)
def test_the_kind_of_a_public_body_comes_from_its_number_or_its_name(
    siret: str, name: str, kind: str
) -> None:
    assert interconnectes_codes.kind_of_body(siret, name) == kind


def test_the_inventory_has_the_twenty_one_labels_and_each_resource_says_its_block() -> None:
    blocks = [label.replace(" (métier)", "").replace(" (impact)", "").replace(" (fonctionnement)", "")
              for label in inventory.LABELS]  # fmt: skip

    assert blocks == ETALAB
    assert len(set(inventory.LABELS)) == 21
    assert ("COLL_NOM", "COLL_SIRET", *inventory.LABELS) == inventory.HEADERS


def test_the_inventory_is_filled_by_a_whole_dossier_and_says_the_stage() -> None:
    [row] = inventory.rows([a_record()])

    assert [label for label, cell in row.items() if not cell] == []
    assert row["Date de mise à jour"] == "2026-11-20"
    assert row["Contexte global"].endswith("Étape du projet : proposé, pas en service.")
    assert row["Niveau d'automatisation de la décision"].startswith("Elle renseigne et ne décide de rien")


def test_every_status_has_its_words_in_the_inventory_and_abroad() -> None:
    assert set(inventory.STAGES) == set(STATUSES) == set(eurocities_codes.STATUSES)
    assert set(eurocities_codes.STATUSES.values()) <= set(eurocities_codes.ALL_STATUSES)


def test_the_keys_of_eurocities_are_those_of_its_schema() -> None:
    required = {name.rstrip("*") for name in EUROCITIES if name.endswith("*")}

    assert len(required) == 29
    assert set(eurocities.REQUIRED) == required
    assert set(eurocities.ATTRIBUTES) == {name.rstrip("*") for name in EUROCITIES}
    assert set(eurocities_codes.USES) == set(DECISION_TYPES)
    assert set(eurocities_codes.ALGORITHMS) == set(ALGORITHM_TYPES)
    assert AUTOMATION_LEVELS


def test_a_whole_dossier_fills_every_key_of_eurocities() -> None:
    described = eurocities.described(a_record())

    assert [key for key in eurocities.REQUIRED if described[key] is None] == []
    assert described["lang"] == "fr" and described["standard_version"] == "0.3.1"
    assert described["status"] == "planned"
    assert described["domain"] in eurocities_codes.ALL_DOMAINS
    assert described["publication_date"] == "2026-11-02"
    assert described["revision_date"] == "2027-03-12"


def test_a_silent_dossier_keeps_the_required_keys_of_eurocities_empty() -> None:
    described = eurocities.described(an_empty_record())

    assert set(eurocities.REQUIRED) <= set(described)
    assert described["risk_category"] is None and described["goal"] is None


def test_what_is_not_known_is_said_with_who_answers_and_when() -> None:
    described = eurocities.described(a_record(a_snapshot(monitoring=unknown("monitoring"))))

    assert described["monitoring"] == (
        "Pas encore connu\u00a0: Le fournisseur n’a pas répondu.\n"
        "Réponse au plus tard le 3\u00a0décembre 2026\u00a0: Direction informatique."
    )


def test_a_short_description_is_cut_where_the_standard_wants_it() -> None:
    long = an_answer("description_short", text="Elle répond au téléphone. " * 12)

    short = eurocities.described(a_record(a_snapshot(description_short=long)))["description_short"]

    assert short is not None and len(short) <= 150 and short.endswith("…")


@pytest.mark.parametrize(
    ("types", "learning", "expected"),
    [
        ("rules", "fixed", "rule-based"),
        ("machine_learning", "fixed", "self-learning"),
        ("rules,generative", "fixed", "hybrid"),
        ("rules", "self_learning", "self-learning"),
    ],
)
def test_the_kind_of_algorithm_comes_from_what_it_is_and_how_it_learns(
    types: str, learning: str, expected: str
) -> None:
    answers = {
        "algorithm_type": an_answer("algorithm_type", choice=types),
        "learning_mode": an_answer("learning_mode", choice=learning),
    }

    assert eurocities.described(a_record(a_snapshot(**answers)))["algorithm_type"] == expected


def test_the_mention_says_the_purpose_the_right_and_how() -> None:
    silent = an_empty_record(body=Body(slug="v", name="Ville de Ville", email="mairie@ville.example"))
    snapshot = a_snapshot()
    del snapshot["answers"]["explicit_mention"]
    made = mention_of(a_record(snapshot))

    assert mention_of(a_record()) == "Texte de explicit_mention."
    for words in ("Texte de goal.", "L.311-3-1", "Ville de Ville", "service@ville.example", "CADA"):
        assert words in made
    assert "mairie@ville.example" in mention_of(silent)


def test_a_tool_that_runs_and_is_discussed_again_is_in_service() -> None:
    record = a_record(stage="in_consultation", status="in_consultation", in_service_on=date(2025, 1, 1))

    [row] = inventory.rows([record])

    assert "en service, de nouveau en discussion" in row["Contexte global"]

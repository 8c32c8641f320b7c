"""The words of the library of local AI projects («Bibliothèque IA territoriale») for ours.

Lists read in its schema and in its published file; where they differ, the published file wins: it also
puts several values in one cell, with a comma and a space between them.
"""

STATUSES = {
    "proposed": "En expérimentation",
    "in_consultation": "En expérimentation",
    "under_review": "En expérimentation",
    "adopted": "En expérimentation",
    "adopted_with_changes": "En expérimentation",
    "postponed": "En expérimentation",
    "refused": "Abandonné",
    "without_ai": "Abandonné",
    "in_service": "En déploiement",
    "evaluated": "En déploiement",
    "stopped": "Terminée",
    "abandoned": "Abandonné",
}

ECOLOGY = "Transition écologique et énergétique"
CITIZENS = "Citoyenneté, santé et solidarité"
THEMES = {
    "internal-administration": "Administration et organisation interne",
    "user-information": CITIZENS,
    "public-safety-events": CITIZENS,
    "water-resources": ECOLOGY,
    "waste-food": ECOLOGY,
    "natural-risks": ECOLOGY,
    "mobility-parking": "Mobilités",
    "energy-buildings": ECOLOGY,
    "planning-nature": ECOLOGY,
    "social-education": CITIZENS,
    "territory-development": "Attractivité et développement",
}
OTHER_THEMES = ("Gouvernance et socles technologiques",)

# Only where its list has a word that says the same.
SUB_THEMES = {
    "acts-drafting": "Gestion des assemblées",
    "meeting-minutes": "Gestion des assemblées",
    "participation-analysis": "Participation citoyenne",
    "leak-detection": "Gestion de l’eau",
    "wastewater-energy": "Gestion de l’eau",
    "drought-forecast": "Gestion de l’eau",
    "collection-rounds": "Déchets et économie circulaire",
    "illegal-dumping": "Déchets et économie circulaire",
    "bulky-waste-callbot": "Déchets et économie circulaire",
    "flood-forecast": "Prévention et gestion des risques",
    "fire-heat": "Prévention et gestion des risques",
    "coast-drought": "Prévention et gestion des risques",
    "parking-inventory": "Stationnement",
    "flow-analysis": "Flux et trafic",
    "building-consumption": "Performance énergétique",
    "public-lighting": "Performance énergétique",
    "greening": "Biodiversité et préservation des espaces naturels",
    "land-change": "Construction et aménagement",
    "digital-twin": "Modélisation et jumeau numérique",
    "data-infrastructure": "Infrastructures numériques",
}

AUDIENCES = {
    "staff": "Agent",
    "officials": "Elu",
    "residents": "Grand public",
    "businesses": "Entreprises",
    "associations": "Association",
    "visitors": "Grand public",
    "other_bodies": "Collectivités",
}

BUDGETS = {
    "under_50k": "moins de 50k€",
    "50k_100k": "de 50k€ à 100k€",
    "over_100k": "plus de 100k€",
}

MAKERS = {
    "in_house": "Projet développé en interne",
    "open_source": "mobilisation de prestataire(s)",
    "french": "projet développé en externe",
    "european": "projet développé en externe",
    "other": "projet développé en externe",
}
CONTRACT = "marché public"

UNKNOWN = "NSP"
HOSTING = {
    "in_house": "en interne de l'administration",
    "cloud": "cloud chez un tiers",
    "unknown": UNKNOWN,
}

# Neural networks are named there beside what they serve; ours says what they serve.
ALGORITHMS = {
    "machine_learning": "Machine Learning",
    "computer_vision": "Computer vision",
    "speech": "Traitement Automatique du langage",
    "nlp": "Traitement Automatique du langage",
    "generative": "IA générative",
}

ORIGINS = {
    "user": "usager",
    "internal": "jeu de données interne",
    "open_data": "open data",
    "third_party": "données d'un tiers",
}

ACCESS = {"api": "par API", "automatic": "automatisée", "manual": "par récupération manuelle"}

# «Outside the AI Act» and «to be confirmed» have no word there, and are not minimal.
RISKS = {
    "minimal": "risque minimal",
    "transparency": "risque limité",
    "high": "risque élevé",
    "prohibited": "inacceptable",
}

BODIES = ("Commune", "EPCI", "Département", "Région", "Syndicat mixte", "Opérateur")
# The first figures of a SIREN say the kind of local public body; those begun since 2010 have «20».
_BY_SIREN = {"21": "Commune", "22": "Département", "23": "Région", "24": "EPCI", "25": "Syndicat mixte"}
_BY_WORD = (
    ("département", "Département"),
    ("région", "Région"),
    ("syndicat", "Syndicat mixte"),
    ("métropole", "EPCI"),
    ("communauté", "EPCI"),
    ("commune", "Commune"),
    ("ville", "Commune"),
    ("mairie", "Commune"),
)


def kind_of_body(siret: str, name: str) -> str:
    """Returns the kind of a public body, by its SIRET, else by its name; empty when neither tells."""
    by_siren = _BY_SIREN.get(siret[:2])
    words = name.casefold().split()
    return by_siren or next((kind for word, kind in _BY_WORD if words and word in words[0]), "")

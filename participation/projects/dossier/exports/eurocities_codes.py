"""The words of the Algorithmic Transparency Standard 0.3.1 for ours."""

STATUSES = {
    "proposed": "planned",
    "in_consultation": "planned",
    "under_review": "planned",
    "postponed": "planned",
    "adopted": "development",
    "adopted_with_changes": "development",
    "refused": "retired",
    "without_ai": "retired",
    "in_service": "operational",
    "evaluated": "operational",
    "stopped": "retired",
    "abandoned": "retired",
}
ALL_STATUSES = ("planned", "design", "development", "pilot", "evaluation", "operational", "retired")

RISKS = {
    "minimal": "minimal risk",
    "transparency": "limited risk",
    "high": "high risk",
    "prohibited": "unacceptable",
}
# Neither is minimal: the remark says which it is.
UNSAID_RISKS = ("outside", "doubt")

ALGORITHM_TYPES = ("self-learning", "rule-based", "hybrid")
# One alone; several together may be a hybrid.
ALGORITHMS = {
    "rules": "rule-based",
    "statistics": "rule-based",
    "optimisation": "rule-based",
    "machine_learning": "self-learning",
    "computer_vision": "self-learning",
    "speech": "self-learning",
    "nlp": "self-learning",
    "generative": "self-learning",
}

# What the result is for: telling what is, finding out which, or saying what to do.
USES = {
    "none": "descriptive",
    "information": "descriptive",
    "control_or_enforcement": "diagnostic",
    "ranking_or_priority": "prescriptive",
    "individual_administrative_decision": "prescriptive",
}
ALL_USES = ("descriptive", "diagnostic", "predictive", "prescriptive")

ENVIRONMENT = "environment, spacial planning and water"
DOMAINS = {
    "internal-administration": "government",
    "user-information": "government",
    "public-safety-events": "public safety",
    "water-resources": ENVIRONMENT,
    "waste-food": ENVIRONMENT,
    "natural-risks": ENVIRONMENT,
    "mobility-parking": "traffic and transportation",
    "energy-buildings": "housing, living and living environment",
    "planning-nature": ENVIRONMENT,
    "social-education": "family, youth and households",
    "territory-development": "economy and entrepreneurship",
}
SUB_DOMAINS = {
    "canteen-forecast": "agriculture, nature and food",
    "staff-assistant-hr": "work and career",
    "social-aid": "subsidies, benefits and allowances",
    "tariff-calculation": "subsidies, benefits and allowances",
    "tourism-culture": "culture, sports and leisure",
}
ALL_DOMAINS = (
    "taxes", "housing, living and living environment", "culture, sports and leisure", "defence",
    "economy and entrepreneurship", "family, youth and households", "finance", "generic",
    "health and health care", "immigration and integration",
    "international collaboration and development aid", "agriculture, nature and food",
    "environment, spacial planning and water", "education and science", "public safety", "government",
    "justice", "travel, living and working abroad", "subsidies, benefits and allowances",
    "traffic and transportation", "work and career",
)  # fmt: skip

# How a data protection impact assessment is named, in French, English and Dutch.
DATA_PROTECTION = ("aipd", "dpia", "pia", "protection des données", "data protection", "gegevensbescherming")

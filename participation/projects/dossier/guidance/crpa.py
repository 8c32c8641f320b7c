"""What French law asks when an algorithm takes part in decisions about persons, AI or not."""

from participation.foundation.i18n import lazy_gettext as _
from participation.projects.dossier.guidance.french_law import PUBLICATION_ABOVE_INHABITANTS
from participation.projects.dossier.guidance.laws import LAWS
from participation.projects.dossier.guidance.outcome import Consequence
from participation.projects.dossier.guidance.reading import Given

PERSONAL_DECISION = "individual_administrative_decision"
# A check or a fine, and a ranking that gives a place, often end in a decision about one person.
MAY_BE_PERSONAL = ("control_or_enforcement", "ranking_or_priority", "unknown")


def decisions_law(given: Given, population: int | None) -> list[Consequence]:
    """Returns what is owed to the persons concerned; never nothing: documents can always be asked for."""
    if given.is_said("decision", PERSONAL_DECISION):
        found = [_law("mention"), _law("explanation"), *_alone(given), _publication(population)]
    elif given.is_said("decision", *MAY_BE_PERSONAL):
        words = _("If a decision about one person results from it, it must bear the explicit mention, and be "
                  "explained on request.")  # fmt: skip
        found = [Consequence(words, LAWS["mention"], is_to_confirm=True), *_alone(given, is_to_confirm=True)]
    else:
        words = _("No explicit mention is owed as long as it takes no part in a decision about one person.")
        found = [Consequence(words, LAWS["explanation"])]
    return [*found, _law("documents")]


def _law(key: str, *, is_to_confirm: bool = False) -> Consequence:
    return Consequence(LAWS[key].says, LAWS[key], is_to_confirm)


def _alone(given: Given, *, is_to_confirm: bool = False) -> list[Consequence]:
    """Returns what is owed when the machine decides alone, or when nobody knows who decides."""
    if not given.is_said("final_say", "fully_automated", "unknown"):
        return []
    to_confirm = is_to_confirm or given.is_unknown("final_say")
    found = [_law("nullity", is_to_confirm=to_confirm)]
    if given.is_said("personal_data", "sensitive", "biometric", "unknown"):
        words = _("The machine alone may not decide from sensitive data.")
        unsure = to_confirm or given.is_unknown("personal_data")
        found.append(Consequence(words, LAWS["nullity"], unsure))
    if given.is_said("learns", "self_learning", "unknown"):
        found.append(_law("self_learning", is_to_confirm=to_confirm or given.is_unknown("learns")))
    return found


def _publication(population: int | None) -> Consequence:
    if population is None:
        return _law("publication", is_to_confirm=True)
    if population > PUBLICATION_ABOVE_INHABITANTS:
        return _law("publication")
    words = _(
        "At %(population)s inhabitants the collectivity is not above the threshold for publishing the rules "
        "of its algorithms online; check whether it has 50 staff or more. Publishing stays possible.",
        population=population,
    )
    return Consequence(words, LAWS["publication"], is_to_confirm=True)

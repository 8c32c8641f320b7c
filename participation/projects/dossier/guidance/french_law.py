"""The articles of French law and of the GDPR that stand beside the AI Act, often stricter than it."""

from datetime import date

from participation.foundation.i18n import lazy_gettext as _
from participation.projects.dossier.guidance.law import Confidence, Law

CHECKED_ON = date(2026, 11, 22)

MENTION_FROM = date(2017, 9, 1)
GDPR_FROM = date(2018, 5, 25)
SELF_LEARNING_FROM = date(2018, 6, 12)
PUBLICATION_FROM = date(2018, 10, 7)
NULLITY_FROM = date(2020, 7, 1)

PUBLICATION_ABOVE_INHABITANTS = 3500
PUBLICATION_FROM_STAFF = 50
WP248_CRITERIA_FOR_A_DPIA = 2

_ETALAB = _("Etalab’s guide to public algorithms")
_KNOWN = _("General knowledge of the text")


def _crpa(key: str, number: str, applies_from: date, says: object) -> Law:
    article = _("CRPA, Article %(number)s", number=number)
    guide = Confidence.OFFICIAL_GUIDE
    return Law(key, article, says, applies_from, _ETALAB, guide, CHECKED_ON, date_confidence=Confidence.KNOWN)


def _known(key: str, article: object, applies_from: date, says: object) -> Law:
    return Law(key, article, says, applies_from, _KNOWN, Confidence.KNOWN, CHECKED_ON)


def _gdpr(key: str, number: str, says: object) -> Law:
    return _known(key, _("GDPR, Article %(number)s", number=number), GDPR_FROM, says)


FRENCH_LAW: tuple[Law, ...] = (
    _crpa("mention", "L.311-3-1, R.311-3-1-1", MENTION_FROM,
          _("A decision about a person based on an algorithm must say so, whatever the size of the "
            "collectivity.")),
    _crpa("explanation", "R.311-3-1-2", MENTION_FROM,
          _("On request, explain in plain words: what part the algorithm had, which data and where from, how "
            "they weigh, which operations. After one month without answer the person may turn to the CADA.")),
    _crpa("publication", "L.312-1-3", PUBLICATION_FROM,
          _("Publish online the rules of the main algorithms used for decisions about people: collectivities "
            "above 3,500 inhabitants, bodies of 50 staff or more.")),
    _crpa("documents", "L.300-2, L.311-1, L.311-5", MENTION_FROM,
          _("Documents and source code are administrative documents that anyone may ask for, with legal "
            "exceptions.")),
    Law("nullity", _("Law 78-17, Article 47"),
        _("A decision taken by the machine alone is void without the explicit mention; you must be able to "
          "explain it in detail; sensitive data are excluded."),
        NULLITY_FROM, _ETALAB, Confidence.OFFICIAL_GUIDE, CHECKED_ON),
    _known("self_learning", _("Constitutional Council, 2018-765 DC"), SELF_LEARNING_FROM,
           _("An algorithm that changes its rules by itself can’t be the only basis of a decision about a "
             "person.")),
    _gdpr("gdpr_basis", "5, 6", _("Name the purpose and the legal basis, and use no more data than needed.")),
    _gdpr("gdpr_information", "13, 14", _("Tell people which data, why, how long, and their rights.")),
    _gdpr("gdpr_register", "30", _("Enter the processing in the register of the collectivity.")),
    _gdpr("gdpr_sensitive", "9",
          _("Sensitive data, and data of the body that recognise somebody, are forbidden but for listed "
            "exceptions.")),
    _gdpr("gdpr_automated", "22",
          _("A person may refuse a decision taken by the machine alone, but for listed exceptions.")),
    _gdpr("gdpr_dpia", "35", _("Assess the impact on data protection before starting.")),
    _known("wp248", _("GDPR, Article 35, guidelines WP248"), GDPR_FROM,
           _("Two of the nine criteria of the European guidelines call for an impact assessment.")),
    _known("public_space", _("Internal security code, doctrine of the CNIL"), GDPR_FROM,
           _("Filming or sensing public space needs a legal basis of its own, and signs that say so.")),
)  # fmt: skip

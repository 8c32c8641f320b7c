"""The articles of the AI Act that concern a collectivity, with the dates of the regulation of July 2026."""

from datetime import date

from participation.foundation.i18n import lazy_gettext as _
from participation.projects.dossier.guidance.law import Confidence, Law

CHECKED_ON = date(2026, 11, 22)

PROHIBITIONS_FROM = date(2025, 2, 2)
TRANSPARENCY_FROM = date(2026, 8, 2)
NEW_PROHIBITIONS_FROM = date(2026, 12, 2)
MARKING_OF_OLDER_SYSTEMS_FROM = date(2026, 12, 2)
HIGH_RISK_FROM = date(2027, 12, 2)
PRODUCTS_FROM = date(2028, 8, 2)
SYSTEMS_IN_USE_BY = date(2030, 8, 2)

_DIGESTS = _("Two legal digests that agree on the Act as amended by Regulation (EU) 2026/1744")
_KNOWLEDGE = _("General knowledge of the text")


def _law(
    key: str,
    number: str,
    applies_from: date,
    says: object,
    confidence: Confidence = Confidence.SECONDARY,
    article: object = None,
) -> Law:
    source = _KNOWLEDGE if confidence is Confidence.KNOWN else _DIGESTS
    article = article or _("AI Act, Article %(number)s", number=number)
    return Law(key, article, says, applies_from, source, confidence, CHECKED_ON)


def _annex_3(key: str, point: str, says: object, confidence: Confidence = Confidence.SECONDARY) -> Law:
    article = _("AI Act, Article 6(2) and annex III, point %(point)s", point=point)
    return _law(key, "", HIGH_RISK_FROM, says, confidence, article)


AI_ACT: tuple[Law, ...] = (
    _law("definition", "3(1)", PROHIBITIONS_FROM,
         _("An AI system works out its results from what it receives, with some autonomy; rules written by "
           "people only are not AI.")),
    _law("literacy", "4", PROHIBITIONS_FROM,
         _("The people who use the tool must understand what it does and where it fails.")),
    _law("5a", "5(1)(a)", PROHIBITIONS_FROM,
         _("It is forbidden to manipulate or deceive people to their detriment.")),
    _law("5b", "5(1)(b)", PROHIBITIONS_FROM,
         _("It is forbidden to exploit people’s age, disability or poverty.")),
    _law("5c", "5(1)(c)", PROHIBITIONS_FROM,
         _("It is forbidden to score people’s behaviour or character with consequences that are unrelated or "
           "out of proportion.")),
    _law("5d", "5(1)(d)", PROHIBITIONS_FROM,
         _("It is forbidden to predict from a profile alone that a person will commit an offence.")),
    _law("5e", "5(1)(e)", PROHIBITIONS_FROM,
         _("It is forbidden to build a database of faces by collecting them untargeted from the internet or "
           "cameras.")),
    _law("5f", "5(1)(f)", PROHIBITIONS_FROM,
         _("It is forbidden to infer the emotions of staff or pupils, but for medical or safety reasons.")),
    _law("5g", "5(1)(g)", PROHIBITIONS_FROM,
         _("It is forbidden to sort people by origin, opinions, religion or sexual orientation from their "
           "body or face.")),
    _law("5h", "5(1)(h)", PROHIBITIONS_FROM,
         _("It is forbidden to recognise people live and at a distance in public space for law enforcement; "
           "the narrow exceptions need a national law.")),
    _law("5ba", "5(1)(ba)", NEW_PROHIBITIONS_FROM,
         _("It is forbidden to make intimate images of a person without their consent.")),
    _law("5bb", "5(1)(bb)", NEW_PROHIBITIONS_FROM,
         _("It is forbidden to make sexual images of children.")),
    _law("annex_3", "", HIGH_RISK_FROM,
         _("The uses that annex III lists are high risk."),
         article=_("AI Act, Article 6(2) and annex III")),
    _annex_3("annex_3_1", "1",
             _("Recognising people, sorting them or reading their emotions from body or face is high risk.")),
    _annex_3("annex_3_2", "2",
             _("A safety part of road traffic, water, gas, heat or electricity networks is high risk.")),
    _annex_3("annex_3_3", "3",
             _("Admission to a school, grading and the watching of exams are high risk.")),
    _annex_3("annex_3_4", "4",
             _("Sorting job applications, and allocating work, watching or rating staff, are high risk.")),
    _annex_3("annex_3_5a", "5(a)",
             _("Granting, reducing, stopping or recovering an essential aid or service is high risk.")),
    _annex_3("annex_3_5d", "5(d)",
             _("Sorting emergency calls and sending help is high risk.")),
    _annex_3("annex_3_6", "6",
             _("Police tools that rate the risk of a person, evidence, or profile people are high risk.")),
    _annex_3("annex_3_8b", "8(b)",
             _("Influencing the result of a vote or how people vote is high risk.")),
    _annex_3("annex_3_other", "5(b), 5(c), 7, 8(a)",
             _("Credit, life and health insurance, asylum and borders, and justice are high risk."),
         Confidence.KNOWN),
    _law("annex_1", "", PRODUCTS_FROM,
         _("A safety part of a regulated product (lift, machine, medical device) is high risk."),
         article=_("AI Act, Article 6(1) and annex I")),
    _law("6_3", "6(3)", HIGH_RISK_FROM,
         _("A tool of annex III is not high risk when it only does a small preparatory or corrective task "
           "without significant risk; never when it profiles people.")),
    _law("6_4", "6(4)", HIGH_RISK_FROM,
         _("The supplier must write down why this exception applies, before the tool is used.")),
    _law("26_1", "26(1)", HIGH_RISK_FROM, _("Use the tool according to its instructions.")),
    _law("26_2", "26(2)", HIGH_RISK_FROM,
         _("Entrust its oversight to people who are trained and have the power to stop it.")),
    _law("26_4", "26(4)", HIGH_RISK_FROM, _("Give it only data that are relevant and representative.")),
    _law("26_5", "26(5)", HIGH_RISK_FROM,
         _("Watch how it works; suspend it and report when it presents a risk.")),
    _law("26_6", "26(6)", HIGH_RISK_FROM, _("Keep its logs for at least six months.")),
    _law("26_7", "26(7)", HIGH_RISK_FROM,
         _("Inform staff and their representatives before it is used at work.")),
    _law("26_8", "26(8)", HIGH_RISK_FROM,
         _("Do not use it when its supplier has not registered it in the European database.")),
    _law("26_9", "26(9)", HIGH_RISK_FROM,
         _("Use the supplier’s information for the data protection impact assessment.")),
    _law("26_11", "26(11)", HIGH_RISK_FROM, _("Tell the persons concerned that the tool is used.")),
    _law("27", "27", HIGH_RISK_FROM,
         _("Before first use, assess the impact on fundamental rights, and send the result to the market "
           "surveillance authority.")),
    _law("49_3", "", HIGH_RISK_FROM,
         _("Register your own use in the European database."), Confidence.KNOWN,
         _("AI Act, Article 49(3) and annex VIII, section C")),
    _law("86", "86", HIGH_RISK_FROM,
         _("Explain to the person concerned, on request, what part the tool had in the decision.")),
    _law("111_2", "111(2)", SYSTEMS_IN_USE_BY,
         _("A high-risk tool that a public authority already uses must comply by this day at the latest.")),
    _law("50_1", "50(1)", TRANSPARENCY_FROM,
         _("People who talk with the tool must be told that it is a machine: the supplier provides for it, "
           "check that it does.")),
    _law("50_2", "50(2)", TRANSPARENCY_FROM,
         _("The supplier must mark synthetic text, images and sound so that they can be recognised.")),
    _law("50_2_older", "50(2)", MARKING_OF_OLDER_SYSTEMS_FROM,
         _("For a tool that was already on the market when this duty began, the supplier has until this day "
           "to mark what it makes.")),
    _law("50_3", "50(3)", TRANSPARENCY_FROM,
         _("People whose emotions are read, or who are sorted from their body or face, must be informed.")),
    _law("50_4", "50(4)", TRANSPARENCY_FROM,
         _("Say that an image, a sound or a video that looks real was made by a machine; and so for a text "
           "that informs the public, unless a person reread it and answers for it.")),
)  # fmt: skip

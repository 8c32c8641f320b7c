"""The words of closed lists: what a finding says, why a contribution is left out."""

from participation.foundation.i18n import lazy_gettext as _
from participation.summaries.models import FindingKind, OrphanReason
from participation.summaries.queries import SaidAs

KINDS = {
    FindingKind.ASKED: _("What is asked"),
    FindingKind.FEARED: _("What is feared"),
    FindingKind.EXPERIENCED: _("What was experienced"),
    FindingKind.CONDITION: _("A condition"),
    FindingKind.QUESTION: _("A question"),
    FindingKind.DISAGREEMENT: _("A disagreement"),
}

SAID_AS = {
    SaidAs.COMMENT: _("Comments"),
    SaidAs.PROPOSAL: _("Proposals"),
    SaidAs.EXPERIENCE: _("Lived experiences"),
    SaidAs.REASON: _("Reasons of a position"),
    SaidAs.CONDITION: _("Conditions"),
    SaidAs.QUESTION: _("Questions to the service"),
}

REASONS = {
    OrphanReason.OFF_TOPIC: _("It is about something else than the project"),
    OrphanReason.DUPLICATE: _("It repeats another contribution of the same person"),
    OrphanReason.UNINTELLIGIBLE: _("Its meaning could not be made out"),
    OrphanReason.ALREADY_ANSWERED: _("The published dossier already answers it"),
    OrphanReason.THEME_ANSWERED: _(
        "Too few people said it for a finding: the answer to its theme answers it"
    ),
}

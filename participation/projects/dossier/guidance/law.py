"""The texts the guidance rests on: article, date, what it says, where that was read, how sure we are.

No date of the law stands anywhere else. Whoever checks a text again changes its line, `RULES_VERSION`, and
the table test that tells the day before from the day of every date.
"""

import enum
from dataclasses import dataclass
from datetime import date

from participation.foundation.i18n import lazy_gettext as _


class Confidence(enum.StrEnum):
    """How a text was known when it was last checked."""

    OFFICIAL_GUIDE = "official_guide"  # an official guide was read, not the text itself
    SECONDARY = "secondary"  # legal digests that agree; the official text was not read
    KNOWN = "known"  # general knowledge


CONFIDENCE_WORDS: dict[Confidence, object] = {
    Confidence.OFFICIAL_GUIDE: _("official guide"),
    Confidence.SECONDARY: _("secondary source: to be verified"),
    Confidence.KNOWN: _("general knowledge: to be verified"),
}


@dataclass(frozen=True)
class Law:
    """One article: `says` is a whole sentence, `applies_from` the first day on which it is owed."""

    key: str
    article: object
    says: object
    applies_from: date
    source: object
    confidence: Confidence
    checked_on: date
    # The date alone, when it was not read where the sentence was.
    date_confidence: Confidence | None = None

    @property
    def is_to_verify(self) -> bool:
        """Tells whether the sentence must be printed as one to be verified."""
        return self.confidence is not Confidence.OFFICIAL_GUIDE

    @property
    def has_date_to_verify(self) -> bool:
        """Tells whether the date must be printed as one to be verified."""
        return (self.date_confidence or self.confidence) is not Confidence.OFFICIAL_GUIDE

    @property
    def confidence_words(self) -> object:
        """Returns how sure we are, in words."""
        return CONFIDENCE_WORDS[self.confidence]

    def applies_on(self, day: date) -> bool:
        """Tells whether it is owed on that day."""
        return day >= self.applies_from

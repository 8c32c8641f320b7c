"""The mention owed on individual decisions taken with an algorithm (CRPA, art. L.311-3-1, R.311-3-1-1)."""

from participation.foundation.i18n import gettext as _
from participation.projects.dossier.exports.cells import one_line
from participation.projects.dossier.exports.record import Record


def mention_of(record: Record) -> str:
    """Returns the mention of the dossier, else one made from its goal and its contact, to be read again.

    It says the purpose, the right to obtain the rules and their main characteristics, and how.
    """
    written = record.text("explicit_mention")
    if written:
        return written
    contact = record.part("contact", "email") or one_line(record.text("contact")) or record.body.email
    said = [
        _("This decision was taken with the help of an algorithmic processing."),
        _("Its purpose: %(goal)s", goal=one_line(record.text("goal"))) if record.text("goal") else "",
        _(
            "You may ask %(body)s for the rules of this processing and the main characteristics of its use "
            "(article L.311-3-1 of the code of relations between the public and the administration).",
            body=record.body.name,
        ),
        _("Write to: %(contact)s", contact=contact) if contact else "",
        _("Without an answer within a month, you may turn to the CADA (www.cada.fr)."),
    ]
    return " ".join(one for one in said if one)

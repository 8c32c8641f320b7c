"""What each kind of thing held is called on the page «my data», in its order."""

from participation.foundation.i18n import lazy_gettext as _

KINDS = {
    "person": _("Your address, name, language, and since when we know them"),
    "person_addresses": _("Other addresses you write from"),
    "address_links": _("Links sent to prove an address"),
    "credentials": _("Passwords you set (the password itself is not kept)"),
    "sessions": _("Browsers in which you signed in"),
    "sign_in_links": _("Sign-in links you asked for"),
    "access_records": _("Times a member of staff looked at your address"),
    "memberships": _("Staff roles you held"),
    "invitations": _("Invitations to hold a role"),
    "participants": _("Consultations you took part in, and the name you chose"),
    "verifications": _("Times an agent confirmed who you are"),
    "verification_codes": _("The code you asked for, to show at the desk"),
    "contributions": _("Texts you wrote, whatever became of them"),
    "paper_forms": _("Forms of yours that staff typed in, with the address for the answer"),
    "positions": _("Positions you took"),
    "condition_supports": _("Conditions you support"),
    "useful_votes": _("Texts you found useful"),
    "submissions": _("Receipts of what you sent"),
    "pending_submissions": _("Forms that wait, or waited, for your confirmation"),
    "reports": _("Texts you reported"),
    "moderation_decisions": _("What moderators decided about your texts"),
    "appeals": _("Appeals you made"),
    "notices": _("Decisions you were told of"),
    "events": _("What you did, as the internal log records it, without your words"),
}

"""Headers by which a mail program stops letters in one click (RFC 2369, RFC 8058).

On what was asked for only: a receipt, a reason, an answer owed are not a list one leaves.
"""

from flask import current_app

from participation.foundation.i18n import DEFAULT_LANGUAGE

ADDRESS = "/desabonnement/"


def unsubscribe_headers(token: str, language: str) -> dict[str, str]:
    """Returns the headers of a letter; the address by mail is there when somebody reads it."""
    config = current_app.config
    prefix = "" if language == DEFAULT_LANGUAGE else f"/{language}"
    ways = [f"<{config['PUBLIC_URL']}{prefix}{ADDRESS}{token}>"]
    if config["UNSUBSCRIBE_MAILBOX"]:
        ways.append(f"<mailto:{config['UNSUBSCRIBE_MAILBOX']}?subject={token}>")
    return {
        "List-Unsubscribe": ", ".join(ways),
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }

"""Where a person goes once signed in: the page they wanted, inside this site only."""

from flask import request, url_for

LONGEST = 500


def safe_path(asked: str) -> str:
    """Returns the path when it leads to a page of this site, nothing otherwise: no other host."""
    if not asked.startswith("/") or asked.startswith(("//", "/\\")) or len(asked) > LONGEST:
        return ""
    if "\\" in asked or any(ord(letter) < 33 or ord(letter) == 127 for letter in asked):
        return ""
    return asked


def next_url(path: str) -> str:
    """Returns the address of that page in the language of this one, that of one's own page without any."""
    return request.script_root + path if safe_path(path) else url_for("accounts.show")

"""Whether anything in an answer would run, lead away or break out of its place."""

import csv
import io
import json
import re
from xml.etree import ElementTree

from werkzeug.test import TestResponse

from tests.architecture.pages_read import Element, PageRead, read

# Nothing of ours uses these.
NEVER = {
    "iframe",
    "frame",
    "object",
    "embed",
    "applet",
    "base",
    "math",
    "style",
    "noscript",
    "marquee",
    "template",
}
LEADS = ("href", "src", "action", "formaction", "data", "poster", "xlink:href", "srcset", "background")
LEADING = re.compile(r"(https?://|mailto:|tel:|/(?!/)|#|\?|$)")
NAMES = re.compile(r"[a-z][a-z0-9:-]*")


def faults_in(answer: TestResponse) -> list[str]:
    """Returns what would run in an answer, or why it can't be read as what it says it is."""
    if answer.status_code >= 500:
        return [f"answers {answer.status_code}"]
    kind = answer.mimetype
    try:
        if kind == "text/html":
            return active_in(read(answer.text))
        if kind.endswith("json"):
            json.loads(answer.text)
        elif kind.endswith("xml") and "svg" not in kind:
            ElementTree.fromstring(answer.data)
        elif kind == "text/csv":
            widths = {len(row) for row in csv.reader(io.StringIO(answer.text), strict=True) if row}
            return [] if len(widths) <= 1 else [f"rows of {sorted(widths)} cells"]
    except (ValueError, ElementTree.ParseError, csv.Error) as error:
        return [f"no {kind}: {error}"]
    return []


def active_in(page: PageRead) -> list[str]:
    """Returns the elements and attributes of a page that nothing of ours would have written."""
    return [fault for one in page.elements for fault in _faults_of(one)]


def _faults_of(one: Element) -> list[str]:
    faults = [f"<{one.tag}>"] if one.tag in NEVER or not NAMES.fullmatch(one.tag) else []
    for name, value in one.attributes.items():
        if name.startswith("on") or name in ("style", "srcdoc", "http-equiv") or not NAMES.fullmatch(name):
            faults.append(f"<{one.tag} {name}>")
        elif name in LEADS and not LEADING.match(value):
            faults.append(f"<{one.tag} {name}={value[:40]!r}>")
    if one.tag == "script" and "src" not in one.attributes:
        faults += _faults_of_island(one)
    if one.get("target") and "noopener" not in one.get("rel"):
        faults.append("<a target>")
    return faults


def _faults_of_island(one: Element) -> list[str]:
    if not one.get("type").endswith("json"):
        return ["<script>"]
    try:
        json.loads(one.text)
    except ValueError:
        return ["an island that is no JSON"]
    return []


def words_of(page: PageRead) -> str:
    """Returns all that can be read on a page, in fields and on buttons too, across its elements."""
    fields = [one.get("value") for one in page.all("input", "option")]
    return "\n".join([page.text, *fields])

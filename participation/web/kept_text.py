"""What somebody had typed into a form that failed, read from the request alone: no database is asked.

The page of the error shows it again, each text in a field of its own, ready to be sent to the same address
with everything else that was chosen. See docs/decisions/0017.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from flask import g, request
from flask_wtf.csrf import generate_csrf
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import RequestEntityTooLarge
from wtforms import BooleanField, FileField, HiddenField, PasswordField, RadioField, SelectField
from wtforms.fields.core import UnboundField

from participation.foundation import text
from participation.web.forms import Form

ONE_MEGABYTE = 1024 * 1024
# Refused, a request up to this size is still read for the sake of the text in it: pictures of a telephone
# weigh so much. Of texts alone nobody types that many.
LARGEST_READ = 16 * ONE_MEGABYTE
LARGEST_TEXT = 4 * ONE_MEGABYTE
LARGEST_AWAITED = 64 * ONE_MEGABYTE
PIECE = 64 * 1024

NOT_KEPT = ("csrf_token", "switch_language")
CHOSEN = (HiddenField, RadioField, SelectField, BooleanField, FileField)
# A field nobody declared is taken for a text when it reads like one.
LONGEST_CHOICE = 40

# Kind and label of fields, by name.
Known = dict[str, tuple[type, object]]


@dataclass(frozen=True)
class Typed:
    """One text: the name of its field, the label above it (empty when unknown), the words."""

    name: str
    label: object
    words: str
    is_long: bool


@dataclass(frozen=True)
class Kept:
    """A form that can be sent again. Templates take it for `form`: the language switch takes it along."""

    address: str
    typed: list[Typed]
    chosen: list[tuple[str, str]]
    had_file: bool
    has_errors: bool = True

    @property
    def csrf_token(self) -> str:
        """Returns a token that is good for the session of this answer."""
        return str(generate_csrf())

    @property
    def counts_once(self) -> bool:
        """Tells whether the form has a key of its own."""
        return any(name == "form_key" for name, _value in self.chosen)


def kept_text() -> Kept | None:
    """Returns what was typed into the form of this request; None when it holds no text.

    Only what came from a page of ours is shown again, and never a password.
    """
    if request.method != "POST" or request.headers.get("Sec-Fetch-Site") == "cross-site":
        return None
    sent = _sent()
    fields = _fields(set(sent))
    typed, chosen = [], []
    for name, value in _worth_keeping(sent, fields):
        if value.strip() and _is_typed(fields.get(name), value):
            words = text.readable(value)
            label = fields[name][1] if name in fields else ""
            typed.append(Typed(name, label, words, "\n" in words or len(words) > LONGEST_CHOICE))
        else:
            chosen.append((name, value))
    if not typed:
        return None
    return Kept(_address(), typed, chosen, had_file=any(one.filename for one in request.files.values()))


def _sent() -> MultiDict[str, str]:
    """Returns the fields of the request, also of one that is too large to be taken."""
    try:
        return request.form
    except RequestEntityTooLarge:
        has_files = request.mimetype == "multipart/form-data"
        request.max_content_length = LARGEST_READ if has_files else LARGEST_TEXT
        request.max_form_memory_size = LARGEST_TEXT
    try:
        return request.form
    except RequestEntityTooLarge:
        _let_it_arrive()
        return MultiDict()


def _let_it_arrive() -> None:
    """Reads the rest and drops it: cut off while sending, a browser would not show the page that says why."""
    body, left = request.environ["wsgi.input"], min(request.content_length or 0, LARGEST_AWAITED)
    while left > 0 and (piece := body.read(min(left, PIECE))):
        left -= len(piece)


def _fields(names: set[str]) -> Known:
    """Returns kind and label of each field: of the form built for this request, else of the likeliest one."""
    form = g.get("form")
    if form is not None:
        return {field.name: (type(field), field.label.text) for field in form}
    declared = [_declared(one) for one in _all_below(Form)]
    return max(declared, key=lambda one: (len(names & set(one)), -len(set(one) - names)), default={})


def _declared(form: type[Form]) -> Known:
    """Returns kind and label of the fields that a class of forms declares."""
    found: Known = {}
    for name in dir(form):
        field = getattr(form, name, None)
        if isinstance(field, UnboundField):
            label: Any = field.kwargs.get("label", field.args[0] if field.args else "")
            found[name] = (field.field_class, label)
    return found


def _all_below(form: type[Form]) -> Iterator[type[Form]]:
    for one in form.__subclasses__():
        yield one
        yield from _all_below(one)


def _worth_keeping(sent: MultiDict[str, str], fields: Known) -> Iterator[tuple[str, str]]:
    for name, value in sent.items(multi=True):
        kind = fields[name][0] if name in fields else None
        is_secret = "password" in name or (kind is not None and issubclass(kind, PasswordField))
        if name not in NOT_KEPT and not is_secret:
            yield name, value


def _is_typed(field: tuple[type, object] | None, value: str) -> bool:
    if field is not None:
        return not issubclass(field[0], CHOSEN)
    return len(value) > LONGEST_CHOICE or any(one.isspace() for one in value)


def _address() -> str:
    """Returns where the form was sent, on this site whatever the path looks like."""
    query = request.query_string.decode("ascii", "replace")
    path = quote("/" + (request.script_root + request.path).lstrip("/"))
    return path + (f"?{query}" if query else "")

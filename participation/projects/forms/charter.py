"""The form that says of each article of the AI charter whether a project complies."""

from collections.abc import Iterable, Mapping
from typing import Any

from wtforms import HiddenField, RadioField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import AnyOf

from participation.collectivities.ai_charter.reading import Charter
from participation.foundation.i18n import lazy_gettext as _
from participation.foundation.references import hash_of
from participation.projects.actions import NEWER_CHARTER, Saying
from participation.projects.dossier.ai_charter import COMPLIANCES, NEED_A_REASON
from participation.projects.models import CharterStatement, Compliance
from participation.web.forms import Form, long_text, required

REASON_LIMIT = 1000
NOTHING = "nothing"


class CharterForm(Form):
    """Four fields for each article, named by its key: `state-…`, `reason-…`, `revision-…`, `seen-…`.

    `seen` tells whether the writer changed what they saw: one may speak of an article while a colleague
    speaks of another.
    """

    keys: tuple[str, ...] = ()
    in_force = 0
    charter = HiddenField()

    def take_from(self, statements: Mapping[str, CharterStatement]) -> None:
        """Shows the working copy, unless something was just sent."""
        if self.is_submitted():
            return
        for key in self.keys:
            statement = statements.get(key)
            self[f"state-{key}"].data = _state(statement)
            self[f"reason-{key}"].data = statement.reason if statement else ""
            self._see(key, statement)

    def show_overtaken(self, keys: Iterable[str], statements: Mapping[str, CharterStatement]) -> None:
        """Says which answers a colleague changed, and notes that the writer has seen them now."""
        for key in keys:
            self._say(
                f"reason-{key}", _("Article %(number)d: bring both answers together.", **self._which(key))
            )
            self._see(key, statements.get(key))

    def validate(self, extra_validators: Any = None) -> bool:
        """Checks that what needs a reason has one, all of them at once; a newer charter is read first."""
        if self.seen_charter() != self.in_force:
            self._show_in_force()
            return False
        valid = super().validate(extra_validators)
        for key in self.keys:
            state, reason, which = self[f"state-{key}"], self[f"reason-{key}"], self._which(key)
            if state.data in NEED_A_REASON and not reason.data:
                self._say(reason.name, _("Article %(number)d: say why. This sentence is published.", **which))
                valid = False
            if reason.data and state.data == NOTHING:
                self._say(
                    state.name,
                    _("Article %(number)d: say whether the project complies, or empty the reason.", **which),
                )
                valid = False
        return valid

    def sayings(self) -> list[Saying]:
        """Returns what was said of each article, as the domain takes it."""
        return [self._saying(key) for key in self.keys]

    def seen_charter(self) -> int:
        """Returns the version of the charter the writer read, 0 when the client sent no number."""
        return _number(self.charter.data)

    def _show_in_force(self) -> None:
        """Keeps what was typed, and asks to read the version of the charter published meanwhile."""
        self.form_errors.append(NEWER_CHARTER)
        self.charter.data = str(self.in_force)
        for key in self.keys:
            if self[f"state-{key}"].data is None:
                self[f"state-{key}"].data = NOTHING

    def _which(self, key: str) -> dict[str, int]:
        return {"number": self.keys.index(key) + 1}

    def _say(self, field: str, sentence: object) -> None:
        self[field].errors = [*self[field].errors, sentence]

    def _saying(self, key: str) -> Saying:
        state, reason = self[f"state-{key}"].data or NOTHING, self[f"reason-{key}"].data or ""
        return Saying(
            key=key,
            compliance=_compliance(state),
            reason=reason,
            revision=_number(self[f"revision-{key}"].data),
            is_changed=_mark(state, reason) != self[f"seen-{key}"].data,
        )

    def _see(self, key: str, statement: CharterStatement | None) -> None:
        self[f"revision-{key}"].data = str(statement.revision if statement else 0)
        self[f"seen-{key}"].data = _mark(_state(statement), statement.reason if statement else "")


def charter_form(charter: Charter) -> CharterForm:
    """Returns the form of this version of the charter, its fields in the order of the articles."""
    choices = [SelectChoice(value.value, words) for value, words in COMPLIANCES.items()]
    choices.append(SelectChoice(NOTHING, _("Nothing said yet")))
    fields: dict[str, Any] = {"keys": tuple(charter.by_key), "in_force": charter.number}
    for article in charter.articles:
        unsaid = _("Article %(number)d: say whether the project complies.", number=article.number)
        chosen = [required(unsaid), AnyOf([one.value for one in choices], message=unsaid)]
        label = _("Article %(number)d: does the project comply?", number=article.number)
        fields[f"state-{article.key}"] = RadioField(
            label, choices=choices, validate_choice=False, validators=chosen
        )
        fields[f"reason-{article.key}"] = long_text(
            _("Article %(number)d: why, or how", number=article.number), longest=REASON_LIMIT
        )
        fields[f"revision-{article.key}"] = HiddenField(default="0")
        fields[f"seen-{article.key}"] = HiddenField(default="")
    form: CharterForm = type("ThisCharterForm", (CharterForm,), fields)()
    if not form.is_submitted():
        form.charter.data = str(charter.number)
    return form


def _state(statement: CharterStatement | None) -> str:
    return statement.compliance.value if statement and statement.compliance else NOTHING


def _compliance(state: str | None) -> Compliance | None:
    return Compliance(state) if state in list(Compliance) else None


def _mark(state: str, reason: str) -> str:
    return hash_of(f"{state} {reason}")[:16]


def _number(sent: str | None) -> int:
    words = sent or ""
    return int(words) if words.isascii() and words.isdigit() and len(words) < 9 else 0

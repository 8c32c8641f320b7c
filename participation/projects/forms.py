"""Forms of the people who write dossiers: draft, one field, open points, photograph, publication, dates."""

import re
from typing import Any

from wtforms import DateField, FileField, HiddenField, RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice

from participation.foundation.i18n import lazy_gettext as _
from participation.projects.dossier.choices import AUTOMATION_LEVELS, POLICIES
from participation.projects.dossier.fields import SHORT_LIMIT, Field
from participation.projects.models import AnswerState, DossierAnswer, OpenPoint, Provenance
from participation.web.forms import Form, at_most, long_text, required

STATES = {
    AnswerState.ANSWERED: _("Here is the answer"),
    AnswerState.NOT_KNOWN_YET: _("Not known yet"),
    AnswerState.NOT_APPLICABLE: _("Doesn’t apply to this project"),
}
PROVENANCES = {
    Provenance.SERVICE: _("The service itself"),
    Provenance.VENDOR: _("The vendor"),
    Provenance.AUDIT: _("An audit"),
}


class DayField(DateField):
    """A day that may stay empty, with our own sentence when it can't be read."""

    def __init__(self, label: object, **settings: Any) -> None:
        super().__init__(label, format=["%d/%m/%Y", "%Y-%m-%d"], **settings)

    def process_formdata(self, valuelist: list[str]) -> None:
        """Reads the day in either of its two spellings; empty is None."""
        if not valuelist or not valuelist[0].strip():
            self.data = None
            return
        try:
            super().process_formdata([valuelist[0].strip()])
        except ValueError as error:
            raise ValueError(_("Enter a day such as 12/03/2027.")) from error


class DraftForm(Form):
    """The ten fields of a draft: public body and stage are known, eight are asked."""

    name = StringField(
        _("Name of the project"),
        description=_("As you would say it to a neighbour, without a brand."),
        validators=[required(_("Give the project a name.")), at_most(100)],
    )
    description_short = long_text(
        _("In short, what does it do?"),
        _("Two or three sentences, 350 characters at most."),
        longest=350,
        validators=[required(_("Say in two sentences what it does."))],
    )
    policy = SelectField(
        _("What is it about?"),
        choices=[
            SelectChoice("", _("Choose a public policy")),
            *(SelectChoice(value, words) for value, words in POLICIES.items()),
        ],
        validate_choice=False,
        validators=[required(_("Choose a public policy."))],
    )
    contact = StringField(
        _("Whom can residents ask?"),
        description=_("A team with its address or telephone, not a name."),
        validators=[at_most(500)],
    )
    goal = long_text(_("Which problem is to be solved?"), longest=2500)
    alternatives_considered = long_text(
        _("Why not without AI?"), _("The other solutions looked at."), longest=2500
    )
    impact = long_text(_("What does it change for people?"), longest=2500)
    automation_level = RadioField(
        _("Who decides in the end, a person or the machine?"),
        choices=[SelectChoice(value, words) for value, words in AUTOMATION_LEVELS.items()],
        validate_choice=False,
    )
    open_questions = long_text(
        _("What can still change?"),
        _("One point on each line. Everything else can be filled in later."),
        longest=2500,
    )
    already_decided = long_text(_("What is already decided?"), _("One point on each line."), longest=2500)

    def answers(self) -> dict[str, dict[str, str]]:
        """Returns what was answered besides name, summary and policy, by field."""
        texts = {
            name: self[name].data or "" for name in ("contact", "goal", "alternatives_considered", "impact")
        }
        given = {name: {"text": text} for name, text in texts.items() if text}
        if self.automation_level.data in AUTOMATION_LEVELS:
            given["automation_level"] = {"choice": self.automation_level.data}
        return given

    def points(self) -> list[tuple[str, bool]]:
        """Returns each point with whether it is already decided."""
        can_change = [(line, False) for line in _lines(self.open_questions.data)]
        return can_change + [(line, True) for line in _lines(self.already_decided.data)]


class AnswerForm(Form):
    """One field of the dossier; `revision` is the one the writer saw."""

    revision = HiddenField(default="0")
    state = RadioField(
        _("Is there an answer?"),
        choices=[SelectChoice(state.value, words) for state, words in STATES.items()],
        default=AnswerState.ANSWERED.value,
        validators=[required(_("Say whether there is an answer."))],
    )
    choice = RadioField(_("Which one?"), choices=[], validate_choice=False)
    text = long_text(_("The answer"), _("Two to four sentences, in everyday words."))
    short = StringField(
        _("The same in one line (optional)"),
        description=_("For the thirty-second card: 90 characters at most."),
        validators=[at_most(SHORT_LIMIT)],
    )
    reason = long_text(_("Why it isn’t known, or doesn’t apply"), longest=1000)
    owner = StringField(
        _("Who will answer"), description=_("A function, not a name."), validators=[at_most(200)]
    )
    due_on = DayField(_("By which day"), description=_("For example 12/03/2027."))
    provenance = RadioField(
        _("Who says so?"),
        choices=[SelectChoice(kind.value, words) for kind, words in PROVENANCES.items()],
        default=Provenance.SERVICE.value,
        validators=[required(_("Say who says so."))],
    )
    answered_by = StringField(_("Answered by (function)"), validators=[at_most(200)])
    claim = long_text(_("A claim of the vendor that nobody verified (optional)"), longest=500)
    claim_source = StringField(_("Where it was read, and when"), validators=[at_most(300)])

    def fit(self, field: Field) -> None:
        """Keeps what this field of the dossier asks for."""
        self.text.validators = [*self.text.validators[:-1], at_most(field.limit)]
        self.choice.choices = [SelectChoice(value, words) for value, words in field.choices.items()]
        if not field.choices:
            del self.choice
        if not field.has_short:
            del self.short
        if field.is_hard:
            # Only an answer is accepted: nothing else is asked.
            del self.state, self.reason, self.owner, self.due_on

    def take_from(self, answer: DossierAnswer | None) -> None:
        """Shows the working copy, unless something was just sent."""
        if answer is None or self.is_submitted():
            return
        names = (
            "choice",
            "text",
            "short",
            "reason",
            "owner",
            "due_on",
            "answered_by",
            "claim",
            "claim_source",
        )
        for name in names:
            if name in self:
                self[name].data = getattr(answer, name)
        if "state" in self:
            self.state.data = answer.state.value
        self.provenance.data = answer.provenance.value
        self.revision.data = str(answer.revision)

    def seen_revision(self) -> int:
        """Returns the revision the writer saw, 0 when there was none or the client sent no number."""
        sent = self.revision.data or ""
        return int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 9 else 0

    def values(self) -> dict[str, str]:
        """Returns what was typed, as the domain takes it, but for the day."""
        names = ("state", "choice", "text", "short", "reason", "owner", "provenance", "answered_by", "claim")
        typed = {name: self[name].data or "" for name in (*names, "claim_source") if name in self}
        return {"state": AnswerState.ANSWERED.value, **typed}


class PointForm(Form):
    """Something that can still change, or that is already decided."""

    text = StringField(
        _("In one sentence"),
        validators=[required(_("Say in one sentence what can change or is decided.")), at_most(300)],
    )
    is_decided = RadioField(
        _("Can it still change?"),
        choices=[
            SelectChoice("no", _("It can still change")),
            SelectChoice("yes", _("It is already decided")),
        ],
        default="no",
        validators=[required(_("Say whether it can still change."))],
    )
    options = long_text(
        _("The options on the table (optional)"), _("One on each line, begun by a hyphen."), longest=1000
    )
    source = StringField(_("By whom and when it was decided (if it is)"), validators=[at_most(300)])

    def take_from(self, point: OpenPoint) -> None:
        """Shows the point, unless something was just sent."""
        if self.is_submitted():
            return
        self.text.data, self.options.data, self.source.data = point.text, point.options, point.source
        self.is_decided.data = "yes" if point.is_decided else "no"


class PublishForm(Form):
    """The public reason of a version."""

    reason = StringField(
        _("What changes with this version, and why?"),
        description=_("This sentence is published. For example: “First version”, “The cost is known”."),
        validators=[required(_("Say what changes and why: this sentence is published.")), at_most(300)],
    )
    contributions = long_text(
        _("Following which contributions? (optional)"),
        _("Their references or their addresses, one on each line. Their authors are told by e-mail."),
    )

    def references(self) -> list[str]:
        """Returns the references typed, each once, in their order; whole addresses lose what is around."""
        words = re.split(r"[\s,;]+", (self.contributions.data or "").lower())
        return list(dict.fromkeys(_reference(word) for word in words if word))


class LifeForm(Form):
    """The dates after the decision."""

    in_service_on = DayField(_("In service since"), description=_("For example 12/03/2027."))
    evaluated_on = DayField(_("Evaluated on"), description=_("For example 12/03/2027."))
    stopped_on = DayField(_("Stopped on"), description=_("For example 12/03/2027."))


class PhotoForm(Form):
    """A photograph, and what it shows for those who don't see it."""

    photo = FileField(_("Photograph"), description=_("JPEG, PNG or WebP, 900 kB at most."))
    alternative = StringField(
        _("What the picture shows"),
        description=_("One sentence, for people who don’t see it."),
        validators=[required(_("Describe the picture in one sentence.")), at_most(250)],
    )
    credit = StringField(_("Author of the photograph (optional)"), validators=[at_most(150)])


class ConfirmForm(Form):
    """A button that changes something, without field."""


def _reference(word: str) -> str:
    address = re.search(r"/contributions/([^/?#]+)", word)
    return address[1] if address else word


def _lines(text: str | None) -> list[str]:
    return [line.strip(" -•\t") for line in (text or "").splitlines() if line.strip(" -•\t")][:30]

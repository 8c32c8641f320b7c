"""Forms of the people who write and publish decisions."""

from wtforms import DateField, RadioField, StringField
from wtforms.fields.choices import SelectChoice

from participation.decisions.actions import Wording
from participation.decisions.models import AnswerVerdict, DecisionVersion
from participation.foundation.i18n import gettext
from participation.foundation.i18n import lazy_gettext as _
from participation.projects.dossier.path import Level, Path
from participation.projects.models import Outcome
from participation.web.forms import Form, at_most, long_text, required

OUTCOMES = {
    Outcome.ADOPTED: _("Adopted"),
    Outcome.ADOPTED_WITH_CHANGES: _("Adopted with changes"),
    Outcome.POSTPONED: _("Postponed"),
    Outcome.REFUSED: _("Refused"),
    Outcome.WITHOUT_AI: _("Done without artificial intelligence"),
}
VERDICTS = {
    AnswerVerdict.ADOPTED: _("Adopted: what was asked is done"),
    AnswerVerdict.ADAPTED: _("Adapted: something of it is done"),
    AnswerVerdict.REFUSED: _("Refused: it will not be done"),
    AnswerVerdict.DEFERRED: _("Deferred: it will be answered later"),
}


class DayField(DateField):
    """A day, with our own sentence when it can't be read."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Reads the day in either of its two spellings."""
        try:
            super().process_formdata(valuelist)
        except ValueError as error:
            raise ValueError(_("Enter the day of the session, such as 12/03/2027.")) from error


class DecisionForm(Form):
    """The decision itself, before the answers to the themes."""

    outcome = RadioField(
        _("What was decided?"),
        choices=[SelectChoice(kind.value, words) for kind, words in OUTCOMES.items()],
        validators=[required(_("Choose what was decided."))],
    )
    title = StringField(
        _("The decision in one sentence"),
        description=_("As you would say it to a neighbour. It is the title of the page."),
        validators=[required(_("Write the decision in one sentence.")), at_most(200)],
    )
    body = StringField(
        _("Who decided?"),
        description=_("For example: municipal council, community council, mayor’s decree."),
        validators=[required(_("Say which body decided.")), at_most(200)],
    )
    held_on = DayField(
        _("On which day?"),
        description=_("For example: 12/03/2027."),
        format=["%d/%m/%Y", "%Y-%m-%d"],
        validators=[required(_("Enter the day of the session, such as 12/03/2027."))],
    )
    act_number = StringField(_("Number of the act (optional)"), validators=[at_most(100)])
    votes = StringField(
        _("Votes (optional)"),
        description=_("For example: 27 for, 6 against, 2 abstentions."),
        validators=[at_most(200)],
    )
    reasons = long_text(
        _("Why was it decided so?"),
        _("Say what weighed, for and against. This text is published."),
        longest=5000,
        validators=[required(_("Say why it was decided so."))],
    )

    def wording(self) -> Wording:
        """Returns what was typed, as the domain takes it."""
        return Wording(
            outcome=Outcome(self.outcome.data),
            title=self.title.data or "",
            body=self.body.data or "",
            held_on=self.held_on.data,  # type: ignore[arg-type]
            reasons=self.reasons.data or "",
            act_number=self.act_number.data or "",
            votes=self.votes.data or "",
        )

    def reason_for_not_asking(self) -> str:
        """Returns why nobody was asked; empty for a decision that answers a summary."""
        return ""

    def take_from(self, version: DecisionVersion) -> None:
        """Fills the form with a version to be rewritten, unless something was just sent."""
        if not self.is_submitted():
            self.process(obj=version)
            self.outcome.data = version.outcome.value


class DecisionWithoutConsultationForm(DecisionForm):
    """A decision that nobody was asked about: the reason comes first and is published."""

    reason_without_consultation = long_text(
        _("Why did no consultation take place?"),
        _("This reason is published at the top of the decision."),
        validators=[required(_("Say why no consultation took place: this reason is published."))],
    )

    def propose_reason(self, path: Path) -> None:
        """Writes a first reason where the path of the project is a notice; nobody has to keep it."""
        if self.is_submitted() or path.level is not Level.NOTICE:
            return
        if path.is_less:
            self.reason_without_consultation.data = path.why
            return
        self.reason_without_consultation.data = gettext(
            "The minimum path of this project is a public notice: no personal data, no decision about a "
            "person, a low risk. Its dossier is public."
        )

    def reason_for_not_asking(self) -> str:
        """Returns the published reason."""
        return self.reason_without_consultation.data or ""


class ThemeAnswerForm(Form):
    """What is answered to one theme."""

    verdict = RadioField(
        _("What becomes of what was asked?"),
        choices=[SelectChoice(kind.value, words) for kind, words in VERDICTS.items()],
        validators=[required(_("Choose what becomes of what was asked."))],
    )
    answer = long_text(
        _("We decide"),
        _("What will be done, and by when. One to four sentences."),
        validators=[required(_("Say what is decided on this theme."))],
    )
    reason = long_text(
        _("Because"),
        _("The reason, even when the answer is yes."),
        validators=[required(_("Say why."))],
    )


class ConfirmForm(Form):
    """A button that changes something, without field."""

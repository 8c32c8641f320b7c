"""A position, its conditions, and a text if one wishes."""

from collections.abc import Collection, Sequence
from typing import Any

from wtforms import (
    RadioField,
    SelectChoice,
    SelectMultipleField,
    StringField,
)
from wtforms.validators import Regexp

from participation.accounts.models import Person
from participation.contributions.forms.alike import AlikeField
from participation.contributions.forms.guest import (
    LONGEST_TEXT,
    TEXT_HINT,
    GuestForm,
    about_choices,
    about_field,
    put_in_order,
    said,
    sense_field,
)
from participation.contributions.models import Choice, Contribution
from participation.contributions.wording import (
    CHOICES,
    Subject,
)
from participation.foundation.i18n import lazy_gettext as _
from participation.web.forms import at_most, long_text, required

LONGEST_CONDITION = 300


class OpinionForm(GuestForm):
    """A position, conditions to support or to add, and a text if one wishes."""

    choice = RadioField(
        _("What is your position on this project?"),
        choices=[SelectChoice(choice.value, label) for choice, label in CHOICES.items()],
        validators=[required(_("Choose your position."))],
        invalid_choice_message=_("Choose one of the four positions."),
    )
    conditions = SelectMultipleField(_("Which conditions?"), validate_choice=False)
    new_condition = StringField(
        _("Add a condition"),
        description=_("One condition, in one sentence."),
        validators=[at_most(LONGEST_CONDITION)],
    )
    alike = AlikeField(
        _("Does one of these already say it?"), own=_("No, mine says something else: add it as I wrote it")
    )
    body = long_text(
        _("Why? (optional)"),
        TEXT_HINT,
        longest=LONGEST_TEXT,
    )
    sense = sense_field(_("Your text is…"))
    about = about_field()

    postcode = StringField(
        _("Your postcode (optional)"),
        description=_(
            "Counted as inside or outside the perimeter, then forgotten. It refuses nobody and gives no vote "
            "more weight. Leave it empty to say nothing, or to keep what you said before."
        ),
        validators=[Regexp(r"^([0-9]{5})?$", message=_("Enter a postcode of five digits, or nothing."))],
    )

    # The order in which an error summary lists them is that of the page.
    field_order = (
        "choice",
        "conditions",
        "new_condition",
        "alike",
        "body",
        "sense",
        "about",
        "postcode",
        "display_name",
        "email",
    )

    def __init__(
        self,
        *,
        person: Person | None,
        conditions: Sequence[Contribution],
        subjects: Sequence[Subject],
        asks_postcode: bool = False,
    ) -> None:
        super().__init__(person=person)
        if not asks_postcode:
            del self.postcode
        self.conditions.choices = [SelectChoice(one.ref, one.body) for one in conditions]
        self.about.choices = about_choices(subjects)
        put_in_order(self, self.field_order)

    def show(self, *, choice: Choice | None, supported: Sequence[str], display_name: str) -> None:
        """Fills the form with what this person chose before: sending it again replaces that."""
        self.choice.data = choice.value if choice else None
        self.conditions.data = list(supported)
        self.display_name.data = display_name

    def payload(self, *, supported: Collection[str] = ()) -> dict[str, Any]:
        """Returns what is to be applied; conditions supported before and no longer ticked are dropped."""
        known = {choice.value for choice in self.conditions.choices}
        ticked = [ref for ref in self.conditions.data or [] if ref in known]
        said_already = self.alike.chosen()
        if said_already and said_already not in ticked:
            ticked.append(said_already)
        return {
            **self.common(),
            **said(self.sense.data, self.about, asks=self.choice.data == Choice.INFORMATION.value),
            "choice": self.choice.data,
            "conditions": ticked,
            "dropped": [ref for ref in supported if ref in known and ref not in ticked],
            "new_condition": "" if said_already else self.new_condition.data or "",
            "body": self.body.data or "",
            "postcode": (self.postcode.data or "") if "postcode" in self else "",
        }

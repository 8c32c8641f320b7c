"""Forms of a collectivity: inviting, accepting, naming who reviews appeals, settings."""

from collections.abc import Sequence

from wtforms import RadioField, SelectChoice, SelectField, StringField
from wtforms.validators import AnyOf, Optional, Regexp, ValidationError

from participation.collectivities.models import AppealReviewer, Membership, Role
from participation.foundation.i18n import gettext
from participation.foundation.i18n import lazy_gettext as _
from participation.web.forms import Form, at_most, email_field, long_text, name_field, required

# The zones of French territory, from the largest population to the smallest.
TIMEZONES = (
    "Europe/Paris",
    "Indian/Reunion",
    "America/Martinique",
    "America/Guadeloupe",
    "Indian/Mayotte",
    "America/Cayenne",
    "Pacific/Tahiti",
    "Pacific/Noumea",
    "America/Marigot",
    "Pacific/Wallis",
    "America/St_Barthelemy",
    "America/Miquelon",
)

ROLE_CHOICES = {
    Role.AGENT: _("Agent: drafts the dossiers and answers questions"),
    Role.MODERATOR: _("Moderator: opens and runs consultations, moderates, signs summaries"),
    Role.OFFICIAL: _("Elected official: reads, asks, and speaks under their function"),
    Role.ADMINISTRATOR: _(
        "Administrator: publishes projects and decisions, invites staff, changes the settings"
    ),
    Role.AUDITOR: _("Auditor: reads the desk, dossiers and decisions being prepared, changes nothing"),
}


def _without_spaces(value: object) -> object:
    return "".join(value.split()) if isinstance(value, str) else value


class InviteForm(Form):
    """Offers a role to somebody."""

    email = email_field(_("Their professional e-mail address"))
    role = RadioField(
        _("Which role?"),
        choices=[SelectChoice(role.value, words) for role, words in ROLE_CHOICES.items()],
        validate_choice=False,
        validators=[
            required(_("Choose a role.")),
            Regexp("^(" + "|".join(Role) + ")$", message=_("Choose a role.")),
        ],
    )
    function = StringField(
        _("Their function"),
        description=_("Shown beside what they say officially, such as “Head of the water service”."),
        validators=[required(_("Enter their function.")), at_most(120)],
    )


class AcceptForm(Form):
    """Accepts an invitation."""

    display_name = name_field(
        _("Your name, as colleagues will read it"),
        _("First name and surname. The public sees your function."),
        longest=80,
        validators=[required(_("Enter your name."))],
    )


class AppealReviewerForm(Form):
    """Names who answers the appeals for which nobody else is left."""

    membership_id = SelectField(
        _("To whom do these appeals go?"),
        choices=[],
        validate_choice=False,
        validators=[required(_("Choose a moderator of another collectivity."))],
    )

    def __init__(self, moderators: Sequence[Membership], named: AppealReviewer | None) -> None:
        super().__init__()
        self.moderators = {str(one.id): one for one in moderators}
        offered = [SelectChoice(value, _where_and_what(one)) for value, one in self.moderators.items()]
        self.membership_id.choices = [SelectChoice("", _("Choose…")), *offered]
        if named is not None and not self.is_submitted():
            self.membership_id.data = str(named.membership_id)

    def validate_membership_id(self, field: SelectField) -> None:
        """Refuses whoever is not in the list any more."""
        if field.data not in self.moderators:
            raise ValidationError(_("Choose a moderator of another collectivity."))

    def chosen(self) -> Membership:
        """Returns the moderator chosen in a form that is well formed."""
        return self.moderators[self.membership_id.data]


class ReferentForm(Form):
    """Names who receives questions; the empty choice names nobody."""

    membership_id = SelectField(_("Who is the AI referent?"), choices=[], validate_choice=False)

    def __init__(self, members: Sequence[Membership], named_id: int | None, *, nobody: object) -> None:
        super().__init__()
        self.members = {str(one.id): one for one in members}
        offered = [SelectChoice(value, _who_and_what(one)) for value, one in self.members.items()]
        self.membership_id.choices = [SelectChoice("", nobody), *offered]
        if not self.is_submitted():
            self.membership_id.data = str(named_id or "")

    def validate_membership_id(self, field: SelectField) -> None:
        """Refuses whoever is not in the list any more."""
        if field.data and field.data not in self.members:
            raise ValidationError(_("Choose an agent or an administrator of this collectivity."))

    def chosen(self) -> Membership | None:
        """Returns the one chosen in a form that is well formed, None for nobody."""
        return self.members.get(self.membership_id.data or "")


class AnsweringForm(ReferentForm):
    """The referent of a collectivity, and within how many working days an answer is owed."""

    days = StringField(
        _("Within how many working days is an answer owed?"),
        description=_(
            "Weekends and public holidays don’t count. It holds for questions asked from now on; "
            "clocks that already run keep their date."
        ),
        filters=[_without_spaces],
        validators=[
            required(_("Enter a number of working days.")),
            Regexp(r"^[0-9]{1,3}$", message=_("Enter a number of working days, in digits.")),
        ],
    )


def _who_and_what(member: Membership) -> str:
    """Returns a function and a name, as colleagues know one another."""
    name = member.person.display_name or gettext("no name given")
    function = member.function or gettext("no function given")
    return str(gettext("%(function)s – %(name)s", function=function, name=name))


def _where_and_what(moderator: Membership) -> str:
    """Returns a collectivity and a function: an address or a name says less, and to people elsewhere."""
    function = moderator.function or gettext("moderator")
    where = moderator.collectivity.display_name
    return str(gettext("%(collectivity)s – %(function)s", collectivity=where, function=function))


class SettingsForm(Form):
    """What a collectivity says of itself, on every page and on its legal pages."""

    display_name = StringField(
        _("Full name"),
        description=_("As in “Town of Villeneuve-sur-Lys”."),
        validators=[required(_("Enter the full name.")), at_most(120)],
    )
    name = StringField(
        _("Short name"),
        description=_("Shown at the top of each page."),
        validators=[required(_("Enter the short name.")), at_most(80)],
    )
    siret = StringField(
        _("SIRET number"),
        filters=[_without_spaces],
        validators=[
            Optional(),
            Regexp(r"^[0-9]{14}$", message=_("Enter the 14 digits of the SIRET number.")),
        ],
    )
    population = StringField(
        _("Number of inhabitants"),
        filters=[_without_spaces],
        validators=[
            Optional(),
            Regexp(r"^[0-9]{1,8}$", message=_("Enter a number of inhabitants, in digits.")),
        ],
    )
    timezone = SelectField(
        _("Time zone"),
        description=_("Opening and closing times are said in this zone."),
        choices=[SelectChoice(zone, zone) for zone in TIMEZONES],
        validate_choice=False,
        validators=[AnyOf(TIMEZONES, message=_("Choose one of the time zones offered."))],
    )
    accent = StringField(
        _("Accent colour"),
        description=_("As #6A1B4D. It must be dark enough to be read: it is checked."),
        validators=[required(_("Enter a colour, such as #6A1B4D.")), at_most(7)],
    )
    address = long_text(_("Postal address"), longest=500)
    email = email_field(_("E-mail address for the public"), is_required=False)
    telephone = StringField(_("Telephone number"), validators=[at_most(40)])
    opening_hours = StringField(_("Opening hours"), validators=[at_most(200)])
    publication_director = StringField(
        _("Director of publication"),
        description=_("The person, by function, who answers for what the site publishes."),
        validators=[at_most(200)],
    )
    host = long_text(
        _("Host of the site"), _("Name, address and telephone number of whoever hosts it."), longest=1000
    )
    data_protection_contact = long_text(_("Contact of the data protection officer"), longest=500)
    moderation_contact = long_text(_("Contact about moderation"), longest=500)

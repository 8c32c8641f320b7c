"""Forms to sign in and to change one's account."""

from wtforms import BooleanField, PasswordField, SelectChoice, SelectField

from participation.accounts.passwords import LONGEST
from participation.foundation.i18n import LANGUAGES
from participation.foundation.i18n import lazy_gettext as _
from participation.web.forms import Form, at_most, email_field, name_field, required
from participation.web.watched import WatchedForm


class LinkForm(WatchedForm):
    """Asks for a sign-in link."""

    email = email_field(
        _("Your e-mail address"), _("We send you a link that signs you in. No account is needed beforehand.")
    )


class ParticipationForm(LinkForm):
    """Asks for a link to what one said without an account."""

    email = email_field(
        _("Your e-mail address"), _("The one you gave when you took part. We send a link to it.")
    )


class EnterForm(Form):
    """Presses the button of a link; whoever has no account may want one."""

    opens_account = BooleanField(
        _("Open an account too"),
        description=_("Then you no longer confirm each thing you send by e-mail. You can do it later."),
    )


class PasswordSignInForm(Form):
    """Signs in with a password."""

    email = email_field(_("Your e-mail address"))
    password = PasswordField(
        _("Your password"), validators=[required(_("Enter your password.")), at_most(LONGEST)]
    )


class PasswordForm(Form):
    """Chooses a password."""

    password = PasswordField(
        _("New password"),
        description=_("At least 12 characters. A few words one after the other are easiest to remember."),
        validators=[required(_("Choose a password.")), at_most(LONGEST)],
    )


class IdentityForm(Form):
    """Changes the name shown and the language of mails."""

    display_name = name_field(
        _("The name shown beside what you write"),
        _("It is public. A first name or a pseudonym is enough."),
        longest=80,
        validators=[required(_("Enter the name to show."))],
    )
    language = SelectField(
        _("The language of the mails you receive"),
        choices=[SelectChoice(code, name) for code, name in LANGUAGES.items()],
        validate_choice=False,
    )

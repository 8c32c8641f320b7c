"""The form of the path chosen for a project."""

from wtforms import RadioField
from wtforms.fields.choices import SelectChoice

from participation.foundation.i18n import lazy_gettext as _
from participation.projects.dossier.path import LEVELS, Path
from participation.web.forms import Form, long_text, required


class PathForm(Form):
    """The path that is followed, and why when it isn't the minimum."""

    level = RadioField(
        _("Which path do you follow?"),
        choices=[SelectChoice(level.value, words) for level, words in LEVELS.items()],
        validators=[required(_("Choose a path."))],
    )
    reason = long_text(
        _("Why, if it isn’t the minimum?"),
        _("One or two sentences, published as they are. For the minimum, leave this empty."),
        longest=600,
    )

    def take_from(self, path: Path) -> None:
        """Shows the path that is followed, unless something was just sent."""
        if not self.is_submitted():
            self.level.data, self.reason.data = path.level.value, path.why

"""The form of what can still change, or is already decided."""

from wtforms import RadioField, StringField
from wtforms.fields.choices import SelectChoice

from participation.foundation.i18n import lazy_gettext as _
from participation.projects.models import OpenPoint
from participation.web.forms import Form, at_most, long_text, required


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

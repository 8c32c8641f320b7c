"""The choice of the letters to print."""

from collections.abc import Sequence

from wtforms import SelectChoice, SelectMultipleField

from participation.foundation.i18n import lazy_gettext as _
from participation.notifications.paper.queries import Letter
from participation.web.forms import Form


class LettersForm(Form):
    """Letters ticked: those not printed yet, unless somebody chooses otherwise."""

    letters = SelectMultipleField(_("Letters to print"), validate_choice=False)

    def __init__(self, letters: Sequence[Letter]) -> None:
        super().__init__()
        self.letters.choices = [SelectChoice(one.key, one.key) for one in letters]
        if not self.is_submitted():
            self.letters.data = [one.key for one in letters if one.printed is None]

"""Public forms: a field that people never see, and a signed moment that tells how long one took.

Nothing here refuses anybody: what is unusual is told to whoever records the form, which is then flagged. Only
a form that stayed open for many days is shown once more, with its text, before it is taken.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any, ClassVar

from flask import current_app
from itsdangerous import BadSignature, URLSafeSerializer
from wtforms import HiddenField, StringField

from participation.foundation import clock
from participation.foundation.i18n import lazy_gettext as _
from participation.web.forms import OnceForm

OLDEST = timedelta(days=3)


@dataclass(frozen=True)
class Manner:
    """How a form was sent: seconds since it was shown (None when unknown), and what is unusual about it."""

    seconds: float | None = None
    is_trap_filled: bool = False
    is_fast: bool = False
    was_shown: bool = True


class WatchedForm(OnceForm):
    """A form of the public; `manner()` tells how it was sent, `stamp()` is what its page carries along."""

    # Nobody who reads and writes is quicker, in seconds; a single button takes less.
    QUICKEST: ClassVar[float] = 2.0

    shown = HiddenField()
    detail = StringField(_("Leave this field empty"))

    def manner(self) -> Manner:
        """Returns how the form was sent; one that no page of ours showed is told too."""
        seconds = self._seconds()
        return Manner(
            seconds=seconds,
            is_trap_filled=bool(self.detail.data),
            is_fast=seconds is not None and seconds < self.QUICKEST,
            was_shown=seconds is not None,
        )

    def stamp(self) -> str:
        """Returns the signed moment of the first showing; a new one where there is none that still counts."""
        seconds = self._seconds()
        if seconds is not None and not self._is_old(seconds):
            return str(self.shown.data)
        # Whoever is asked once more has had the time to read.
        moment = clock.now() - timedelta(seconds=self.QUICKEST if seconds is not None else 0)
        return str(_signer().dumps([self.key(), moment.timestamp()]))

    def validate(self, extra_validators: Any = None) -> bool:
        """Checks every field; a form shown days ago comes back once, with all that was typed."""
        valid = super().validate(extra_validators)
        seconds = self._seconds()
        if seconds is None or not self._is_old(seconds):
            return valid
        self.form_errors.append(
            _(
                "This page had been open for more than %(days)d days. Your text is still here: "
                "read it again, then send it.",
                days=OLDEST.days,
            )
        )
        return False

    def _seconds(self) -> float | None:
        """Returns how long ago this very form was shown; None when its page was not one of ours."""
        try:
            key, moment = _signer().loads(self.shown.data or "")
            seconds = clock.now().timestamp() - float(moment)
        except (BadSignature, ValueError, TypeError):
            return None
        return seconds if key == self.form_key.data and seconds >= 0 else None

    @staticmethod
    def _is_old(seconds: float) -> bool:
        return seconds > OLDEST.total_seconds()


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt="form shown")

"""A cell that says that nothing is known yet, or that a question doesn't apply, as our exports write it."""

from participation.foundation.i18n import LANGUAGES, gettext, speaking
from participation.projects.models import AnswerState


def read_state(cell: str) -> tuple[AnswerState, str] | None:
    """Returns the state a cell says and its reason; None when it says an answer."""
    for language in LANGUAGES:
        with speaking(language):
            beginnings = {
                AnswerState.NOT_KNOWN_YET: gettext("Not known yet: %(reason)s", reason=""),
                AnswerState.NOT_APPLICABLE: gettext("Doesn’t apply to this project: %(reason)s", reason=""),
            }
        for state, beginning in beginnings.items():
            if cell.startswith(beginning.rstrip()):
                return state, cell[len(beginning.rstrip()) :].strip()
    return None

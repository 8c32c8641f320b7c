"""How sure one must be of whoever sends a form online, whatever channel they first took part through."""

from typing import Any

from participation.consultations.models import Assurance, Consultation
from participation.consultations.permissions import NEEDED, is_sure_enough
from participation.contributions.models import Kind, Place
from participation.foundation.errors import NotAllowed

# Nobody needs to be surer to take something back than to have it recorded.
TAKING_BACK = ("withdraw", "withdraw_position", "not_useful", "not_support")


def require_level_online(place: Place, assurance: Assurance, kind: str, payload: dict[str, Any]) -> None:
    """Raises NotAllowed, with the way forward, for a form sent online below the least level asked for.

    A question to the service, what is said under a function and what is taken back need none.
    """
    asks_service = kind == "comment" and payload.get("kind") == Kind.SERVICE_QUESTION.value
    is_free = kind in TAKING_BACK or asks_service or payload.get("spoken_as")
    if isinstance(place, Consultation) and not is_free and not is_sure_enough(assurance, place):
        raise NotAllowed(NEEDED[place.minimum_assurance])

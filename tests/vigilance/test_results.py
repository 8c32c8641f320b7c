"""The page of results says how many positions are flagged, beside each level, and never who."""

import pytest
from flask.testing import FlaskClient

from participation.consultations.models import Assurance
from participation.foundation.database import db
from tests.factories.consultations import a_participant, an_open_consultation
from tests.factories.contributions import a_position
from tests.factories.vigilance import a_series


@pytest.mark.parametrize(
    ("flagged", "told"),
    [
        (0, None),
        (4, "Parmi elles, moins de 5 viennent de séries signalées"),
        (6, "Parmi elles, 6 viennent de séries signalées"),
    ],
)
def test_flagged_positions_are_told_beside_their_level(
    visitor: FlaskClient, flagged: int, told: str | None
) -> None:
    consultation = an_open_consultation()
    people = [a_participant(consultation, assurance=Assurance.ACCOUNT) for _ in range(8)]
    for one in people:
        one.display_name = "Nom de quelqu’un"
        a_position(participant=one)
    if flagged:
        a_series(*people[:flagged])
    db.session.commit()

    page = visitor.get(f"/consultations/{consultation.slug}/resultats").text

    assert ("signalées" in page) == bool(told)
    assert told is None or told in page
    assert "Nom de quelqu’un" not in page

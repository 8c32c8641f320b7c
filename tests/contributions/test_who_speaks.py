"""Who speaks: a function is shown with a mark that no chosen name can hold, wherever a text is read."""

import pytest
from flask.testing import FlaskClient

from participation.contributions.models import Contribution
from participation.foundation.database import db
from tests.factories.consultations import a_participant, an_open_consultation
from tests.factories.contributions import a_contribution

FUNCTION = "Adjointe au numérique"
MARK = '<b class="official">Official</b>'


@pytest.fixture
def thread() -> tuple[Contribution, Contribution, Contribution]:
    """Returns a comment under the name of a function, its official reply, and a reply to that one."""
    consultation = an_open_consultation(slug="debat")
    posing = a_contribution(participant=a_participant(consultation, display_name=FUNCTION))
    official = a_contribution(parent=posing, spoken_as=FUNCTION)
    further = a_contribution(parent=official)
    a_contribution(parent=official, participant=posing.participant)
    again = a_contribution(parent=official)
    again.reply_to_id = further.id
    further.participant.display_name = FUNCTION
    db.session.commit()
    return posing, official, further


def test_a_function_and_a_name_that_imitates_it_are_told_apart_on_every_page(
    visitor: FlaskClient, thread: tuple[Contribution, Contribution, Contribution]
) -> None:
    posing, official, _further = thread

    for address in ("/en/consultations/debat", f"/en/contributions/{posing.ref}"):
        page = visitor.get(address).text
        assert page.count("comment--official") == page.count("Official reply") == 1
        assert page.index("Remark") < page.index("Official reply")
        assert f"in reply to {FUNCTION}" in page
        assert f"in reply to the official text of {FUNCTION}" in page
    assert MARK in visitor.get(f"/en/contributions/{official.ref}/repondre").text
    assert MARK not in visitor.get(f"/en/contributions/{posing.ref}/repondre").text


def test_a_text_of_its_own_under_a_function_is_no_reply(visitor: FlaskClient) -> None:
    official = a_contribution(spoken_as=FUNCTION)
    db.session.commit()

    page = visitor.get(f"/en/contributions/{official.ref}").text

    assert "Official text" in page and "Official reply" not in page

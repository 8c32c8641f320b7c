"""Switching the language keeps the page, its query, and what was typed."""

from flask.testing import FlaskClient

from participation.contributions.models import PendingSubmission
from participation.foundation.database import db
from tests.factories.consultations import a_consultation
from tests.forms import hidden_fields


def test_a_page_leads_to_itself_in_the_other_language(visitor: FlaskClient) -> None:
    french = visitor.get("/projets?etape=proposed").text
    english = visitor.get("/en/projets?etape=proposed").text

    assert 'href="/en/projets?etape=proposed"' in french and '<html lang="fr">' in french
    assert 'href="/projets?etape=proposed"' in english and '<html lang="en">' in english
    assert 'href="/en/decisions"' in english


def test_a_form_comes_back_in_the_other_language_with_everything_typed(visitor: FlaskClient) -> None:
    heard = a_consultation()
    db.session.commit()
    form = f"/consultations/{heard.slug}/avis"
    typed = {
        **hidden_fields(visitor.get(form).text),
        "choice": "opposed",
        "body": "Ma phrase à moi.",
        "email": "a",
    }

    answer = visitor.post("/en" + form, data={**typed, "switch_language": "1"})

    assert answer.status_code == 200
    assert '<html lang="en">' in answer.text
    assert "Ma phrase à moi." in answer.text and 'value="a"' in answer.text
    assert "error-summary" not in answer.text
    assert db.session.query(PendingSubmission).count() == 0

"""One form sent again and again by several processes, and by a copy started later: one row, one page."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from flask import Flask, current_app

from participation.consultations.models import Consultation
from participation.contributions.models import Contribution, PendingSubmission, Submission
from participation.foundation.database import db
from tests.concurrency.counting import count
from tests.concurrency.world import Crew, an_app, app_of_this_process
from tests.factories.accounts import a_person
from tests.factories.consultations import an_open_consultation
from tests.forms import hidden_fields
from tests.people import a_browser

pytestmark = [pytest.mark.keeps_its_own_database, pytest.mark.xdist_group("concurrency")]

Rounds = Callable[[int, int], int]
Form = dict[str, str]
Answer = tuple[int, str]


def send_again(address: str, cookie: str, form: Form, _number: int) -> Answer:
    """Sends a form from this process as the browser that holds the cookie."""
    browser = app_of_this_process().test_client()
    browser.set_cookie("participation", cookie)
    with app_of_this_process().app_context():
        answer = browser.post(address, data=form)
    return answer.status_code, answer.location


def a_form(consultation: Consultation, *, signed_in: bool) -> tuple[str, str, Form]:
    """Returns where a form goes, the cookie of the browser that opened it, and what it holds."""
    address = f"/consultations/{consultation.slug}/avis"
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    browser = a_browser(app, a_person() if signed_in else None)
    db.session.commit()
    hidden = hidden_fields(browser.get(address).text)
    cookie = browser.get_cookie("participation")
    assert cookie is not None
    form = {**hidden, "choice": "opposed", "body": "Une seule fois."}
    return address, cookie.value, form if signed_in else {**form, "email": "claire@mail.example"}


@pytest.mark.parametrize("signed_in", [True, False])
def test_a_form_replayed_by_several_workers_counts_once(crew: Crew, rounds: Rounds, signed_in: bool) -> None:
    consultation = an_open_consultation()
    address, cookie, form = a_form(consultation, signed_in=signed_in)

    answers = crew.at_once(partial(send_again, address, cookie, form), times=rounds(52, 1000))

    assert {status for status, _location in answers} == {302}
    assert len(set(answers)) == 1
    kept = (
        count(Contribution, consultation_id=consultation.id),
        count(PendingSubmission, consultation_id=consultation.id),
    )
    assert kept == ((1, 0) if signed_in else (0, 1))


def test_a_form_replayed_after_a_restart_counts_once(crew: Crew, tmp_path: Path) -> None:
    consultation = an_open_consultation()
    address, cookie, form = a_form(consultation, signed_in=True)
    before = set(crew.at_once(partial(send_again, address, cookie, form)))
    restarted = an_app(tmp_path, db.engine.url.render_as_string(hide_password=False))
    browser = restarted.test_client()
    browser.set_cookie("participation", cookie)

    with restarted.app_context():
        answer = browser.post(address, data=form)
        page = browser.get(answer.location)
        db.session.remove()
        db.engine.dispose()

    assert {(answer.status_code, answer.location)} == before
    assert "Une seule fois." in page.text
    assert count(Submission, form_key=form["form_key"]) == 1

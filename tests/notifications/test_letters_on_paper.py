"""Letters: owed to whoever left a postal address, printed by name, telling what became of what they wrote."""

import sqlalchemy as sa
from flask.testing import FlaskClient

from participation.activity.models import Event
from participation.collectivities.models import Role
from participation.consultations.models import Channel
from participation.contributions.models import Visibility
from participation.contributions.paper.actions import erase_form
from participation.contributions.paper.models import PaperForm
from participation.contributions.paper.queries import texts_named
from participation.foundation import clock
from participation.foundation.database import db
from participation.notifications.paper.actions import print_letters
from participation.notifications.paper.models import PaperLetter
from participation.notifications.paper.queries import letters_of, waiting_letters
from tests.factories.consultations import an_open_consultation
from tests.factories.decisions import Heard, a_decision, a_heard_project
from tests.factories.paper import a_form, an_agent
from tests.forms import post_form

ADDRESS = "Rose Le Goff\n3 rue des Ajoncs\n35000 Rennes"


def test_a_letter_is_owed_to_whoever_left_an_address_and_to_nobody_else() -> None:
    consultation = an_open_consultation()
    form = a_form(consultation, postal_address=ADDRESS)
    a_form(consultation)
    a_form(an_open_consultation(), postal_address=ADDRESS)

    letters = letters_of(consultation.project.collectivity_id)

    assert [(one.form.id, one.version, one.printed) for one in letters] == [(form.id, None, None)]


def test_a_printed_letter_says_who_and_when_and_waits_no_more() -> None:
    consultation = an_open_consultation()
    form, member = a_form(consultation, postal_address=ADDRESS), an_agent(consultation)

    for _time in range(2):
        print_letters([form.ref], member=member)

    marks = db.session.scalars(sa.select(PaperLetter)).all()
    events = db.session.scalars(sa.select(Event).filter_by(action="letters.printed")).all()
    assert [(mark.form_id, mark.printed_by_id) for mark in marks] == [(form.id, member.id)]
    assert len(events) == 2
    assert waiting_letters(consultation.project.collectivity_id) == 0


def test_an_erased_form_is_written_to_no_more() -> None:
    consultation = an_open_consultation()
    form, member = a_form(consultation, postal_address=ADDRESS), an_agent(consultation)

    erase_form(form, reason="Elle l’a demandé au guichet.", member=member)

    assert letters_of(consultation.project.collectivity_id) == []


def heard_on_paper(heard: Heard) -> PaperForm:
    """Returns the form on which the first contribution of a heard project stood."""
    text = heard.contributions[0]
    form = PaperForm(
        ref="papierabcd",
        consultation_id=heard.consultation.id,
        participant_id=text.participant_id,
        channel=Channel.PAPER,
        received_on=clock.today(),
        source="Urne",
        postal_address=ADDRESS,
        contributions=[text.ref],
        added_supports=[],
    )
    db.session.add(form)
    db.session.flush()
    return form


def test_once_decided_the_letter_says_what_became_of_what_they_wrote(
    visitor: FlaskClient,
    sign_in,  # type: ignore[no-untyped-def]
) -> None:
    heard = a_heard_project()
    form = heard_on_paper(heard)
    version = a_decision(heard, published=True)
    sign_in(visitor, heard.agent.person)
    db.session.commit()
    address = f"/gestion/{heard.collectivity.slug}/courriers"

    listed = visitor.get(address).text
    printed = post_form(visitor, address, letters=f"{form.ref}.{version.id}")

    assert "rue des Ajoncs" not in listed
    for words in ("rue des Ajoncs", version.title, heard.contributions[0].body, "papierabcd"):
        assert words in printed.text
    assert printed.headers["Cache-Control"] == "private, no-store"
    assert heard.contributions[1].body not in printed.text


def test_a_text_hidden_since_is_not_repeated_in_a_letter(
    visitor: FlaskClient,
    sign_in,  # type: ignore[no-untyped-def]
) -> None:
    consultation = an_open_consultation()
    form = a_form(consultation, postal_address=ADDRESS, body="Des mots qui ont été masqués.")
    texts_named(form.contributions)[0].visibility = Visibility.HIDDEN
    sign_in(visitor, an_agent(consultation, Role.MODERATOR).person)
    db.session.commit()

    page = post_form(
        visitor, f"/gestion/{consultation.project.collectivity.slug}/courriers", letters=form.ref
    )

    assert "rue des Ajoncs" in page.text
    assert "ont été masqués" not in page.text


def test_no_letter_ticked_or_one_of_another_collectivity_is_refused(
    visitor: FlaskClient,
    sign_in,  # type: ignore[no-untyped-def]
) -> None:
    consultation = an_open_consultation()
    a_form(consultation, postal_address=ADDRESS)
    other = a_form(postal_address="Ailleurs")
    sign_in(visitor, an_agent(consultation).person)
    db.session.commit()
    address = f"/gestion/{consultation.project.collectivity.slug}/courriers"

    answers = [post_form(visitor, address), post_form(visitor, address, letters=other.ref)]

    assert [answer.status_code for answer in answers] == [422, 422]
    assert "Ailleurs" not in answers[1].text

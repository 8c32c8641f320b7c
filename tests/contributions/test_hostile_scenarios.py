"""What somebody tries who wants to count twice, too late, unseen, or in another's name.

The identifiers are those of group H of the catalogue of abuse. Tried elsewhere, and not repeated here:
H01, H02 at the same instant: concurrency/test_one_vote_each.py, test_choosing_at_once.py;
H03 replays: test_sent_once.py; H04 floods: vigilance/test_limits.py;
H06, H08 seconds and clocks: consultations/test_at_the_announced_second.py, test_confirming.py;
H07 suspended, closed early by two people: consultations/test_pausing.py, test_closing_early.py;
H09 too little assurance, with the way forward: consultations/test_minimum_assurance.py;
H10 two identities of one person: test_linking_identities.py, test_one_position_per_human.py;
H15 choosing among what says the same: test_conditions_offered.py; H16 depth: test_submitting.py;
H17 changing words after a reaction: test_editing.py; H20 paper twice: paper/test_typing_in_forms.py;
H21 receipts and keys of others: test_receipts.py, test_sent_once.py.
H11 and H19 don't exist here: no list of voters is brought in, nothing is ranked.
"""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from participation.accounts.models import Person
from participation.consultations.models import Participant
from participation.contributions.models import (
    ConditionSupport,
    Contribution,
    PendingSubmission,
    Submission,
    Visibility,
)
from participation.contributions.queries import Tally, position_tally
from participation.foundation import clock
from participation.foundation.database import db
from tests.contributions.recorded import rows
from tests.factories.accounts import PASSWORD, a_person, a_sign_in_link
from tests.factories.consultations import (
    a_consultation,
    a_participant,
    an_open_consultation,
)
from tests.factories.contributions import a_condition, a_contribution
from tests.factories.moderation import a_hidden_contribution
from tests.forms import hidden_fields, post_form
from tests.people import a_browser


def test_one_person_signed_in_by_two_methods_in_two_browsers_counts_once(app: Flask) -> None:  # H02
    consultation = an_open_consultation(slug="ouverte")
    text, condition = a_contribution(consultation), a_condition(consultation)
    person = a_person(password=PASSWORD)
    a_sign_in_link(person, "lien")
    db.session.commit()
    by_link, by_password = app.test_client(), app.test_client()
    post_form(by_link, "/connexion/lien/lien")
    post_form(by_password, "/connexion/mot-de-passe", email=person.email, password=PASSWORD)

    for browser, choice in ((by_link, "favourable"), (by_password, "opposed")):
        assert post_form(browser, "/consultations/ouverte/avis", choice=choice).status_code == 302
        for act in (f"{text.ref}/utile", f"{condition.ref}/soutenir"):
            assert post_form(browser, f"/contributions/{act}").status_code == 302

    assert position_tally(consultation.id) == Tally(opposed=1)
    assert rows()[1:3] == [1, 1]
    assert (text.useful_count, condition.support_count) == (1, 1)


@pytest.mark.parametrize("choice", ["maybe", "Opposed", "1", "", "favourable,opposed", "choice.opposed"])
def test_a_position_that_is_not_in_the_list_is_no_position(app: Flask, choice: str) -> None:  # H05
    consultation = an_open_consultation(slug="ouverte")
    browser = a_browser(app, a_person())

    answer = post_form(browser, "/consultations/ouverte/avis", choice=choice, body="Mon texte gardé.")

    assert answer.status_code == 422
    assert "Mon texte gardé." in answer.text
    assert position_tally(consultation.id) == Tally()


def test_two_positions_in_one_form_are_one(app: Flask) -> None:  # H05
    consultation = an_open_consultation(slug="ouverte")
    browser = a_browser(app, a_person())

    post_form(browser, "/consultations/ouverte/avis", choice=["favourable", "opposed"])

    assert position_tally(consultation.id).total == 1


def test_conditions_of_elsewhere_hidden_or_invented_are_not_supported(app: Flask) -> None:  # H05
    consultation = an_open_consultation(slug="ouverte")
    here, elsewhere = a_condition(consultation), a_condition(an_open_consultation())
    hidden, comment = a_condition(consultation), a_contribution(consultation)
    a_hidden_contribution(hidden)
    browser = a_browser(app, a_person())
    sent = [here.ref, elsewhere.ref, hidden.ref, comment.ref, "jamais-vue", here.ref, str(here.id)]

    answer = post_form(browser, "/consultations/ouverte/avis", choice="conditions", conditions=sent)

    assert answer.status_code == 302
    supported = db.session.scalars(sa.select(ConditionSupport.contribution_id)).all()
    assert supported == [here.id]


@pytest.mark.parametrize("act", ["soutenir", "utile", "repondre", "signaler"])
def test_what_nobody_may_read_takes_no_vote_no_reply_and_no_report(app: Flask, act: str) -> None:  # H05, H16
    consultation = an_open_consultation()
    draft = a_consultation(announced=False)
    texts = [
        a_condition(consultation, visibility=Visibility.PENDING),
        a_condition(consultation, visibility=Visibility.WITHDRAWN),
        a_condition(draft),
    ]
    an_open_consultation(slug="lue")
    browser, before = a_browser(app, a_person()), rows()
    hidden = hidden_fields(browser.get("/consultations/lue/commentaire").text)

    for text in texts:
        sent = {**hidden, "body": "Une réponse gardée.", "rule": "attack"}
        answer = browser.post(f"/contributions/{text.ref}/{act}", data=sent)
        assert 400 <= answer.status_code < 500, (act, text.visibility)

    assert rows() == before


@pytest.mark.parametrize(
    "typed",
    [
        "CLAIRE@mail.example",
        "  claire@MAIL.EXAMPLE ",
        "claire@mail.example\u200b",
        "\ufeffclaire@mail.example",
    ],
)
def test_one_address_however_it_is_typed_is_one_person(
    visitor: FlaskClient, typed: str
) -> None:  # H10, C05, C12
    consultation = an_open_consultation(slug="ouverte")
    known = a_person(email="claire@mail.example", account=False)
    db.session.commit()

    answer = post_form(visitor, f"/consultations/{consultation.slug}/avis", choice="opposed", email=typed)

    held = db.session.scalars(sa.select(PendingSubmission.person_id)).all()
    assert (answer.status_code, held) in ((302, [known.id]), (422, []))
    assert db.session.scalars(sa.select(Person.email).where(Person.email.contains("laire"))).all() == [
        "claire@mail.example"
    ]


@pytest.mark.parametrize(
    "typed",
    [
        "claire＠mail.example",
        "ｃｌａｉｒｅ@mail.example",
        "cla\u0131re@mail.example",
        "claİre@mail.example",
        "clai\u0301re@mail.example",
        "claire@mail.example.",
        "claire@mail。example",
        "сlaire@mail.example",
        "claire@ma\u00adil.example",
        "claire@mail.example\nBcc: x@mail.example",
        "claire@mail.example,x@mail.example",
        '"claire"@mail.example',
        "straße@mail.example",
        "ΣΊΣΥΦΟΣ@mail.example",
        "c" * 65 + "@mail.example",
        "claire@" + "m" * 250 + ".example",
    ],
)
def test_an_address_in_other_letters_is_refused_and_is_nobody_new(visitor: FlaskClient, typed: str) -> None:
    consultation = an_open_consultation(slug="ouverte")
    db.session.commit()
    people = db.session.query(Person).count()

    answer = post_form(visitor, f"/consultations/{consultation.slug}/avis", choice="opposed", email=typed)

    assert answer.status_code == 422
    assert db.session.query(Person).count() == people


def test_a_link_that_is_shared_opens_a_page_and_chooses_nothing(app: Flask) -> None:  # H12
    consultation = an_open_consultation(slug="ouverte")
    text, condition = a_contribution(consultation), a_condition(consultation)
    browsers = [app.test_client(), a_browser(app, a_person())]
    before = rows()

    for browser in browsers:
        for address in (
            f"/consultations/ouverte/avis?choice=opposed&conditions={condition.ref}&body=Texte",
            "/consultations/ouverte/commentaire?body=Texte&email=a@mail.example",
            f"/contributions/{text.ref}/utile?email=a@mail.example",
            f"/contributions/{condition.ref}/soutenir",
            f"/contributions/{text.ref}/utile/retirer",
            "/consultations/ouverte/avis/retirer",
        ):
            for ask in (browser.get, browser.head, browser.options):
                assert ask(address).status_code in (200, 302), address

    assert rows() == before


def test_no_figure_is_taken_from_whoever_sends_a_form(app: Flask) -> None:  # H13
    consultation = an_open_consultation(slug="ouverte")
    condition, person = a_condition(consultation), a_person()
    other = a_participant(consultation)
    browser = a_browser(app, person)
    claimed = {
        "support_count": "999",
        "useful_count": "999",
        "reply_count": "999",
        "participant_id": str(other.id),
        "person_id": str(other.person_id),
        "assurance": "verified",
        "channel": "paper",
        "visibility": "published",
        "spoken_as": "Le maire",
        "sent_at": "2020-01-01T00:00",
        "ref": "abcdefghij",
    }

    post_form(
        browser,
        "/consultations/ouverte/avis",
        choice="conditions",
        conditions=condition.ref,
        body="Oui.",
        **claimed,
    )

    said = db.session.query(Contribution).filter_by(body="Oui.").one()
    [mine] = db.session.query(Participant).filter_by(person_id=person.id)
    assert condition.support_count == 1
    assert (said.useful_count, said.reply_count, said.spoken_as, said.participant_id) == (0, 0, "", mine.id)
    assert (mine.assurance.value, mine.channel.value) == ("account", "online")
    assert said.ref != "abcdefghij" and said.created_at > clock.now() - timedelta(minutes=5)


def test_two_people_never_hold_the_same_receipt(app: Flask) -> None:  # H22
    consultation = an_open_consultation(slug="ouverte")
    browsers = [a_browser(app, a_person()) for _ in range(3)]

    answers = [post_form(one, "/consultations/ouverte/avis", choice="opposed") for one in browsers]
    receipts = [answer.location for answer in answers]

    assert len(set(receipts)) == 3 and all("/recu/" in one for one in receipts)
    assert Submission.__table__.c.ref.unique
    assert position_tally(consultation.id) == Tally(opposed=3)

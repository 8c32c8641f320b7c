"""One's own page: what one said and chose, where it stands, what is owed; for guests too."""

import re
from collections.abc import Callable
from datetime import timedelta

import sqlalchemy as sa
from flask.testing import FlaskClient

from participation.accounts.models import Person, Session
from participation.activity.models import Deadline
from participation.consultations.models import Assurance, Participant
from participation.contributions.actions import find_useful, support_condition
from participation.contributions.models import Choice, Visibility
from participation.decisions.actions import publish_decision
from participation.foundation import clock
from participation.foundation.database import db
from participation.moderation.models import Appeal
from tests.architecture.listening import statements
from tests.factories.accounts import PASSWORD, a_person, a_sign_in_link
from tests.factories.consultations import a_closed_consultation, a_participant, an_open_consultation
from tests.factories.contributions import a_condition, a_contribution, a_position, a_question
from tests.factories.decisions import a_decision, a_heard_project
from tests.factories.moderation import a_hidden_contribution, an_appeal
from tests.factories.projects import a_complete_project
from tests.forms import post_form

Mails = Callable[[], list[str]]
SignIn = Callable[[FlaskClient, Person], None]
LINK = re.compile(r"http://participation\.example(/connexion/lien/\S+)")


def test_a_guest_reaches_what_they_said_without_opening_an_account(
    visitor: FlaskClient, mails: Mails
) -> None:
    guest = a_person(account=False)
    said = a_contribution(participant=a_participant(person=guest))
    db.session.commit()

    asked = post_form(visitor, "/ma-participation", email=guest.email)
    (letter,) = mails()
    post_form(visitor, LINK.search(letter)[1])  # type: ignore[index]

    page = visitor.get("/compte").text
    assert asked.location == "/connexion/envoye"
    assert said.ref in page
    assert "/compte/ouvrir" in page
    assert not db.session.get_one(Person, guest.id).has_account
    for address in ("/compte/donnees", "/compte/donnees/fichier", "/compte/effacement", "/compte/suivi"):
        assert visitor.get(address).status_code == 200, address


def test_known_and_unknown_addresses_get_the_same_answer(visitor: FlaskClient) -> None:
    guest = a_person(account=False)
    db.session.commit()

    answers = [
        post_form(visitor, "/ma-participation", email=email).location
        for email in (guest.email, "jamais-vue@mail.example")
    ]

    assert answers == ["/connexion/envoye"] * 2


def test_opening_an_account_is_an_act_of_its_own(visitor: FlaskClient, sign_in: SignIn) -> None:
    guest = a_person(account=False)
    sign_in(visitor, guest)

    post_form(visitor, "/compte", to="/compte/ouvrir")

    assert db.session.get_one(Person, guest.id).has_account
    assert "/compte/ouvrir" not in visitor.get("/compte").text


def test_an_account_opened_later_counts_for_what_was_said_before_where_it_is_not_over(
    visitor: FlaskClient, sign_in: SignIn
) -> None:
    guest = a_person(account=False)
    open_one = a_participant(an_open_consultation(), person=guest, assurance=Assurance.EMAIL)
    over = a_participant(a_closed_consultation(), person=guest, assurance=Assurance.EMAIL)
    confirmed = a_participant(an_open_consultation(), person=guest, assurance=Assurance.VERIFIED)
    sign_in(visitor, guest)

    post_form(visitor, "/compte", to="/compte/ouvrir")

    for one in (open_one, over, confirmed):
        db.session.refresh(one)
    levels = [one.assurance for one in (open_one, over, confirmed)]
    assert levels == [Assurance.ACCOUNT, Assurance.EMAIL, Assurance.VERIFIED]


def test_what_a_guest_sends_while_signed_in_is_known_by_their_mail_only(
    visitor: FlaskClient, sign_in: SignIn
) -> None:
    consultation = an_open_consultation(slug="ouverte")
    levels = []
    for has_account in (False, True):
        person = a_person(account=has_account)
        browser = visitor.application.test_client()
        sign_in(browser, person)
        post_form(browser, "/consultations/ouverte/avis", choice="opposed")
        levels.append(db.session.scalars(sa.select(Participant).filter_by(person_id=person.id)).one())

    assert [one.assurance for one in levels] == [Assurance.EMAIL, Assurance.ACCOUNT]
    assert {one.consultation_id for one in levels} == {consultation.id}


def test_each_text_says_where_it_stands(visitor: FlaskClient, sign_in: SignIn) -> None:
    heard = a_heard_project(themes=1)
    publish_decision(a_decision(heard), member=heard.administrator)
    author = heard.authors[0]
    participant = a_participant(person=author)
    a_contribution(participant=participant, visibility=Visibility.PENDING)
    a_contribution(participant=participant, visibility=Visibility.WITHDRAWN)
    a_hidden_contribution(a_contribution(participant=participant))
    a_contribution(participant=participant)
    db.session.commit()
    author.language = "fr"
    sign_in(visitor, author)

    page = visitor.get("/compte").text

    for words in (
        "En attente de relecture",
        "Retiré par vous",
        "Masqué par la modération",
        "consultation ouverte jusqu",
        "Une réponse y est donnée dans la décision",
        "Cette phrase vise un agent reconnaissable.",
    ):
        assert words in page, words
    assert f"/decisions/{db.session.scalars(sa.text('SELECT ref FROM decision')).one()}#theme-" in page
    assert "#constat-" in page


def test_an_author_appeals_from_their_own_page_and_nobody_else_does(
    visitor: FlaskClient, sign_in: SignIn
) -> None:
    author = a_person()
    hidden = a_contribution(participant=a_participant(person=author))
    a_hidden_contribution(hidden)
    sign_in(visitor, author)
    stranger = visitor.application.test_client()
    sign_in(stranger, a_person())
    address = f"/contributions/{hidden.ref}/recours"

    assert address in visitor.get("/compte").text
    assert stranger.get(address).status_code == 404
    sent = post_form(visitor, address, message="Je ne visais personne.")

    assert sent.location == address
    assert db.session.scalars(sa.select(Appeal)).one().lodged_at is not None
    assert visitor.get(address).status_code == 200


def test_what_is_owed_is_listed_late_ones_first(visitor: FlaskClient, sign_in: SignIn) -> None:
    author = a_person()
    now = clock.now()
    project = a_complete_project()
    asker = a_participant(outside=project, person=author)
    late = a_question(project, participant=asker, at=now - timedelta(days=200), body="En retard ?")
    a_question(project, at=now - timedelta(days=300), body="D’une autre ?")
    soon = a_question(project, participant=asker, body="Bientôt ?")
    an_appeal(a_hidden_contribution(a_contribution(participant=a_participant(person=author))))
    sign_in(visitor, author)

    page = visitor.get("/compte").text

    owed = page[page.index('id="attendu"') : page.index('id="textes"')]
    assert owed.index(late.ref) < owed.index(soon.ref)
    assert "En retard de" in owed
    assert "/recours" in owed
    assert "D’une autre" not in owed
    assert db.session.query(Deadline).filter_by(done_at=None).count() == 4


def test_choices_are_shown_to_their_author_with_the_way_to_change_them(
    visitor: FlaskClient, sign_in: SignIn
) -> None:
    person = a_person()
    consultation = an_open_consultation(slug="ouverte")
    participant = a_participant(consultation, person=person)
    a_position(participant=participant, choice=Choice.OPPOSED)
    a_position(participant=a_participant(a_closed_consultation(), person=person))
    condition, useful = a_condition(consultation), a_contribution(consultation, body="Très juste.")
    support_condition(participant, condition)
    find_useful(participant, useful)
    sign_in(visitor, person)

    page = visitor.get("/compte").text

    assert "2 positions" in page
    assert page.count('/consultations/ouverte/avis"') == 1
    assert page.count("/consultations/ouverte/avis/retirer") == 1
    assert f"/contributions/{condition.ref}/soutenir/retirer" in page
    assert f"/contributions/{useful.ref}/utile/retirer" in page
    assert condition.ref in page
    assert "Très juste." in page
    assert visitor.get("/compte/choix/positions").status_code == 200
    assert visitor.get("/compte/choix/autre").status_code == 404


def test_200_texts_are_read_twenty_at_a_time_with_as_many_statements_as_one(
    visitor: FlaskClient, sign_in: SignIn
) -> None:
    person = a_person()
    participant = a_participant(person=person)
    a_contribution(participant=participant)
    sign_in(visitor, person)
    with statements() as few:
        visitor.get("/compte")
    for _text in range(200):
        a_contribution(participant=participant)
        a_position(participant=a_participant(person=person))
        support_condition(participant, a_condition(participant.consultation))
    db.session.commit()

    with statements() as many:
        page = visitor.get("/compte").text
    refs, address = set(re.findall(r"/contributions/([a-z0-9]{10})\"", page)), "/compte/textes"
    while address:
        page = visitor.get(address).text
        refs |= set(re.findall(r"/contributions/([a-z0-9]{10})\"", page))
        following = re.search(r'rel="next" href="([^"]+)"', page)
        address = following[1] if following else ""

    assert len(few) <= len(many) <= len(few) + 2
    assert len(many) <= 30
    assert len(refs) >= 201


def test_taking_away_and_leaving_ask_to_sign_in_again_after_a_quarter_of_an_hour(
    visitor: FlaskClient, sign_in: SignIn, mails: Mails
) -> None:
    person = a_person(password=PASSWORD)
    sign_in(visitor, person)
    session = db.session.scalars(sa.select(Session)).one()
    session.created_at = clock.now() - timedelta(minutes=16)
    db.session.commit()

    for address in ("/compte/donnees/fichier", "/compte/donnees/fichiers", "/compte/effacement"):
        assert visitor.get(address).location == f"/compte/confirmer?next={address}"
    assert visitor.get("/compte/donnees").status_code == 200
    post_form(visitor, "/compte/confirmer?next=/compte/effacement")
    (letter,) = mails()
    back = post_form(visitor, LINK.search(letter)[1])  # type: ignore[index]

    assert back.location == "/compte/effacement"
    assert visitor.get("/compte/effacement").status_code == 200
    assert db.session.get_one(Session, session.id).revoked_at is not None


def test_the_link_of_somebody_else_changes_who_is_signed_in(visitor: FlaskClient, sign_in: SignIn) -> None:
    first, second = a_person(), a_person(account=False)
    sign_in(visitor, first)
    a_sign_in_link(second, "token")
    db.session.commit()

    post_form(visitor, "/connexion/lien/token")

    page = visitor.get("/compte").text
    assert str(second.email) in page
    assert str(first.email) not in page

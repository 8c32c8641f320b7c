"""Pages of one contribution, and small forms for people signed in."""

from collections.abc import Callable

import sqlalchemy as sa
from flask.testing import FlaskClient

from participation.accounts.models import Person
from participation.collectivities.models import Role
from participation.consultations.models import Assurance, Participant
from participation.contributions.models import Contribution, Kind, Visibility
from participation.contributions.queries import position_tally
from participation.foundation.database import db
from tests.factories.accounts import a_person
from tests.factories.collectivities import a_member
from tests.factories.consultations import a_closed_consultation, a_participant, an_open_consultation
from tests.factories.contributions import a_condition, a_contribution, contributions_of_person
from tests.forms import post_form

SignIn = Callable[[FlaskClient, Person], None]


def test_somebody_signed_in_is_recorded_at_once(visitor: FlaskClient, sign_in: SignIn) -> None:
    consultation = an_open_consultation()
    person = a_person()
    sign_in(visitor, person)

    recorded = post_form(
        visitor, f"/consultations/{consultation.slug}/avis", choice="information", body="Qui écoute ?"
    )

    assert "/recu/" in recorded.location
    assert position_tally(consultation.id).information == 1
    (question,) = contributions_of_person(person)
    assert question.kind is Kind.SERVICE_QUESTION
    assert question.participant.assurance is Assurance.ACCOUNT


def test_small_forms_count_once(visitor: FlaskClient, sign_in: SignIn) -> None:
    condition = a_condition()
    contribution = a_contribution(condition.consultation)
    sign_in(visitor, a_person())

    for _ in range(2):
        assert post_form(visitor, f"/contributions/{contribution.ref}/utile").status_code == 302
        assert post_form(visitor, f"/contributions/{condition.ref}/soutenir").status_code == 302

    db.session.refresh(condition)
    db.session.refresh(contribution)
    assert (contribution.useful_count, condition.support_count) == (1, 1)


def test_a_member_of_staff_answers_under_their_function(visitor: FlaskClient, sign_in: SignIn) -> None:
    question = a_contribution(kind=Kind.SERVICE_QUESTION)
    agent = a_member(Role.AGENT, question.consultation.project.collectivity, function="Service Accueil")
    sign_in(visitor, agent.person)

    post_form(visitor, f"/contributions/{question.ref}/repondre", body="Personne n’écoute.")

    answer = db.session.scalars(sa.select(Contribution).filter_by(parent_id=question.id)).one()
    assert answer.spoken_as == "Service Accueil"
    assert "comment--official" in visitor.get(f"/contributions/{question.ref}").text


def test_once_closed_only_a_service_is_offered_to_answer(visitor: FlaskClient, sign_in: SignIn) -> None:
    consultation = a_closed_consultation()
    said = a_contribution(consultation)
    agent = a_member(Role.AGENT, consultation.project.collectivity)
    reply, own_page = f"/contributions/{said.ref}/repondre", f"/contributions/{said.ref}"
    offered, statuses = [], []

    for person in (a_person(), agent.person):
        sign_in(visitor, person)
        offered.append(reply in visitor.get(own_page).text)
        statuses.append(visitor.get(reply).status_code)
        assert reply not in visitor.get(f"/projets/{consultation.project.slug}").text

    assert (offered, statuses) == ([False, True], [409, 200])


def test_what_is_not_published_shows_no_text(visitor: FlaskClient) -> None:
    for visibility in (Visibility.PENDING, Visibility.HIDDEN, Visibility.WITHDRAWN, Visibility.ERASED):
        contribution = a_contribution(body="Un texte à ne pas voir", visibility=visibility)
        db.session.commit()

        page = visitor.get(f"/contributions/{contribution.ref}")

        assert page.status_code == 200 and "Un texte à ne pas voir" not in page.text
        assert page.headers["X-Robots-Tag"] == "noindex"
        for act in ("repondre", "utile", "soutenir"):
            assert visitor.get(f"/contributions/{contribution.ref}/{act}").status_code == 404


def test_one_withdraws_only_ones_own(visitor: FlaskClient, sign_in: SignIn) -> None:
    person = a_person()
    own = a_contribution(participant=a_participant(person=person))
    other = a_contribution(own.consultation)
    sign_in(visitor, person)

    assert visitor.get(f"/contributions/{other.ref}/retirer").status_code == 403
    assert post_form(visitor, f"/contributions/{own.ref}/retirer").status_code == 302

    db.session.refresh(own)
    assert own.visibility is Visibility.WITHDRAWN


def test_taking_a_text_back_promises_no_answer(visitor: FlaskClient) -> None:
    contribution = a_contribution(participant=a_participant(person=a_person()))

    page = visitor.get(f"/en/contributions/{contribution.ref}/retirer").text

    assert "The one you gave when you wrote this text." in page
    assert "How will the answer reach you?" not in page


def test_a_text_nobody_marked_has_no_count(visitor: FlaskClient) -> None:
    contribution = a_contribution(useful_count=0)
    marked = a_contribution(contribution.consultation, useful_count=1)

    page = visitor.get(f"/en/consultations/{contribution.consultation.slug}").text

    assert "Useful (0)" not in page
    assert f"/contributions/{contribution.ref}/utile" in page
    assert f'/contributions/{marked.ref}/utile">Useful (1)' in page


def test_a_text_shows_its_markup_as_text(visitor: FlaskClient) -> None:
    contribution = a_contribution(body="<script>alert(1)</script> & **gras**")
    db.session.commit()

    page = visitor.get(f"/contributions/{contribution.ref}").text

    assert "<script>alert" not in page and "&lt;script&gt;" in page


def test_a_page_of_comments_costs_the_same_however_many_there_are(visitor: FlaskClient) -> None:
    small, large = an_open_consultation(), an_open_consultation()
    for consultation, how_many in ((small, 2), (large, 15)):
        for _ in range(how_many):
            a_contribution(parent=a_contribution(consultation))
    db.session.commit()

    assert _statements(visitor, small.slug) == _statements(visitor, large.slug)


def _statements(visitor: FlaskClient, slug: str) -> int:
    run: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if statement.startswith("SELECT"):
            run.append(statement)

    sa.event.listen(sa.engine.Engine, "before_cursor_execute", note)
    try:
        assert visitor.get(f"/consultations/{slug}").status_code == 200
    finally:
        sa.event.remove(sa.engine.Engine, "before_cursor_execute", note)
    assert len(run) <= 10, run
    return len(run)


def test_the_same_person_keeps_one_name_in_a_consultation(visitor: FlaskClient, sign_in: SignIn) -> None:
    consultation = an_open_consultation()
    sign_in(visitor, a_person())
    address = f"/consultations/{consultation.slug}/commentaire"

    post_form(visitor, address, body="Un premier texte", display_name="Nadia")
    post_form(visitor, address, body="Un second texte", display_name="Nadia B.")

    people = db.session.scalars(sa.select(Participant).filter_by(consultation_id=consultation.id)).all()
    assert [one.display_name for one in people] == ["Nadia B."]


def test_a_condition_no_longer_ticked_is_no_longer_supported(visitor: FlaskClient, sign_in: SignIn) -> None:
    condition = a_condition()
    sign_in(visitor, a_person())
    address = f"/consultations/{condition.consultation.slug}/avis"

    post_form(visitor, address, choice="conditions", conditions=condition.ref)
    assert f'value="{condition.ref}" checked' in " ".join(visitor.get(address).text.split())
    post_form(visitor, address, choice="opposed")

    db.session.refresh(condition)
    assert condition.support_count == 0


def test_the_language_switch_keeps_the_text_and_records_nothing(visitor: FlaskClient) -> None:
    consultation = an_open_consultation()
    db.session.commit()
    address = f"/consultations/{consultation.slug}/avis"

    response = post_form(
        visitor, address, to=f"/en{address}", choice="opposed", body="Un texte gardé", switch_language="1"
    )

    assert response.status_code == 200
    assert "Un texte gardé" in response.text and '<html lang="en">' in response.text
    assert position_tally(consultation.id).total == 0


def test_hostile_values_never_break_a_form(visitor: FlaskClient) -> None:
    contribution = a_contribution()
    db.session.commit()
    wild = "\x00" + "💥" * 3000
    addresses = (
        f"/consultations/{contribution.consultation.slug}/avis",
        f"/consultations/{contribution.consultation.slug}/commentaire",
        f"/contributions/{contribution.ref}/repondre",
        f"/contributions/{contribution.ref}/utile",
        f"/contributions/{contribution.ref}/retirer",
    )
    names = (
        "choice",
        "conditions",
        "new_condition",
        "body",
        "sense",
        "about",
        "display_name",
        "email",
        "form_key",
    )

    for address in addresses:
        assert visitor.post(address, data={}).status_code == 422
        assert post_form(visitor, address, **dict.fromkeys(names, wild)).status_code == 422

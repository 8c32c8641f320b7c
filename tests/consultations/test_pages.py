"""The pages of consultations: the list, one of them, and its back office."""

from collections.abc import Callable
from datetime import timedelta

from flask.testing import FlaskClient

from participation.accounts.models import Person
from participation.collectivities.models import Role
from participation.consultations.queries import consultation_by_slug
from participation.contributions.models import Choice, Stance, Visibility
from participation.foundation import clock
from participation.foundation.database import db
from tests.factories.collectivities import a_member
from tests.factories.consultations import a_closed_consultation, a_consultation, an_open_consultation
from tests.factories.contributions import a_contribution, a_position
from tests.factories.projects import a_complete_project
from tests.forms import post_form

SignIn = Callable[[FlaskClient, Person], None]


def test_the_list_puts_what_closes_soonest_first_and_hides_drafts(visitor: FlaskClient) -> None:
    later = an_open_consultation(title="Ferme plus tard")
    soon = an_open_consultation(title="Ferme bientôt", closes_at=clock.now() + timedelta(days=2))
    closed = a_closed_consultation(title="Déjà close")
    a_consultation(title="Brouillon secret", announced=False)
    db.session.commit()

    page = visitor.get("/consultations").text

    assert page.index(soon.title) < page.index(later.title) < page.index(closed.title)
    assert "Brouillon secret" not in page
    assert later.title not in visitor.get("/consultations?etat=closed").text
    assert visitor.get("/consultations?etat=rien&page=99999999999").status_code == 200


def test_a_cancelled_consultation_leads_to_its_summary(visitor: FlaskClient) -> None:
    consultation = an_open_consultation()
    consultation.cancelled_at = clock.now() - timedelta(hours=2)
    consultation.project.summary_published_at = clock.now() - timedelta(hours=1)
    db.session.commit()

    page = visitor.get(f"/consultations/{consultation.slug}").text

    assert f"/consultations/{consultation.slug}/synthese" in page


def test_the_page_shows_results_so_far_and_the_discussion(visitor: FlaskClient) -> None:
    consultation = an_open_consultation()
    for _ in range(6):
        a_position(consultation, Choice.OPPOSED)
    a_contribution(consultation, body="Un texte publié", stance=Stance.AGAINST)
    a_contribution(consultation, body="Un texte caché", visibility=Visibility.HIDDEN)
    a_contribution(consultation, body="Un texte qui attend", visibility=Visibility.PENDING)
    db.session.commit()

    response = visitor.get(f"/consultations/{consultation.slug}")

    assert "Un texte publié" in response.text
    assert "Un texte caché" not in response.text and "placeholder" in response.text
    assert "Un texte qui attend" not in response.text
    assert f"/consultations/{consultation.slug}/avis" in response.text
    assert "public" in response.headers["Cache-Control"] and "Set-Cookie" not in response.headers


def test_a_draft_does_not_exist_for_the_public(visitor: FlaskClient) -> None:
    draft = a_consultation(announced=False)
    db.session.commit()

    for path in ("", "/avis", "/commentaire", "/a-confirmer"):
        assert visitor.get(f"/consultations/{draft.slug}{path}").status_code == 404


def test_a_moderator_prepares_and_announces_a_consultation(visitor: FlaskClient, sign_in: SignIn) -> None:
    project = a_complete_project()
    collectivity = project.collectivity
    a_member(Role.ADMINISTRATOR, collectivity)
    moderator = a_member(Role.MODERATOR, collectivity)
    sign_in(visitor, moderator.person)
    fields = {
        "title": "Votre avis compte",
        "opens_at": (clock.now() + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M"),
        "closes_at": (clock.now() + timedelta(days=40)).strftime("%Y-%m-%dT%H:%M"),
        "perimeter": "Toute la commune",
        "use_of_answers": "Le conseil répond à chaque demande.",
        "decided_by": "Le conseil municipal",
        "answer_due_on": (clock.now() + timedelta(days=90)).strftime("%Y-%m-%d"),
        "moderation": "before",
        "minimum_assurance": "email",
    }

    new = f"/gestion/{collectivity.slug}/projets/{project.slug}/consultation"
    prepared = post_form(visitor, new, **fields)
    assert prepared.status_code == 302
    draft = consultation_by_slug("votre-avis-compte")
    assert draft is not None and not draft.is_public
    announced = post_form(visitor, prepared.location, to=prepared.location + "/annoncer")
    assert announced.status_code == 302

    db.session.refresh(draft)
    assert draft.is_public
    assert visitor.get(f"/consultations/{draft.slug}").status_code == 200


def test_impossible_dates_are_refused_with_the_text_kept(visitor: FlaskClient, sign_in: SignIn) -> None:
    project = a_complete_project()
    moderator = a_member(Role.MODERATOR, project.collectivity)
    sign_in(visitor, moderator.person)
    new = f"/gestion/{project.collectivity.slug}/projets/{project.slug}/consultation"

    for wrong in ("0001-01-01T00:00", "9999-12-31T23:59", "demain", "2026-13-45T99:99", ""):
        response = post_form(visitor, new, title="Titre gardé", opens_at=wrong, closes_at=wrong)

        assert response.status_code == 422
        assert "Titre gardé" in response.text


def test_an_agent_may_not_run_a_consultation(visitor: FlaskClient, sign_in: SignIn) -> None:
    consultation = an_open_consultation()
    collectivity = consultation.project.collectivity
    sign_in(visitor, a_member(Role.AGENT, collectivity).person)
    page = f"/gestion/{collectivity.slug}/consultations/{consultation.slug}"

    assert visitor.get(page).status_code == 200
    assert visitor.get(f"{page}/annuler").status_code == 403
    assert visitor.get(f"{page}/prolonger").status_code == 403

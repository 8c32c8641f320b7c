"""The whole way without JavaScript: a guest asks, the referent answers, the guest is told once."""

import re
from collections.abc import Callable

from flask import Flask
from flask.testing import FlaskClient

from participation.collectivities.actions import set_answering
from participation.collectivities.models import Role
from participation.foundation.database import db
from participation.projects.models import Project
from tests.factories.collectivities import a_member
from tests.factories.projects import a_complete_project
from tests.forms import post_form
from tests.people import a_browser

Mails = Callable[[], list[str]]
ASKED = "Combien de séances pour ce prix ?"
ANSWERED = "Quatorze séances : la réponse sur le but le dit maintenant."


def link_in(mail: str, words: str) -> str:
    found = re.search(rf"http://participation\.example(/\S*{words}\S*)", mail)
    assert found is not None, mail
    return found[1]


def ask_as_guest(visitor: FlaskClient, project: Project, mails: Mails) -> str:
    dossier = visitor.get(f"/projets/{project.slug}/dossier").text
    way = re.search(r'href="(/projets/[^"]*/questions/poser\?sur=field:goal)"', dossier)
    assert way is not None
    sent = post_form(
        visitor, way[1], body=ASKED, about="field:goal", display_name="Claire", email="claire@mail.example"
    )
    assert "48 heures" in visitor.get(sent.location).text
    confirmed = post_form(visitor, link_in(mails()[-1], "confirmer"))
    receipt = visitor.get(confirmed.location).text
    ref = re.search(r"/contributions/(\w{10})", receipt)
    assert ref is not None
    return ref[1]


def test_from_the_question_of_a_guest_to_the_answer_in_the_dossier(
    app: Flask, visitor: FlaskClient, mails: Mails
) -> None:
    project = a_complete_project()
    body = project.collectivity
    moderator = a_member(Role.MODERATOR, body)
    referent = a_member(Role.AGENT, body, function="Référente IA")
    administrator = a_member(Role.ADMINISTRATOR, body)
    set_answering(body, referent=referent, days=10)
    db.session.commit()
    desk = f"/gestion/{body.slug}"

    ref = ask_as_guest(visitor, project, mails)
    assert ASKED not in visitor.get(f"/projets/{project.slug}/questions").text

    moderating = a_browser(app, moderator.person)
    post_form(moderating, f"{desk}/moderation?ref={ref}", action="accept", ref=ref)
    assert ASKED in visitor.get(f"/projets/{project.slug}/questions").text

    to_referent = mails()[-1]
    assert f"To: {referent.person.email}" in to_referent
    answering = a_browser(app, referent.person)
    assert ref in answering.get(f"{desk}/questions").text
    post_form(answering, link_in(to_referent, "questions"), outcome="next", body=ANSWERED)
    post_form(
        answering,
        f"{desk}/projets/{project.slug}/dossier/goal",
        state="answered",
        text="Répondre plus vite, en quatorze séances.",
        provenance="service",
        answered_by="Référente IA",
    )
    assert ANSWERED not in visitor.get(f"/contributions/{ref}").text

    publishing = a_browser(app, administrator.person)
    post_form(publishing, f"{desk}/projets/{project.slug}/publication", reason="Le nombre de séances est dit")

    to_guest = mails()[-1]
    assert "To: claire@mail.example" in to_guest and ANSWERED in to_guest
    page = visitor.get(link_in(to_guest, "contributions")).text
    assert ANSWERED in page and "Référente IA" in page
    way = re.search(r'href="(/projets/[^"]*/versions/2)"', page)
    assert way is not None and "quatorze séances" in visitor.get(way[1]).text

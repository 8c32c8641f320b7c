"""The whole story through the pages only, in French, without a script."""

from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from time_machine import Traveller

from tests.journeys import steps
from tests.journeys.live_server import Site
from tests.journeys.window import Window

pytestmark = [pytest.mark.browser, pytest.mark.keeps_its_own_database]

PARIS = ZoneInfo("Europe/Paris")
CONDITION = "La machine dit d’abord qu’elle est une machine."
COMMENT = "Le soir, personne ne répond jamais : ce serait un progrès pour ma mère."
FEAR = "Je crains que les agents de l’accueil disparaissent peu à peu."
REPLY = "Ma mère raccroche dès qu’elle entend une machine."
ASIDE = "Et les trottoirs de la rue Basse, quand seront-ils refaits ?"
INSULT = "Cette bande d’incapables ne sait même pas décrocher un téléphone."
REASON = "Ce texte s’en prend aux personnes, non au projet."
FINDING = "Des habitants demandent que la machine se présente et ne réponde que le soir."
ANSWER = "La machine se présentera dès le premier mot et ne répondra qu’après 18 heures."
BECAUSE = "Presque tout le monde l’a demandé."


def test_from_a_proposal_to_its_decision(
    open_window: Callable[[], Window], site: Site, clock_hands: Traveller
) -> None:
    administrator, agent, moderator, official, guest, resident, angry = (open_window() for _ in range(7))
    opens = (datetime.now(PARIS) + timedelta(days=1)).replace(hour=9, minute=0)
    closes = opens + timedelta(days=16)

    # A team is made, a project described, published, and put to the residents.
    steps.install(administrator, administrator="ines@bourg.example")
    steps.sign_in(administrator, "ines@bourg.example")
    for window, email, name, role in (
        (agent, "agent@bourg.example", "Ali Agent", "agent"),
        (moderator, "moderation@bourg.example", "Maud Moderne", "moderator"),
        (official, "elue@bourg.example", "Elsa Élue", "official"),
    ):
        steps.invite(administrator, email, role=role, function=f"Fonction de {name}")
        steps.accept_invitation(window, email, name=name)
    steps.draft_project(agent)
    steps.fill_in_what_lacks(agent)
    steps.add_open_point(agent, "Les mots par lesquels la machine se présente")
    steps.publish_dossier(administrator)
    consultation = steps.prepare_consultation(moderator, opens=opens, closes=closes)

    # Residents speak; a moderator reads before anything appears.
    clock_hands.shift(timedelta(days=2))
    comment, condition = steps.give_opinion(
        guest, consultation, email="farida@example.org", condition=CONDITION, comment=COMMENT
    )
    insult = steps.send_as_guest(angry, consultation, email="marc@example.org", name="Marc", comment=INSULT)
    steps.sign_in(resident, "rene@example.org")
    fear = steps.send_with_account(resident, consultation, name="René", comment=FEAR)
    aside = steps.send_with_account(resident, consultation, name="René", comment=ASIDE)
    guest.opens(consultation)
    assert COMMENT not in guest.text
    steps.accept(moderator, comment, condition, fear, aside)
    steps.hide(moderator, insult, rule="attack", reason=REASON)
    answer = steps.reply(resident, comment, answer=REPLY)
    steps.accept(moderator, answer)
    guest.opens(consultation)
    guest.finds(COMMENT, FEAR, REPLY)
    assert INSULT not in guest.text
    [hidden] = [mail for mail in site.mails_to("marc@example.org") if REASON in mail]
    angry.opens(steps.link_in(hidden, "/moderation/recours/"))
    angry.is_refused("message")

    # The consultation closes by itself; what was said is summed up, sentence by sentence.
    clock_hands.shift(timedelta(days=17))
    guest.opens(f"{consultation}/avis", status=409)
    steps.sign_in(moderator, "moderation@bourg.example")
    workbench = f"{steps.DESK}/syntheses/{consultation.rsplit('/', 1)[1]}"
    steps.sort(moderator, workbench, theme="Se présenter", contributions=[comment, condition, answer])
    steps.sort(moderator, workbench, theme="Les emplois", contributions=[fear])
    steps.add_finding(
        moderator,
        workbench,
        theme="Se présenter",
        kind="asked",
        text=FINDING,
        sources=[comment, condition, answer],
    )
    steps.add_finding(
        moderator,
        workbench,
        theme="Les emplois",
        kind="feared",
        text="Une personne craint pour les emplois de l’accueil.",
        sources=[fear],
    )
    moderator.opens(workbench)
    moderator.is_refused()
    steps.leave_out(moderator, workbench, aside, reason="off_topic")
    steps.introduce(moderator, workbench)
    moderator.sends()
    steps.sign_in(official, "elue@bourg.example")
    official.opens(f"{steps.DESK}/syntheses")
    official.follows(f"{consultation}/synthese")
    official.finds(FINDING, "Une personne craint pour les emplois de l’accueil.")

    # The decision answers each theme, and each person is told what became of their own words.
    steps.sign_in(administrator, "ines@bourg.example")
    steps.draft_decision(
        administrator, reasons="Le soir, personne ne répond ; le jour, l’accueil reste humain."
    )
    steps.answer_theme(administrator, "Se présenter", verdict="adopted", answer=ANSWER, reason=BECAUSE)
    steps.answer_theme(
        administrator,
        "Les emplois",
        verdict="adapted",
        answer="Aucun poste n’est supprimé avant 2029.",
        reason="Le budget voté le permet jusque-là.",
    )
    administrator.sends()
    told = {name: steps.decision_mails(site, f"{name}@example.org") for name in ("farida", "rene", "marc")}
    assert {name: len(mails) for name, mails in told.items()} == {"farida": 1, "rene": 1, "marc": 1}
    [farida], [rene], [marc] = told.values()
    assert COMMENT in farida and CONDITION in farida and ANSWER in farida and BECAUSE in farida
    assert FEAR not in farida and REPLY not in farida
    assert FEAR in rene and REPLY in rene and ASIDE in rene and "Aucun poste" in rene
    assert COMMENT not in rene
    assert INSULT not in marc
    site.does_the_waiting_work()
    assert len(steps.decision_mails(site, "farida@example.org")) == 1
    guest.opens(comment)
    guest.finds(COMMENT, "Se présenter", FINDING, ANSWER, BECAUSE)
    guest.follows(steps.link_in(farida, "/decisions/"))
    guest.finds("La machine ne répondra que le soir", ANSWER)

"""What each person does on the way from a proposal to its decision, page by page.

Each form is first sent with something wrong: see `Window.is_refused`.
"""

import re
from datetime import datetime, timedelta

from participation.foundation import clock
from participation.projects.dossier.guidance.questions import QUESTIONS
from tests.journeys.live_server import Site
from tests.journeys.window import Window
from tests.projects.guidance.answer_sets import answers

DESK = "/gestion/bourg"
PROJECT = "/projets/accueil-telephonique"
TITLE = "Accueil téléphonique"


def link_in(mail: str, path: str) -> str:
    """Returns the first address of a mail that leads below that path."""
    found = re.search(rf"https?://\S+?{path}\S*", mail)
    assert found, mail
    return found.group()


def decision_mails(site: Site, email: str) -> list[str]:
    """Returns the mails that told somebody what was decided."""
    return [mail for mail in site.mails_to(email) if "/decisions/" in mail]


# The answers to the fourteen questions on the law, those that call for no check-list.
HARMLESS = {one.key: answers()[one.key] for one in QUESTIONS}

# People


def install(window: Window, *, administrator: str) -> None:
    """Does on the server what an installation begins with: a collectivity and its first administrator."""
    site = window.site
    site.runs("create-collectivity", "--slug=bourg", "--name=Bourg", "--display-name=Ville de Bourg")
    person = (f"--email={administrator}", "--name=Inès Adam", "--password=une longue phrase secrète")
    site.runs("create-admin", "--collectivity=bourg", *person)


def sign_in(window: Window, email: str) -> None:
    """Asks for a link, opens it from the mail and presses its button."""
    window.opens("/connexion")
    window.is_refused("email")
    window.sends(email=email)
    window.opens(link_in(window.site.mails_to(email)[-1], "/connexion/lien/"))
    window.sends()


def invite(administrator: Window, email: str, *, role: str, function: str) -> None:
    """Offers a role by mail."""
    administrator.opens(f"{DESK}/equipe")
    administrator.follows("/equipe/invitation")
    administrator.is_refused("email", "role", "function")
    administrator.sends(email=email, role=role, function=function)


def accept_invitation(window: Window, email: str, *, name: str) -> None:
    """Accepts the role offered, from the mail to the desk."""
    window.opens(link_in(window.site.mails_to(email)[-1], "/invitations/"))
    window.is_refused("display_name")
    window.sends(display_name=name)
    assert window.path == DESK


# The project


def draft_project(agent: Window) -> None:
    """Describes a project with the ten fields of a draft."""
    agent.opens(f"{DESK}/projets")
    agent.follows("/projets/nouveau")
    agent.is_refused("name", "description_short")
    agent.sends(
        name=TITLE,
        description_short="Une machine répondrait au téléphone de la mairie quand personne n’est là.",
        contact="Service des relations avec les habitants, 01 00 00 00 00",
        goal="Un appel sur trois reste sans réponse.",
        alternatives_considered="Recruter une personne de plus ; rappeler le lendemain.",
        impact="On obtient une réponse le soir, mais d’une machine.",
        automation_level="information",
        open_questions="Les heures où la machine répond",
        already_decided="La mairie garde son numéro",
    )
    agent.finds(TITLE)


def fill_in_what_lacks(agent: Window) -> None:
    """Answers every field that keeps a consultation from opening, each linked from the list of what lacks."""
    lacking = agent.page.locator('[aria-labelledby="lacks"] li a[href*="/dossier/"]')
    addresses = [str(link.get_attribute("href")) for link in lacking.all()]
    assert any(address.endswith("/personal_data") for address in addresses)
    for place, address in enumerate(addresses):
        agent.opens(address)
        if place == 0:
            agent.is_refused("text", action="next")
        if address.endswith("/risk_category"):
            answer_questions_on_the_law(agent)
            continue
        choices = agent.form.locator('[name="choice"]')
        if choices.count():
            agent.fills(choice=str(choices.first.get_attribute("value")))
        for name in _required_parts(agent):
            agent.fills(**{name: "12/03/2027" if name == "parts-planned" else "03/2027"})
        agent.sends("next", text="Cela a été examiné avec le service, et tout est écrit ici.")
    agent.opens(f"{DESK}{PROJECT}")


def answer_questions_on_the_law(agent: Window) -> None:
    """Gives the answers of a tool that the law asks almost nothing of; they call for no check-list."""
    agent.fills(**{f"parts-{name}": value for name, value in HARMLESS.items()})
    agent.sends("1")
    agent.presses("Calculer la classe et l’enregistrer")


def _required_parts(agent: Window) -> list[str]:
    """Returns the days and months a field of the form can't do without."""
    parts = [agent.form.locator(f'[name="{name}"]') for name in ("parts-planned", "parts-begin")]
    return [str(part.get_attribute("name")) for part in parts if part.count()]


def add_open_point(agent: Window, text: str) -> None:
    """Adds something that can still change."""
    agent.opens(f"{DESK}{PROJECT}")
    agent.follows("/points/nouveau")
    agent.is_refused("text")
    agent.sends(text=text, is_decided="no")
    agent.finds(text)


def publish_dossier(administrator: Window) -> None:
    """Makes the dossier public."""
    administrator.opens(f"{DESK}{PROJECT}")
    administrator.follows("/publication")
    administrator.is_refused("reason")
    administrator.sends(reason="Première version")
    administrator.opens("/projets")
    administrator.follows(PROJECT)
    administrator.finds(TITLE)


# The consultation


def prepare_consultation(moderator: Window, *, opens: datetime, closes: datetime) -> str:
    """Prepares and announces a consultation, after having made it too short; returns its public path."""
    moderator.opens(f"{DESK}{PROJECT}")
    moderator.follows("/consultation")
    moderator.is_refused(
        "title", "opens_at", "closes_at", "perimeter", "use_of_answers", "decided_by", "answer_due_on"
    )
    moderator.sends(
        title="Une machine au téléphone de la mairie ?",
        opens_at=f"{opens:%Y-%m-%dT%H:%M}",
        closes_at=f"{opens + timedelta(days=10):%Y-%m-%dT%H:%M}",
        perimeter="Toute personne qui habite Bourg ou y travaille.",
        use_of_answers="Le conseil municipal répond à chaque thème avant de voter.",
        decided_by="Le conseil municipal",
        answer_due_on=f"{closes + timedelta(days=60):%Y-%m-%d}",
        moderation="before",
    )
    draft = moderator.path
    moderator.is_refused()
    moderator.opens(f"{draft}/modifier")
    moderator.sends(closes_at=f"{closes:%Y-%m-%dT%H:%M}")
    moderator.sends()
    return draft.removeprefix(DESK)


# What residents say


def give_opinion(guest: Window, consultation: str, *, email: str, condition: str, comment: str) -> list[str]:
    """Takes a position under a condition, confirms from the mail; returns the paths of both texts."""
    guest.opens("/")
    guest.follows(f"{consultation}/avis")
    guest.is_refused("choice", "email")
    guest.sends(
        choice="conditions",
        new_condition=condition,
        body=comment,
        sense="for",
        display_name="Farida",
        email=email,
    )
    confirm(guest, email)
    return [path_of(guest, words) for words in (comment, condition)]


def send_as_guest(guest: Window, consultation: str, *, email: str, name: str, comment: str) -> str:
    """Comments without an account, confirms from the mail; returns the path of the comment."""
    guest.opens(consultation)
    guest.follows(f"{consultation}/commentaire")
    guest.is_refused("body", "email")
    guest.sends(body=comment, display_name=name, email=email)
    confirm(guest, email)
    return path_of(guest, comment)


def send_with_account(resident: Window, consultation: str, *, name: str, comment: str) -> str:
    """Comments once signed in, without a mail to confirm; returns the path of the comment."""
    resident.opens(consultation)
    resident.follows(f"{consultation}/commentaire")
    resident.is_refused("body")
    resident.sends(body=comment, display_name=name)
    return path_of(resident, comment)


def reply(resident: Window, contribution: str, *, answer: str) -> str:
    """Replies to somebody; returns the path of the reply."""
    resident.opens(PROJECT)
    resident.follows(f"{contribution}/repondre")
    resident.is_refused("body")
    resident.sends(body=answer)
    return path_of(resident, answer)


def confirm(guest: Window, email: str) -> None:
    """Opens the link of the last mail and presses its button; ends on the receipt."""
    assert guest.path.endswith("/a-confirmer")
    guest.opens(link_in(guest.site.mails_to(email)[-1], "/confirmer/"))
    guest.sends()
    assert guest.path.startswith("/recu/")


def path_of(window: Window, words: str) -> str:
    """Returns, from a receipt, the path of the contribution that says these words."""
    said = window.page.locator("section", has_text=words)
    return str(said.locator('a[href^="/contributions/"]').first.get_attribute("href"))


# Moderation


def accept(moderator: Window, *contributions: str) -> None:
    """Reads texts of the queue one by one, and accepts them."""
    for contribution in contributions:
        _read(moderator, contribution)
        moderator.sends("accept")


def hide(moderator: Window, contribution: str, *, rule: str, reason: str) -> None:
    """Hides a text of the queue with a rule and a reason, once the message to its author was read."""
    _read(moderator, contribution)
    moderator.is_refused("rule", action="hide")
    moderator.sends("preview", rule=rule, reason=reason)
    moderator.finds(reason)
    moderator.sends("hide")


def _read(moderator: Window, contribution: str) -> None:
    moderator.opens(f"{DESK}/moderation")
    moderator.follows(f"ref={_ref(contribution)}")


def _ref(contribution: str) -> str:
    return contribution.rsplit("/", 1)[1]


# The summary


def sort(moderator: Window, workbench: str, *, theme: str, contributions: list[str]) -> None:
    """Makes a theme and puts contributions under it."""
    moderator.opens(f"{workbench}/themes")
    moderator.is_refused("name")
    moderator.sends(name=theme)
    moderator.opens(f"{workbench}/classer")
    moderator.is_refused("theme", action="ticked")
    option = moderator.form.get_by_role("option", name=theme)
    number = str(option.get_attribute("value"))
    moderator.sends("ticked", refs=[_ref(one) for one in contributions], theme=number)


def add_finding(
    moderator: Window, workbench: str, *, theme: str, kind: str, text: str, sources: list[str]
) -> None:
    """Writes a sentence and ticks the contributions it rests on."""
    moderator.opens(workbench)
    section = moderator.page.locator("section", has=moderator.page.get_by_role("heading", name=theme))
    moderator.follows(str(section.locator('a[href$="/constats"]').get_attribute("href")))
    moderator.is_refused("kind", "text", "sources")
    moderator.sends(kind=kind, text=text, sources=[_ref(one) for one in sources])


def leave_out(moderator: Window, workbench: str, contribution: str, *, reason: str) -> None:
    """Lists, with its reason, a contribution on which no sentence rests."""
    moderator.opens(f"{workbench}/sans-constat")
    moderator.is_refused("reason")
    moderator.fills(reason=reason)
    moderator.is_refused("refs")
    moderator.sends(refs=[_ref(contribution)])


def introduce(moderator: Window, workbench: str) -> None:
    """Writes the introduction and the method of a summary."""
    moderator.opens(f"{workbench}/textes")
    moderator.fills(introduction="Nous avons demandé ce que vous pensiez d’une machine au téléphone.")
    moderator.sends(method="Chaque texte a été lu par une personne et classé sous un thème.")


# The decision


def draft_decision(administrator: Window, *, reasons: str) -> None:
    """Writes the decision that answers the published summary."""
    administrator.opens(f"{DESK}/decisions")
    administrator.follows("/decisions/projet/accueil-telephonique")
    administrator.is_refused("outcome", "title", "body", "held_on", "reasons")
    administrator.sends(
        outcome="adopted_with_changes",
        title="La machine ne répondra que le soir",
        body="Conseil municipal",
        held_on=f"{clock.today():%Y-%m-%d}",
        reasons=reasons,
    )


def answer_theme(administrator: Window, theme: str, *, verdict: str, answer: str, reason: str) -> None:
    """Answers one theme of the summary."""
    item = administrator.page.get_by_role("listitem").filter(has_text=theme)
    administrator.follows(str(item.locator('a[href*="/themes/"]').get_attribute("href")))
    administrator.is_refused("verdict", "answer", "reason")
    administrator.sends(verdict=verdict, answer=answer, reason=reason)

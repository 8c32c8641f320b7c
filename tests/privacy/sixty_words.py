"""One person who uses everything through the pages, each time with a word found nowhere else."""

import io
import re
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

from flask import Flask
from flask.testing import FlaskClient

from participation.collectivities.models import Role
from participation.consultations.models import ModerationTime
from participation.contributions.models import Contribution
from participation.foundation import clock, outbox
from participation.foundation.database import db
from tests.factories.accounts import a_person
from tests.factories.collectivities import a_collectivity, a_member
from tests.factories.consultations import a_consultation
from tests.factories.contributions import a_condition, a_contribution
from tests.factories.paper import A_PDF
from tests.factories.projects import a_complete_project
from tests.forms import hidden_fields, post_form
from tests.people import a_browser

PASSWORD = "Une suite de mots assez longue"


class Words:
    """Gives out words that nothing else contains, and remembers what each was used for."""

    def __init__(self) -> None:
        self.used: dict[str, str] = {}

    def one(self, purpose: str) -> str:
        """Returns a new word, in small ASCII letters and figures, as addresses keep them."""
        word = f"zqcanari{len(self.used):02d}xq"
        self.used[word] = purpose
        return word

    def address(self, purpose: str) -> str:
        """Returns an e-mail address that begins with a new word."""
        return f"{self.one(purpose)}@mail.example"

    def found_in(self, content: bytes) -> set[str]:
        """Returns the purposes whose words stand in these bytes, whatever the case."""
        plain = content.lower()
        return {purpose for word, purpose in self.used.items() if word.encode() in plain}


class Town:
    """A town with staff, a project, three consultations, and a neighbour who has spoken."""

    def __init__(self, app: Flask) -> None:
        self.body = a_collectivity(slug="ville")
        self.project = a_complete_project(self.body, slug="projet")
        self.open = a_consultation(self.project, slug="ouverte", postcodes=["29000"])
        self.read_first = a_consultation(
            a_complete_project(self.body), slug="relue", moderation=ModerationTime.BEFORE
        )
        self.on_paper = a_consultation(a_complete_project(self.body), slug="papier")
        self.condition = a_condition(self.open)
        self.neighbours_text = a_contribution(self.open, body="Le texte de la voisine.")
        self.consultations = [one.id for one in (self.open, self.read_first, self.on_paper)]
        staff = {role: a_member(role, self.body).person for role in (Role.AGENT, Role.MODERATOR)}
        db.session.commit()
        self.agent, self.moderator = (a_browser(app, staff[role]) for role in (Role.AGENT, Role.MODERATOR))
        self.neighbour = a_browser(app, a_person())

    @property
    def desk(self) -> str:
        """Returns where the pages of the staff begin."""
        return f"/gestion/{self.body.slug}"


class Somebody:
    """The person, their browser, and the mails they receive."""

    def __init__(self, app: Flask, town: Town, words: Words) -> None:
        self.app, self.town, self.words = app, town, words
        self.browser: FlaskClient = app.test_client()
        self.folder = Path(app.config["DATA_DIR"]) / "mails"
        self.email = words.address("address")

    def do_everything(self) -> None:
        """Takes part as a guest, then with an account, then is written about; nothing may be refused."""
        self.takes_part_as_a_guest()
        self.opens_an_account()
        self.adds_addresses()
        self.writes()
        self.reads_with_words()
        self.hands_in_a_sheet()
        self.is_moderated()
        self.is_refused()
        self.looks_at_everything()

    def takes_part_as_a_guest(self) -> None:
        """Sends an opinion and comments, some confirmed, some never."""
        one = self.words.one
        guest = {"email": self.email}
        self.sends(
            "/consultations/ouverte/avis",
            choice="conditions",
            conditions=self.town.condition.ref,
            new_condition=f"Une condition {one('new condition')}",
            body=f"Un avis {one('reason of the position')}",
            sense="experience",
            about="",
            postcode="29000",
            display_name=f"Nom {one('name of a guest')}",
            **guest,
        )
        self.confirms()
        self.sends(
            "/consultations/ouverte/commentaire",
            body=f"Un commentaire {one('comment of a guest')}",
            display_name=f"Autre {one('second name of a guest')}",
            detail=one("hidden field that people never meet"),
            **guest,
        )
        self.confirms()
        self.sends(
            "/consultations/papier/commentaire",
            body=f"Jamais confirmé {one('comment never confirmed')}",
            display_name=one("name never confirmed"),
            **guest,
        )
        self.sends(
            "/consultations/relue/avis",
            choice="opposed",
            new_condition=f"Jamais {one('condition never confirmed')}",
            body=f"Jamais {one('opinion never confirmed')}",
            display_name=one("name of an opinion never confirmed"),
            **guest,
        )
        self.sends(f"/contributions/{self.town.neighbours_text.ref}/utile", **guest)
        self.confirms()
        self.sends("/projets/projet/suivre", **guest)
        self.follows_the_link("/suivre/")

    def opens_an_account(self) -> None:
        """Signs in by a link that leads on, opens an account, chooses a name and a password."""
        one = self.words.one
        device = f"Mozilla/5.0 {one('browser')} Firefox/140.0"
        self.browser.environ_base["HTTP_USER_AGENT"] = device
        self.browser.environ_base["HTTP_REFERER"] = f"https://ailleurs.example/{one('page one came from')}"
        self.browser.environ_base["HTTP_X_FORWARDED_FOR"] = f"{one('claimed address')}, 192.0.2.7"
        self.sends(f"/connexion?next=/projets?q={one('page to go on to')}", email=self.email)
        self.follows_the_link("/connexion/lien/", opens_account="y")
        self.sends("/compte/nom", display_name=f"Nom {one('name of the account')}", language="fr")
        self.sends("/compte/mot-de-passe", password=f"{PASSWORD} {one('password')}")

    def adds_addresses(self) -> None:
        """Adds a further address, and one that is never confirmed."""
        self.sends("/compte/adresses", email=self.words.address("further address"))
        self.follows_the_link("/compte/adresses/")
        self.sends("/compte/adresses", email=self.words.address("further address never confirmed"))
        self.sends("/compte/verification")
        self.sends("/consultations/ouverte/suivre", remind_days="3")

    def writes(self) -> None:
        """Comments, changes the words, answers, asks, reports, takes back, writes in English."""
        one, ref = self.words.one, self.town.neighbours_text.ref
        comment = self.says(f"Avant {one('former words')}")
        self.sends(f"/contributions/{comment.ref}/modifier", body=f"Après {one('changed words')}")
        self.sends(f"/contributions/{ref}/repondre", body=f"Réponse {one('reply')}")
        self.sends(
            "/projets/projet/questions/poser", body=f"Pourquoi {one('question to the service')} ?", about=""
        )
        self.sends(f"/contributions/{ref}/signaler", rule="attack", message=f"Il vise {one('report')} ici.")
        gone = self.says(f"Repris {one('text taken back')}")
        self.sends(f"/contributions/{gone.ref}/retirer")
        self.sends(
            "/consultations/relue/commentaire",
            body=f"En attente {one('text that waits')}",
            display_name=one("name of a text that waits"),
        )
        self.sends("/en/consultations/ouverte/commentaire", body=f"In English {one('text in English')}")
        self.sends(
            "/consultations/ouverte/avis",
            choice="opposed",
            body=f"Un second avis {one('reason of the second position')}",
            new_condition=f"Une autre condition, bien différente : {one('second new condition')}",
            alike="own",
            display_name=f"Nom {one('name of the second position')}",
        )

    def says(self, body: str, **fields: str) -> Contribution:
        """Sends a comment and returns it."""
        self.sends("/consultations/ouverte/commentaire", body=body, **fields)
        return db.session.query(Contribution).order_by(Contribution.id.desc()).first()  # type: ignore[return-value]

    def reads_with_words(self) -> None:
        """Types words into addresses, filters, cursors and a header."""
        one, browser = self.words.one, self.browser
        browser.get(f"/projets?q={one('search')}&etape={one('filter')}")
        browser.get(f"/consultations/ouverte?apres={one('cursor')}")
        browser.get(f"/consultations/ouverte/commentaire?about={one('subject of a comment')}")
        browser.get(f"/projets/projet/questions/poser?sur={one('subject of a question')}")
        browser.get(f"/{one('address that is nowhere')}")
        browser.get(f"/connexion/lien/{one('link that is nowhere')}")
        browser.get("/projets", headers={"Accept-Language": one("language")})

    def hands_in_a_sheet(self) -> None:
        """Has a sheet typed in, with a scan, under the address of the account."""
        one = self.words.one
        scan = A_PDF.replace(b"<< >>", f"<< /Titre ({one('scan')}) >>".encode())
        desk = f"{self.town.desk}/consultations/papier/saisie"
        _let_go()
        answer = post_form(
            self.town.agent,
            desk,
            channel="paper",
            received_on=clock.today().isoformat(),
            source="Urne de la médiathèque",
            number=f"N {one('number of a sheet')}"[:20],
            choice="opposed",
            new_condition=f"Sur papier, {one('condition on paper')}",
            body=f"Sur papier {one('text on paper')}",
            sense="neutral",
            display_name=one("name on paper"),
            email=self.email,
            postal_address=f"{one('person on an envelope')}\n3 rue {one('street')}",
            anyway=f"Une autre feuille {one('why it is another sheet')}",
            scan=(io.BytesIO(scan), f"{one('name of a file')}.pdf"),
        )
        assert answer.status_code == 302, answer.text

    def is_moderated(self) -> None:
        """Is answered, reported, hidden and looked at by others; appeals."""
        one, town = self.words.one, self.town
        text = self.says(f"Visé {one('text that is hidden')}")
        self.sends(
            f"/contributions/{text.ref}/signaler",
            town.neighbour,
            rule="attack",
            message=f"Il écrit « {one('quoted by a report')} » de moi.",
        )
        self.sends(
            f"{town.desk}/moderation/{text.ref}/adresse",
            town.moderator,
            status=200,
            reason=f"Cette personne menace {one('reason of looking')} ici.",
        )
        self.sends(
            f"{town.desk}/moderation?ref={text.ref}",
            town.moderator,
            action="hide",
            rule="attack",
            reason="Il vise une personne que l’on reconnaît.",
        )
        self.sends(f"/contributions/{text.ref}/recours", message=f"Je conteste {one('appeal')}.")

    def is_refused(self) -> None:
        """Sends what is not taken: too long, without a token, with a wrong password, too large."""
        one, browser = self.words.one, self.browser
        long = f"Trop long {one('text that is too long')} " + "x" * 2000
        self.sends("/consultations/ouverte/commentaire", status=422, body=long)
        browser.post("/consultations/ouverte/commentaire", data={"body": one("text without a token")})
        browser.post("/consultations/ouverte/commentaire", data=f'{{"body": "{one("text as JSON")}"}}')
        self.sends(
            "/connexion/mot-de-passe",
            self.app.test_client(),
            status=422,
            email=self.email,
            password=one("wrong password"),
        )
        self.sends("/connexion", self.app.test_client(), status=422, email=f"{one('no address')}@")
        browser.post("/compte/nom", data={"display_name": one("text that is too large") + "x" * 2_000_000})
        self.sends(
            "/consultations/ouverte/commentaire",
            status=200,
            body=one("text shown in the other language"),
            switch_language="1",
        )

    def looks_at_everything(self) -> None:
        """Opens the pages that gather what one said, and takes one's data away."""
        for page in ("/compte", "/compte/textes", "/compte/donnees/fichier", "/compte/donnees/fichiers"):
            assert self.browser.get(page, buffered=True).status_code == 200, page
        for page in ("", "/moderation", "/adresses-vues", "/courriers"):
            self.town.moderator.get(self.town.desk + page)
        self.town.agent.get(f"{self.town.desk}/consultations/papier/saisie/formulaires")
        outbox.drain()

    def leaves(self, choice: str) -> None:
        """Leaves for good, through the page."""
        _let_go()
        answer = post_form(self.browser, "/compte/effacement", choice=choice, sure="y")
        assert answer.location == "/compte/efface", answer.text

    # How pages are used

    def sends(
        self, address: str, browser: FlaskClient | None = None, status: int = 302, **fields: Any
    ) -> None:
        """Opens the page of a form and sends it; fails unless it is answered like that."""
        browser = browser or self.browser
        _let_go()
        page = browser.get(address).text
        answer = browser.post(address, data={**hidden_fields(page), **fields})
        assert answer.status_code == status, f"{address}: {answer.status_code} {readable(answer.text)}"

    def confirms(self) -> None:
        """Follows the link of the last mail and presses its button."""
        self.follows_the_link("/confirmer/")

    def follows_the_link(self, path: str, **fields: str) -> None:
        """Does the waiting work, opens the newest link that begins so, and presses its button."""
        outbox.drain()
        newest = sorted(self.folder.glob("*.eml"))[-1].read_bytes()
        text = message_from_bytes(newest, policy=policy.default).get_content()
        found = re.search(rf"http://participation\.example((?:/en)?{re.escape(path)}\S+)", text)
        assert found is not None, text
        self.sends(found[1], **fields)


def readable(page: str) -> str:
    """Returns what a page says, for the sentence of a failure."""
    main = page.partition("<main")[2] or page
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())[:600]


def _let_go() -> None:
    """Ends what the test itself has read: on SQLite it would keep the pages from writing."""
    db.session.rollback()

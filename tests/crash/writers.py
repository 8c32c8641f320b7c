"""People who write without pause, and keep for themselves what the site confirmed to them."""

import random
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from participation.foundation.references import secret_token
from tests.crash.browser import AWAY, Answer, Browser

CHOICES = ("favourable", "conditions", "opposed", "information")
ANSWERS_WITHIN_SECONDS = 60


@dataclass
class Ledger:
    """What one person was told: the receipt of each form by its key, and where they stand by it."""

    receipts: dict[str, str] = field(default_factory=dict)
    held: set[str] = field(default_factory=set)
    comments: list[str] = field(default_factory=list)
    choice: str = ""
    supports: set[str] = field(default_factory=set)
    useful: set[str] = field(default_factory=set)
    refused: list[str] = field(default_factory=list)


class Writer:
    """One person in one browser, who sends one form after the other until told to stop.

    When the server is away they send the same form again, with the same key, until it is confirmed.
    """

    def __init__(self, browser: Browser, slug: str, texts: dict[str, list[str]], number: int) -> None:
        self.browser, self.slug, self.texts = browser, slug, texts
        self.ledger = Ledger()
        self.dice = random.Random(f"writer {number}")
        self.number = number
        self.sent = 0
        self.hidden = browser.hidden_fields_of(f"/consultations/{slug}/avis")

    def write_until(self, stop: threading.Event) -> None:
        """Sends forms; returns once the last one is confirmed."""
        while not stop.is_set():
            self.dice.choice(self.acts())()

    def acts(self) -> list[Callable[[], None]]:
        """Returns what this person does."""
        return [self._takes_position, self._comments, self._withdraws_position] + [
            lambda kind=kind, is_wanted=is_wanted: self._votes(kind, is_wanted)
            for kind in ("soutenir", "utile")
            for is_wanted in (True, True, False)
        ]

    def _takes_position(self) -> None:
        choice = self.dice.choice(CHOICES)
        # Supports are the business of another form: those that are ticked here stay ticked.
        ticked = list(self.ledger.supports)
        if self._is_recorded(f"/consultations/{self.slug}/avis", {"choice": choice}, conditions=ticked):
            self.ledger.choice = choice

    def _withdraws_position(self) -> None:
        if self._is_recorded(f"/consultations/{self.slug}/avis/retirer", {}):
            self.ledger.choice = ""

    def _comments(self) -> None:
        body = f"Mot {self.number}-{self.sent} : l’été, à 18 h."
        if self._is_recorded(f"/consultations/{self.slug}/commentaire", {"body": body, "sense": "neutral"}):
            self.ledger.comments.append(body)

    def _votes(self, kind: str, is_wanted: bool) -> None:
        ref = self.dice.choice(self.texts[kind])
        path = f"/contributions/{ref}/{kind}" + ("" if is_wanted else "/retirer")
        if self._is_recorded(path, {}):
            mine = self.ledger.supports if kind == "soutenir" else self.ledger.useful
            (mine.add if is_wanted else mine.discard)(ref)

    def _is_recorded(self, path: str, fields: dict[str, str], conditions: Sequence[str] = ()) -> bool:
        self.sent += 1
        key = secret_token()
        fields = {**self.hidden, "form_key": key, "display_name": "Nadia", **fields}
        sent = [*fields.items(), *(("conditions", ref) for ref in conditions)]
        answer = self.insist(lambda: self.browser.post(path, sent))
        if answer.receipt:
            self.ledger.receipts[key] = answer.receipt
            return True
        self.ledger.refused.append(f"{answer.status} {path}")
        return False

    def insist(self, send: Callable[[], Answer]) -> Answer:
        """Sends until somebody answers: a lost connection and a 503 say nothing of what was recorded."""
        latest = time.monotonic() + ANSWERS_WITHIN_SECONDS
        while True:
            try:
                answer = send()
                if answer.status < 500:
                    return answer
            except AWAY:
                pass
            if time.monotonic() > latest:
                raise TimeoutError("the server did not come back")
            time.sleep(0.02)


class Guest(Writer):
    """Guests who confirm by the links of their mails, and send forms that are held."""

    def __init__(self, browser: Browser, slug: str, number: int, tokens: dict[str, str]) -> None:
        super().__init__(browser, slug, {}, number)
        # Links, with the key of the form that each confirms.
        self.tokens = tokens

    def acts(self) -> list[Callable[[], None]]:
        """Returns what guests do."""
        return [self._sends, *[self._confirms] * bool(self.tokens)]

    def _confirms(self) -> None:
        token, key = self.tokens.popitem()
        path = f"/confirmer/{token}"
        answer = self.insist(lambda: self.browser.post(path, self.browser.hidden_fields_of(path)))
        if answer.receipt:
            self.ledger.receipts[key] = answer.receipt
        else:
            self.ledger.refused.append(f"{answer.status} {path}")

    def _sends(self) -> None:
        self.sent += 1
        key = secret_token()
        fields = {
            **self.hidden,
            "form_key": key,
            "choice": "opposed",
            "email": f"invite{self.number}.{self.sent}@mail.example",
        }
        answer = self.insist(lambda: self.browser.post(f"/consultations/{self.slug}/avis", fields))
        if answer.location.endswith("/a-confirmer"):
            self.ledger.held.add(key)
        else:
            self.ledger.refused.append(f"{answer.status} held form")

"""Invented people, honest or run by a script: from which network, under which address, when, saying what."""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from tests.vigilance.words import CALL, almost_the_call, filled_frame, what_one_says

FIRST_NAMES = """
camille nora louis ines paul amina hugo lea yanis rose marc jeanne omar elise victor salome tom
alice bruno clara denis fanny gilles helene igor julie karim lina malik noe
""".split()  # noqa: SIM905 - many short words
SURNAMES = """
martin bernard petit durand leroy moreau simon laurent lefevre roux fournier girard bonnet
dupont lambert fontaine rousseau vincent muller faure blanc guerin boyer garnier chevalier
gauthier perrin robin masson
""".split()  # noqa: SIM905 - many short words
DOMAINS = ("mail.example", "courriel.example", "poste.example", "boite.example")


@dataclass(frozen=True)
class Act:
    """One form: when its page is opened, how long until it is sent, and what is done with it."""

    at: datetime
    seconds: float
    kind: str
    body: str = ""
    trap: str = ""
    opens_page: bool = True


@dataclass
class Actor:
    """Somebody with an address and a network, and all that they will do."""

    email: str
    address: str
    strategy: str
    acts: list[Act] = field(default_factory=list)

    @property
    def is_scripted(self) -> bool:
        return self.strategy != "honest"


def an_email(chance: random.Random) -> str:
    """Returns an address as people choose them."""
    first, last = chance.choice(FIRST_NAMES), chance.choice(SURNAMES)
    tail = chance.choice(("", "", str(chance.randint(1, 99)), str(chance.randint(1950, 2008))))
    joint = chance.choice((".", "-", "", "_"))
    return f"{first}{joint}{last}{tail}@{chance.choice(DOMAINS)}"


def honest_crowd(chance: random.Random, start: datetime, number: int, in_library: int) -> Iterator[Actor]:
    """Yields people who take their time; so many of them behind one address within an hour."""
    for one in range(number):
        if one < in_library:
            address, at = "203.0.113.5", start + timedelta(minutes=chance.uniform(0, 55))
        else:
            address = f"198.{18 + one % 2}.{chance.randint(0, 255)}.{chance.randint(1, 254)}"
            at = start + timedelta(minutes=chance.uniform(0, 60 * 24 * 6))
        # One in five lets the browser fill in everything and only ticks a box.
        is_quick = chance.random() < 0.2
        seconds = chance.uniform(3.5, 9) if is_quick else chance.lognormvariate(4.4, 0.7)
        body = "" if is_quick and chance.random() < 0.5 else what_one_says(chance)
        actor = Actor(an_email(chance), address, "honest", [Act(at, seconds, "opinion", body)])
        for _more in range(chance.choice((0, 0, 1, 2, 3))):
            at += timedelta(seconds=chance.uniform(20, 240))
            actor.acts.append(Act(at, chance.uniform(1.2, 6), "useful"))
        yield actor


Strategy = Callable[[random.Random, int, datetime], tuple[str, Act]]


def scripted_crowd(
    chance: random.Random, start: datetime, networks: int, accounts: int, actions: int
) -> Iterator[Actor]:
    """Yields so many accounts for each network, each network with one way of going about it."""
    ways = list(STRATEGIES.items())
    for network in range(networks):
        name, strategy = ways[network % len(ways)]
        begins = start + timedelta(minutes=chance.uniform(0, 60 * 24 * 5))
        for number in range(accounts):
            email, first = strategy(chance, network * 1000 + number, begins)
            actor = Actor(email, f"192.0.{network}.{chance.randint(1, 254)}", name, [first])
            at = first.at
            for _more in range(actions - 1):
                at += timedelta(seconds=chance.uniform(30, 400))
                actor.acts.append(Act(at, max(first.seconds, 1), "useful", opens_page=first.opens_page))
            yield actor


def _some_time(chance: random.Random, begins: datetime) -> datetime:
    return begins + timedelta(minutes=chance.expovariate(1 / 90))


def _same_text(chance: random.Random, _number: int, begins: datetime) -> tuple[str, Act]:
    return an_email(chance), Act(_some_time(chance, begins), chance.uniform(20, 90), "opinion", CALL)


def _near_same_text(chance: random.Random, _number: int, begins: datetime) -> tuple[str, Act]:
    return an_email(chance), Act(
        _some_time(chance, begins), chance.uniform(20, 90), "opinion", almost_the_call(chance)
    )


def _sequential(chance: random.Random, number: int, begins: datetime) -> tuple[str, Act]:
    return f"citoyen{number:05d}@mail.example", Act(
        _some_time(chance, begins), chance.uniform(8, 40), "opinion"
    )


def _burst(chance: random.Random, _number: int, begins: datetime) -> tuple[str, Act]:
    at = begins + timedelta(seconds=chance.uniform(0, 4))
    return an_email(chance), Act(at, chance.uniform(4, 20), "opinion")


def _slow(chance: random.Random, number: int, begins: datetime) -> tuple[str, Act]:
    at = begins + timedelta(minutes=40 * (number % 1000) + chance.uniform(-10, 10))
    return an_email(chance), Act(at, chance.uniform(30, 200), "opinion", filled_frame(chance))


def _trapped(chance: random.Random, _number: int, begins: datetime) -> tuple[str, Act]:
    return an_email(chance), Act(
        _some_time(chance, begins), chance.uniform(5, 30), "opinion", what_one_says(chance), trap="https://x"
    )


def _fast(chance: random.Random, _number: int, begins: datetime) -> tuple[str, Act]:
    return an_email(chance), Act(
        _some_time(chance, begins), chance.uniform(0.1, 1.2), "opinion", what_one_says(chance)
    )


def _sub_addressed(chance: random.Random, number: int, begins: datetime) -> tuple[str, Act]:
    tag = f"{chance.choice(FIRST_NAMES)}{number}"
    return f"j.d.u.{chance.choice(('pont', 'po.nt'))}+{tag}@mail.example", Act(
        _some_time(chance, begins), chance.uniform(8, 40), "opinion"
    )


def _frame(chance: random.Random, _number: int, begins: datetime) -> tuple[str, Act]:
    return an_email(chance), Act(
        _some_time(chance, begins), chance.uniform(20, 90), "opinion", filled_frame(chance)
    )


def _without_page(chance: random.Random, _number: int, begins: datetime) -> tuple[str, Act]:
    return an_email(chance), Act(_some_time(chance, begins), 5, "opinion", opens_page=False)


STRATEGIES: dict[str, Strategy] = {
    "same text": _same_text,
    "near-same text": _near_same_text,
    "sequential addresses": _sequential,
    "burst": _burst,
    "slow, framed texts": _slow,
    "honeypot filled": _trapped,
    "fast": _fast,
    "sub-addressed": _sub_addressed,
    "framed texts": _frame,
    "page not opened": _without_page,
}


def careful_crowd(chance: random.Random, start: datetime, number: int) -> Iterator[Actor]:
    """Yields accounts of somebody who knows the rules: their own words, human times, a network each."""
    for one in range(number):
        at = start + timedelta(minutes=chance.uniform(0, 60 * 24 * 6))
        act = Act(at, chance.lognormvariate(4.4, 0.7), "opinion", what_one_says(chance))
        yield Actor(an_email(chance), f"198.19.{one}.9", "careful", [act])

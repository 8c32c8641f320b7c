"""The people of the demo town: staff with their roles, residents, and neighbours who only choose."""

from dataclasses import dataclass, field

from participation.accounts.actions import open_account, person_with_email
from participation.accounts.models import Person
from participation.collectivities.actions import (
    appoint,
    create_collectivity,
    name_appeal_reviewer,
    set_answering,
)
from participation.collectivities.models import Collectivity, Membership, Role
from participation.consultations.actions import anonymous_participant, participant_for
from participation.consultations.models import Assurance, Channel, Consultation, Participant
from participation.consultations.verifying.actions import verify_person
from participation.demo.tales import FOUNDING_SLUG, Tale
from participation.foundation.text import slugify

DOMAIN = "demo.example"
# A postcode of nowhere.
ELSEWHERE = "00900"


@dataclass
class Town:
    """Who lives and works here."""

    collectivities: dict[str, Collectivity] = field(default_factory=dict)
    staff: dict[str, list[Membership]] = field(default_factory=dict)
    residents: dict[str, Person] = field(default_factory=dict)
    voices: dict[tuple[str, str], Person] = field(default_factory=dict)

    def collectivity_of(self, tale: Tale) -> Collectivity:
        """Returns whose project it is: the founding town's when the tale doesn't say."""
        return self.collectivities[tale.get("collectivity", FOUNDING_SLUG)]

    def member(self, collectivity: Collectivity, role: Role, *, function: str = "") -> Membership:
        """Returns the member with this role and function; the first one of the role when nobody has it."""
        held = [one for one in self.staff[collectivity.slug] if one.role is role]
        return next((one for one in held if function and one.function == function), held[0])

    def person_named(self, author: str) -> Person:
        """Returns the same person for the same name, in all projects."""
        known = self.residents.get(author)
        if known is None:
            known = person_with_email(f"{slugify(author, 50)}@{DOMAIN}")
            self.residents[author] = known
        return known

    def person_speaking_as(self, function: str, collectivity: Collectivity) -> Person:
        """Returns who speaks under a function: the member who holds it, else a colleague without access."""
        key = (collectivity.slug, function)
        if key not in self.voices:
            holder = next((one for one in self.staff[collectivity.slug] if one.function == function), None)
            address = f"{slugify(function, 50)}@{collectivity.slug}.example"
            self.voices[key] = holder.person if holder else person_with_email(address)
        return self.voices[key]


def settle_town(tale: Tale) -> Town:
    """Creates the collectivities and their staff, opens a few accounts, confirms who came to the desk."""
    settled = Town()
    for described in tale["collectivities"]:
        body = _create(described)
        settled.collectivities[body.slug] = body
        settled.staff[body.slug] = []
    by_key: dict[str, Membership] = {}
    for member in tale["staff"]:
        person = person_with_email(member["email"])
        open_account(person, member["display_name"])
        body = settled.collectivities[member["collectivity"]]
        held = appoint(person, body, Role(member["role"]), function=member["function"])
        settled.staff[body.slug].append(held)
        by_key[member["key"]] = held
    for named in tale["appeal_reviewers"]:
        name_appeal_reviewer(settled.collectivities[named["collectivity"]], by_key[named["reviewer"]])
    for named in tale["ai_referents"]:
        body = settled.collectivities[named["collectivity"]]
        set_answering(body, referent=by_key[named["referent"]], days=named["days"])
    known = {}
    for resident in tale["residents"]:
        person = person_with_email(resident["email"])
        open_account(person, resident["display_name"])
        settled.residents[resident["display_name"]] = known[resident["key"]] = person
    for seen in tale["confirmed"]:
        verify_person(known[seen["resident"]], member=by_key[seen["by"]])
    return settled


class Crowd:
    """The participants of one consultation, each made once."""

    def __init__(self, town: Town, consultation: Consultation) -> None:
        self.town = town
        self.consultation = consultation
        self.authors: dict[str, Participant] = {}
        self.voices: dict[str, Participant] = {}
        self.neighbours: dict[int, Participant] = {}

    def author(self, name: str, channel: str = "online") -> Participant:
        """Returns the participant of that name; on paper and in meetings nobody leaves an address."""
        if name not in self.authors:
            self.authors[name] = self._take_in(name, Channel(channel))
        return self.authors[name]

    def voice(self, name: str, function: str) -> Participant:
        """Returns the participant who answers for a service."""
        if function not in self.voices:
            person = self.town.person_speaking_as(function, self.consultation.project.collectivity)
            self.voices[function] = participant_for(
                self.consultation, person, display_name=name, assurance=Assurance.ACCOUNT
            )
        return self.voices[function]

    def neighbour(self, number: int) -> Participant:
        """Returns one of the many who choose, support or vote without writing."""
        if number not in self.neighbours:
            person = person_with_email(f"voisin-{number}@{DOMAIN}")
            self.neighbours[number] = participant_for(
                self.consultation,
                person,
                display_name=f"Voisin {number}",
                assurance=Assurance.EMAIL,
                postcode=self._postcode_of(number),
            )
        return self.neighbours[number]

    def _postcode_of(self, number: int) -> str:
        """Six in ten live there, one in ten elsewhere, and the others do not say."""
        codes = self.consultation.postcodes
        if not codes or number % 10 > 6:
            return ""
        return str(codes[number % len(codes)]) if number % 10 else ELSEWHERE

    def _take_in(self, name: str, channel: Channel) -> Participant:
        if channel is not Channel.ONLINE:
            return anonymous_participant(self.consultation, display_name=name, channel=channel)
        person = self.town.person_named(name)
        assurance = Assurance.ACCOUNT if person.has_account else Assurance.EMAIL
        return participant_for(self.consultation, person, display_name=name, assurance=assurance)


def _create(described: Tale) -> Collectivity:
    settings = {key: value for key, value in described.items() if key not in ("slug", "name", "display_name")}
    settings["address"] = "\n".join(settings["address"])
    return create_collectivity(
        slug=described["slug"], name=described["name"], display_name=described["display_name"], **settings
    )

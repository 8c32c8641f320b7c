"""Telling what came on paper and at meetings: an agent types it in, as one does on the page."""

from itertools import count

from participation.collectivities.models import Membership
from participation.collectivities.names import require_free_name
from participation.consultations.models import Channel, Consultation
from participation.contributions.models import Choice, Contribution, Kind, Stance
from participation.contributions.paper.actions import Filled, record_form
from participation.contributions.paper.queries import texts_named
from participation.demo.people import Crowd
from participation.demo.tales import Tale
from participation.foundation import clock
from participation.foundation.errors import Invalid

SOURCES = {
    Channel.PAPER: ("Urne de la médiathèque", "Accueil de la mairie"),
    Channel.MEETING: ("Réunion publique",),
    Channel.PHONE: ("Standard de la mairie",),
    Channel.DESK: ("Guichet France Services",),
}
# One in so many left an address for the answer.
ADDRESS_ONCE_IN = 3


class Pile:
    """The forms handed in for one consultation, numbered as they come."""

    def __init__(self, consultation: Consultation, crowd: Crowd, member: Membership) -> None:
        self.consultation = consultation
        self.crowd = crowd
        self.member = member
        self.numbers = count(1)

    def takes(self, text: Tale) -> bool:
        """Tells whether a text came otherwise than online, from somebody who said nothing before.

        Some authors of the tale are named after what they do for the town, which no form may say.
        """
        if text.get("channel", "online") == "online" or text["author"] in self.crowd.authors:
            return False
        try:
            require_free_name(text["author"], [self.consultation.project.collectivity])
        except Invalid:
            return False
        return True

    def type_in(self, text: Tale, *, point: str | None) -> Contribution:
        """Records the form on which a text stands, and returns that text."""
        number = next(self.numbers)
        channel = Channel(text["channel"])
        sources = SOURCES[channel]
        is_condition = text["kind"] == Kind.CONDITION.value
        position = Choice.CONDITIONS.value if is_condition else text.get("position")
        filled = Filled(
            channel=channel,
            received_on=clock.today(self.consultation.project.collectivity.timezone),
            source=sources[number % len(sources)],
            number=str(number),
            choice=Choice(position) if position else None,
            new_condition=text["text"] if is_condition else "",
            body="" if is_condition else text["text"],
            kind=Kind.COMMENT if is_condition else Kind(text["kind"]),
            stance=Stance(text.get("stance", "neutral")),
            dossier_field=text.get("about") if point is None else None,
            open_point=point,
            display_name=text["author"],
            postal_address=self._address(text["author"], number),
        )
        form = record_form(
            self.consultation,
            filled,
            form_key=f"demo-{self.consultation.slug}-{number}",
            member=self.member,
        )
        self.crowd.authors[text["author"]] = form.participant
        return texts_named(form.contributions)[-1]

    def _address(self, name: str, number: int) -> str:
        if number % ADDRESS_ONCE_IN != 1:
            return ""
        return f"{name}\n{number} rue des Tilleuls\n{self.consultation.project.collectivity.name}"

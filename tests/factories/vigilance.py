"""The smallest series, and a network that is known."""

from participation.collectivities.models import Collectivity
from participation.consultations.models import Participant
from participation.foundation import clock
from participation.foundation.database import db
from participation.vigilance.models import KnownNetwork, Rule, SeriesMember, SuspectSeries


def a_series(*participants: Participant, rule: Rule = Rule.ADDRESSES) -> SuspectSeries:
    """Returns a series of these participants, of one consultation, that nobody has judged."""
    series = SuspectSeries(
        consultation=participants[0].consultation,
        consultation_id=participants[0].consultation_id,
        rule=rule,
        last_seen_at=clock.now(),
    )
    db.session.add(series)
    db.session.flush()
    db.session.add_all(SeriesMember(series_id=series.id, participant_id=one.id) for one in participants)
    db.session.flush()
    return series


def a_known_network(collectivity: Collectivity, cidr: str = "203.0.113.0/24") -> KnownNetwork:
    """Returns a network declared as shared."""
    network = KnownNetwork(
        collectivity=collectivity, collectivity_id=collectivity.id, cidr=cidr, reason="La médiathèque."
    )
    db.session.add(network)
    db.session.flush()
    return network

"""Networks that many people share: declared with a reason, they have no limit and make no crowd."""

from ipaddress import ip_network

from participation.activity.models import Audience
from participation.activity.recording import record
from participation.collectivities.models import Collectivity, Membership
from participation.foundation.adding import add_once
from participation.foundation.database import db
from participation.foundation.errors import AlreadyDone, Invalid
from participation.foundation.i18n import lazy_gettext as _
from participation.vigilance.models import KnownNetwork

# A wider range is no building any more.
WIDEST_IPV4 = 20
WIDEST_IPV6 = 40


def declare_network(
    collectivity: Collectivity, *, cidr: str, reason: str, member: Membership, language: str = "fr"
) -> KnownNetwork:
    """Adds a range such as 198.51.100.0/24; raises Invalid for none or a wide one, AlreadyDone when known."""
    network = KnownNetwork(
        collectivity=collectivity,
        collectivity_id=collectivity.id,
        cidr=_range(cidr),
        reason=reason,
        language=language,
        added_by_id=member.id,
    )
    if not add_once(network):
        raise AlreadyDone(_("This network is already in the list."), "cidr")
    _record("known_network.declared", network, member)
    return network


def forget_network(network: KnownNetwork, *, member: Membership) -> None:
    """Takes a range out of the list: from now on it counts like any other."""
    _record("known_network.forgotten", network, member)
    db.session.delete(network)
    db.session.flush()


def _record(action: str, network: KnownNetwork, member: Membership) -> None:
    record(
        action, f"known_network:{network.id}", audience=Audience.AUDITOR, member=member, network=network.cidr
    )


def _range(words: str) -> str:
    try:
        found = ip_network(words.strip(), strict=False)
    except ValueError:
        raise Invalid(_("Write an address or a range, such as 198.51.100.0/24."), "cidr") from None
    if found.prefixlen < (WIDEST_IPV4 if found.version == 4 else WIDEST_IPV6):
        raise Invalid(
            _("This range is too wide for one building. Ask the network’s manager which one it uses."), "cidr"
        )
    return str(found)

"""Where a request comes from, as a network and never as an address: a key that changes every day.

The address is the one the configured proxies vouch for (TRUSTED_PROXIES); what a client claims is not read.
"""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import date, timedelta
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from flask import current_app, request

from participation.foundation import clock

IPV4_PREFIX = 24
IPV6_PREFIX = 56
# What is seen when a proxy was not declared, or inside one building: it says nothing of who sends.
INSIDE = tuple(
    ip_network(one)
    for one in ("127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "::1/128", "fc00::/7")
)
Address = IPv4Address | IPv6Address
Range = IPv4Network | IPv6Network


@dataclass(frozen=True)
class Client:
    """Where a request comes from, for as long as it lasts; `keys` name its network today and yesterday.

    Without an address that says anything, no keys.
    """

    address: Address | None
    keys: tuple[str, ...]

    def is_in(self, ranges: list[str]) -> bool:
        """Tells whether it comes from one of these ranges."""
        return self.address is not None and any(self.address in ip_network(one) for one in ranges)


def client() -> Client:
    """Returns where the present request comes from."""
    address = _address(request.remote_addr or "")
    if address is None:
        return Client(None, ())
    today = clock.now().date()
    return Client(address, tuple(_key(_around(address), day) for day in (today, today - timedelta(days=1))))


def counted_by() -> str:
    """Returns what the limits of one process count: the network, or the address where there is none."""
    return str(network_of(request.remote_addr or "") or request.remote_addr or "")


def network_of(words: str) -> Range | None:
    """Returns the /24 or /56 around an address; None for one inside, or for what is no address."""
    address = _address(words)
    return _around(address) if address is not None else None


def _address(words: str) -> Address | None:
    try:
        found = ip_address(words)
    except ValueError:
        return None
    if isinstance(found, IPv6Address) and found.ipv4_mapped is not None:
        found = found.ipv4_mapped
    return None if found.is_link_local or any(found in one for one in INSIDE) else found


def _around(address: Address) -> Range:
    prefix = IPV6_PREFIX if isinstance(address, IPv6Address) else IPV4_PREFIX
    return ip_network(f"{address}/{prefix}", strict=False)


def _key(network: Range, day: date) -> str:
    """Returns a name for a network that nobody can go back from, and that is another one tomorrow."""
    secret = str(current_app.config["SECRET_KEY"]).encode()
    return hmac.new(secret, f"network {day} {network}".encode(), hashlib.sha256).hexdigest()[:32]

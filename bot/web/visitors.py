"""Where a request comes from: the address that answers for it, which no header can forge."""

from collections.abc import Sequence
from ipaddress import IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from starlette.requests import Request

Network = IPv4Network | IPv6Network
_ONE_SUBSCRIBER = 64
"""So many bits of an IPv6 address are one subscriber's: whoever has them has all addresses below."""


def networks(words: str) -> tuple[Network, ...]:
    """Return the addresses and networks that a setting lists, between commas. Raises ValueError."""
    return tuple(ip_network(word.strip(), strict=False) for word in words.split(",") if word.strip())


def visitor(request: Request, proxies: Sequence[Network]) -> str:
    """Return the address that a request comes from, a whole network where that is one subscriber's.

    X-Forwarded-For counts as far as our own proxies wrote it: from its end, up to the first that is none.
    """
    address = request.client.host if request.client else ""
    hops = [hop.strip() for line in request.headers.getlist("x-forwarded-for") for hop in line.split(",")]
    while hops and _is_in(address, proxies):
        address = hops.pop()
    return _subscriber(address)


def _is_in(address: str, proxies: Sequence[Network]) -> bool:
    try:
        known = ip_address(address)
    except ValueError:
        return False
    return any(known in network for network in proxies)


def _subscriber(address: str) -> str:
    try:
        known = ip_address(address)
    except ValueError:
        return address[:64]
    if not isinstance(known, IPv6Address):
        return str(known)
    return str(known.ipv4_mapped or ip_network((int(known), _ONE_SUBSCRIBER), strict=False))

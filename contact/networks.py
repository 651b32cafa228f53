"""From which networks a visitor comes, without knowing who it is."""

from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

from django.conf import settings
from django.http import HttpRequest

# All whose address tells nothing are taken for one.
UNKNOWN = "unknown"
# A home has a network of the first size, a customer who asks for more one of the last (RFC 6177).
IPV6_PREFIXES = (64, 56, 48)
# How often as much as one network all those may do that tell nothing.
UNKNOWN_FACTOR = 10
# The only addresses of version 6 that anybody on the internet has (RFC 4291, 2.4).
IPV6_UNICAST = IPv6Network("2000::/3")
# Visitors of version 4, behind a translator (RFC 6052 and RFC 8215).
NAT64 = (IPv6Network("64:ff9b::/96"), IPv6Network("64:ff9b:1::/48"))


def networks_of(request: HttpRequest) -> tuple[str, ...]:
    """The visitor's networks from narrow to wide.

    An IPv4 address, also where version 6 only carries it; else the three networks of version 6
    that one customer of a provider may have to himself. UNKNOWN alone where the proxy tells no
    address of the internet. Nothing where nobody said how to tell it (CLIENT_ADDRESS_HEADER):
    behind a proxy, all visitors would be taken for one.
    """
    if not settings.CLIENT_ADDRESS_HEADER:
        return ()
    # A list of proxies ends with the one that our own proxy saw.
    told = request.META.get(settings.CLIENT_ADDRESS_HEADER, "").split(",")[-1].strip()
    try:
        address = ip_address(_without_port(told))
    except ValueError:
        return (UNKNOWN,)
    if isinstance(address, IPv6Address):
        address = _carried_by(address) or address
    if not address.is_global or address.is_multicast:
        return (UNKNOWN,)
    if isinstance(address, IPv4Address):
        return (str(address),)
    if address not in IPV6_UNICAST:
        return (UNKNOWN,)
    return tuple(str(IPv6Network((int(address), prefix), strict=False)) for prefix in IPV6_PREFIXES)


def limits_of(networks: tuple[str, ...], most: int) -> dict[str, int]:
    """What each of the networks may do where the narrowest may do `most`.

    Each wider one twice as much as the one in it: neighbours do not shut each other out, and who
    has them all gains little.
    """
    if networks == (UNKNOWN,):
        return {UNKNOWN: most * UNKNOWN_FACTOR}
    return {network: most * 2**step for step, network in enumerate(networks)}


def _carried_by(address: IPv6Address) -> IPv4Address | None:
    """The address of version 4 behind one of version 6: whoever has it has thousands of these."""
    if address.ipv4_mapped or address.sixtofour:
        return address.ipv4_mapped or address.sixtofour
    if address.teredo:
        _server, client = address.teredo
        return client
    if any(address in network for network in NAT64):
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return None


def _without_port(text: str) -> str:
    """The address in `192.0.2.1:443` and in `[2001:db8::1]:443`."""
    if text.startswith("["):
        return text[1:].partition("]")[0]
    return text.partition(":")[0] if text.count(":") == 1 else text

"""Where webhooks may be sent: https addresses of the public internet, whatever form their host takes.

The name is resolved once, every address that it has is checked, and the connection is made to a checked address, so
that a name cannot point elsewhere a moment later (DNS rebinding).
"""

from __future__ import annotations

import ipaddress
import socket
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.encoding import iri_to_uri
from django.utils.translation import gettext_lazy as _

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

# IANA IPv4 Special-Purpose Address Registry, with multicast (224.0.0.0/4) and what is reserved (240.0.0.0/4).
_CLOSED_4 = [
    ipaddress.IPv4Network(network)
    for network in (
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24",
        "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24", "192.168.0.0/16", "192.175.48.0/24",
        "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
    )
]  # fmt: skip
# IPv6: global unicast only, without the parts of it that tunnel to IPv4, or are for documentation.
_OPEN_6 = ipaddress.IPv6Network("2000::/3")
_CLOSED_6 = [ipaddress.IPv6Network(network) for network in ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20")]


class Refused(Exception):
    """Not a place to send to."""


@dataclass(frozen=True)
class Target:
    """A checked place to send to. `addresses`: any of them, in the order of the resolver; `path`: with the query."""

    secure: bool
    host: str
    port: int
    path: str
    addresses: tuple[str, ...]


def is_public(address: str) -> bool:
    """Whether an IPv4 or IPv6 address belongs to a host of the public internet."""
    parsed: Address = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(parsed, ipaddress.IPv4Address):
        return not any(parsed in network for network in _CLOSED_4)
    return parsed in _OPEN_6 and not any(parsed in network for network in _CLOSED_6)


def validate_url(url: str) -> None:
    """Refuse what can never be sent to, as an editor's mistake; names are resolved only when something is sent."""
    try:
        parts = _parts(url)
    except Refused:
        raise ValidationError(_("Enter an https address with a host and without a user name.")) from None
    address = _literal(parts.hostname or "")
    if address and not _allowed(address):
        raise ValidationError(_("This address is not on the public internet."))


def find_target(url: str) -> Target:
    """Resolve and check an address. Raises Refused, or OSError where the name cannot be resolved."""
    parts = _parts(url)
    secure = parts.scheme == "https"
    try:
        host = (parts.hostname or "").encode("idna").decode()
    except UnicodeError:
        raise Refused from None
    port = parts.port or (443 if secure else 80)
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    addresses = tuple(dict.fromkeys(str(entry[4][0]) for entry in found))
    if not addresses or not all(_allowed(address) for address in addresses):
        raise Refused
    if not secure and not all(_is_loopback(address) for address in addresses):
        raise Refused
    path = iri_to_uri(parts.path or "/") + (f"?{iri_to_uri(parts.query)}" if parts.query else "")
    return Target(secure, host, port, path, addresses)


def _parts(url: str) -> SplitResult:
    schemes = ("https", "http") if settings.WEBHOOK_ALLOW_LOOPBACK else ("https",)
    try:
        parts = urlsplit(url)
        valid = parts.scheme in schemes and parts.hostname and "@" not in parts.netloc and parts.port != 0
    except ValueError:
        raise Refused from None
    if not valid or any(character.isspace() or not character.isprintable() for character in url):
        raise Refused
    return parts


def _literal(host: str) -> str | None:
    """The address that a host states in any of the forms that resolvers take: 127.1, 0x7f000001, 2130706433, ::1."""
    try:
        return socket.inet_ntoa(socket.inet_aton(host))
    except (OSError, UnicodeError):
        pass
    try:
        return str(ipaddress.IPv6Address(host.partition("%")[0]))
    except ValueError:
        return None


def _is_loopback(address: str) -> bool:
    return ipaddress.ip_address(address.partition("%")[0]).is_loopback


def _allowed(address: str) -> bool:
    return is_public(address) or (settings.WEBHOOK_ALLOW_LOOPBACK and _is_loopback(address))

"""Where webhooks may be sent: https addresses on the public internet, in whatever form their host is written.

The name is resolved once, all of its addresses are checked, and the connection is made to a checked address, so that
the name cannot point elsewhere a moment later (DNS rebinding).
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

# Networks that `is_global` lets through: protocol assignments (before Python 3.11.10), relays to IPv6, tunnels to IPv4,
# and documentation ranges that only newer versions of Python know. For IPv6, only global unicast is open: 64:ff9b::/96
# is global too, and leads to any IPv4 address.
_OPEN_6 = ipaddress.IPv6Network("2000::/3")
_CLOSED = [
    ipaddress.ip_network(network)
    for network in ("192.0.0.0/24", "192.88.99.0/24", "2001::/23", "2002::/16", "3fff::/20")
]


class Refused(Exception):
    """Raised for a URL that webhooks may not be sent to."""


@dataclass(frozen=True)
class Target:
    """A checked target. `addresses` are interchangeable and in the resolver's order; `path` includes the query."""

    secure: bool
    host: str
    port: int
    path: str
    addresses: tuple[str, ...]


def is_public(address: str) -> bool:
    """Return whether an IPv4 or IPv6 address belongs to a host on the public internet."""
    parsed: Address = ipaddress.ip_address(address.partition("%")[0])
    if not parsed.is_global or parsed.is_multicast or (parsed.version == 6 and parsed not in _OPEN_6):
        return False
    return not any(parsed in network for network in _CLOSED)


def validate_url(url: str) -> None:
    """Raise ValidationError for an address that can never be sent to; names are resolved only on sending."""
    try:
        parts = _parts(url)
    except Refused:
        raise ValidationError(_("Enter an https address with a host and without a user name.")) from None
    address = _literal(parts.hostname or "")
    if address and not _allowed(address):
        raise ValidationError(_("This address is not on the public internet."))


def find_target(url: str) -> Target:
    """Resolve and check an address. Raise Refused, or OSError if the name cannot be resolved."""
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
    """Return the IP address that a host states in any form that resolvers take: 127.1, 0x7f000001, 2130706433, ::1."""
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

"""Find the network that a request comes from. For counting only: never stored."""

from __future__ import annotations

import ipaddress
import re

from django.conf import settings
from django.http import HttpRequest

# How some proxies write an address: [2001:db8::1]:4711, 192.0.2.1:4711
_WITH_PORT = re.compile(r"\[(?P<six>[^\]]+)\](?::\d+)?|(?P<four>[\d.]+):\d+")


def network_of(request: HttpRequest) -> str:
    """Return the address of the sender, for IPv6 its network (/64); empty if it is not known.

    Behind our own proxy (TRUST_PROXY) it is the last address in X-Forwarded-For, which that proxy has written itself,
    so that nothing a visitor sends has any effect (docs/operations.md, “The proxy”).
    """
    address = request.META.get("REMOTE_ADDR", "")
    if settings.TRUST_PROXY:
        address = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
    try:
        parsed = ipaddress.ip_address(_without_port(address))
    except ValueError:
        return ""
    if isinstance(parsed, ipaddress.IPv6Address):
        if parsed.ipv4_mapped:
            return str(parsed.ipv4_mapped)
        return str(ipaddress.ip_network((parsed, 64), strict=False))
    return str(parsed)


def sender_of(request: HttpRequest) -> str:
    """Return what to count a request by: the sender's network; empty if that is not known, or is only this machine,
    which is a proxy that does not say whom it forwards for.
    """
    network = network_of(request)
    return "" if network and ipaddress.ip_network(network).is_loopback else network


def _without_port(address: str) -> str:
    match = _WITH_PORT.fullmatch(address)
    return (match["six"] or match["four"]) if match else address

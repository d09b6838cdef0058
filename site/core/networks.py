"""From which network a request comes. For counting only: never stored."""

from __future__ import annotations

import ipaddress
import re

from django.conf import settings
from django.http import HttpRequest

# What some proxies write behind an address: [2001:db8::1]:4711, 192.0.2.1:4711
_WITH_PORT = re.compile(r"\[(?P<six>[^\]]+)\](?::\d+)?|(?P<four>[\d.]+):\d+")


def network_of(request: HttpRequest) -> str:
    """The address of the sender, for IPv6 its network (/64); empty where it is not known.

    Behind a proxy of ours (TRUST_PROXY) it is the last one of X-Forwarded-For, which that proxy has written itself, so
    that nothing a visitor sends counts (docs/operations.md, “The proxy”).
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
    """By whom to count a request: its network; empty where that is not known, or is only this machine, which is a proxy
    that does not say for whom it asks.
    """
    network = network_of(request)
    return "" if network and ipaddress.ip_network(network).is_loopback else network


def _without_port(address: str) -> str:
    match = _WITH_PORT.fullmatch(address)
    return (match["six"] or match["four"]) if match else address

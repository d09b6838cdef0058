"""From which network a request comes. For counting only: never stored."""

from __future__ import annotations

import ipaddress

from django.conf import settings
from django.http import HttpRequest


def network_of(request: HttpRequest) -> str:
    """The address of the sender, for IPv6 its network (/64); empty where it is not known."""
    address = request.META.get("REMOTE_ADDR", "")
    if settings.TRUST_PROXY:
        # Our own proxy adds the address of whom it speaks with at the end.
        address = request.headers.get("X-Forwarded-For", address).rpartition(",")[2].strip()
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return ""
    if isinstance(parsed, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((parsed, 64), strict=False))
    return str(parsed)

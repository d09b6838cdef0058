"""Decide which links of a document are kept."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

from core.links.web_addresses import is_web_address
from core.text.hidden_characters import without_hidden

_LONGEST = 2000


def address_of(link: str) -> str:
    """Return the web address that a link leads to; empty if there is none: a file, a bookmark, a script."""
    address = without_hidden(link.replace("\0", "")).strip()
    address = _without_redirect(address)
    return address if len(address) <= _LONGEST and is_web_address(address) else ""


def _without_redirect(address: str) -> str:
    """Return the target of a Google Docs link: Google Docs routes every link through a redirect page."""
    if not address.startswith(("https://www.google.com/url?", "http://www.google.com/url?")):
        return address
    try:
        targets = parse_qs(urlsplit(address).query).get("q", [])
    except ValueError:
        return address
    return targets[0] if targets else address

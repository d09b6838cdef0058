"""Reads everything that a visitor can reach by following addresses in pages and API answers."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable
from html import unescape
from typing import Any
from urllib.parse import urlsplit

from django.test import Client

# Addresses of the site in HTML, XML and JSON.
_ADDRESS = re.compile(r"""(?:(?:href|src|action|content)="|srcset="|, |"|>)((?:http://testserver)?/[^\s"<>,]*)""")
_NOT_FOLLOWED = ("/admin/", "/static/")


def crawl(client: Client, starts: Iterable[str], most: int = 20_000) -> dict[str, str]:
    """Return the body of every address that can be reached from `starts`, whatever its status."""
    waiting = deque(dict.fromkeys(starts))
    known = set(waiting)
    bodies: dict[str, str] = {}
    while waiting and len(bodies) < most:
        address = waiting.popleft()
        bodies[address] = body = _read(client, address)
        for found in _addresses_in(body):
            if found not in known:
                known.add(found)
                waiting.append(found)
    assert not waiting, f"more than {most} addresses"
    return bodies


def _read(client: Client, address: str) -> str:
    response: Any = client.get(address)
    parts: Iterable[bytes] = response.streaming_content if response.streaming else [response.content]
    text = b"".join(parts).decode(errors="replace")
    return f'{text}\nhref="{response.headers.get("Location", "")}"'


def _addresses_in(body: str) -> Iterable[str]:
    for found in _ADDRESS.findall(body.replace("\\/", "/")):
        parts = urlsplit(unescape(found))
        address = parts.path + (f"?{parts.query}" if parts.query else "")
        # Filters and pages of lists can be combined endlessly; it is enough to follow each alone.
        if not address.startswith(_NOT_FOLLOWED) and not address.startswith("//") and parts.query.count("&") < 2:
            yield address

"""Reads the sitemap: the index and every file in it."""

from __future__ import annotations

import re
from typing import Any
from xml.etree.ElementTree import Element

from defusedxml import ElementTree
from django.test import Client
from django.urls import reverse
from wagtail.models import Page

from core.pages.sitemap import PAGES_OF_A_FILE

NAMESPACES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}
_HOST = "http://testserver"


def sitemap_files(client: Client) -> dict[str, str]:
    """Return the text of each file that the index names, by address without host."""
    index: Element = ElementTree.fromstring(client.get("/sitemap.xml").content)
    addresses = [each.text or "" for each in index.findall("s:sitemap/s:loc", NAMESPACES)]
    assert all(address.startswith(f"{_HOST}/") for address in addresses)
    return {address: _text(client, address) for address in (each.removeprefix(_HOST) for each in addresses)}


def sitemap_text(client: Client) -> str:
    """Return the text of all files together."""
    return "".join(sitemap_files(client).values())


def sitemap_entries(client: Client) -> dict[str, Element]:
    """Return the entries of all files by address, with the host."""
    entries = [
        entry
        for text in sitemap_files(client).values()
        for entry in ElementTree.fromstring(text).findall("s:url", NAMESPACES)
    ]
    found = {entry.findtext("s:loc", "", NAMESPACES): entry for entry in entries}
    assert len(found) == len(entries)
    return found


def addresses_in(text: str) -> list[str]:
    """Return the addresses that a file lists, without host."""
    return re.findall(rf"<loc>{_HOST}(.*?)</loc>", text)


def _text(client: Client, address: str) -> str:
    response: Any = client.get(address)
    assert response.status_code == 200, address
    text: str = response.content.decode()
    return text


def sitemap_file_of(page: Page) -> str:
    """Return the address of the file that lists a page, without host."""
    return reverse("sitemap_file", args=[page.pk // PAGES_OF_A_FILE + 1])

"""Where the files of pictures and documents are lost, as after half a restore, all else is still answered."""

from __future__ import annotations

import html
import re
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from tests.factories import LANGUAGES
from tests.sitemaps import addresses_in, sitemap_text

pytestmark = pytest.mark.django_db
_LINKED = re.compile(r'(?:href|src|content)="(?:http://testserver)?(/[^"#]*)"')


@pytest.fixture
def lost(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.slow
def test_pages_are_whole_and_what_they_lead_to_is_no_fault(lost: None, client: Client, language: str) -> None:
    pages = [address for address in addresses_in(sitemap_text(client)) if address.startswith(f"/{language}/")]
    linked: set[str] = set()
    for address in pages:
        for headers in ({}, {"Save-Data": "on"}):
            response = client.get(address, headers=headers)
            assert response.status_code == 200, address
            linked.update(html.unescape(found) for found in _LINKED.findall(response.text))
    files = {address for address in linked - set(pages) if not address.startswith(("/ar/", "/en/", "/fr/"))}
    own = {address for address in linked - set(pages) if address.startswith(f"/{language}/")}
    assert {status_of(client, address) for address in files} == {200, 404}
    for address in own:
        assert status_of(client, address) < 500, address


def test_data_savers_read_how_large_a_picture_is_only_where_it_is_known(client: Client, settings: Settings) -> None:
    shown = client.get("/en/", headers={"Save-Data": "on"}).text
    assert re.search(r"Show the picture \(<bdi>[1-9][\d.]*\s[KM]?", shown)
    settings.MEDIA_ROOT = "/nowhere"
    without = client.get("/en/", headers={"Save-Data": "on"}).text
    assert "Show the picture</a>" in without
    assert "<bdi>0" not in without


def status_of(client: Client, address: str) -> int:
    response: Any = client.get(address)
    if response.streaming:
        response.getvalue()
    status: int = response.status_code
    return status

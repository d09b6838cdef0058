"""The page of components shows them without a database."""

from __future__ import annotations

import re
from html import unescape
from types import SimpleNamespace
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

import pytest
from django.conf import settings
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation

from core.design.components import component_page, samples


@pytest.mark.parametrize("language", ["ar", "en", "fr"])
def test_every_component_can_be_looked_at_without_a_database(language: str) -> None:
    with translation.override(language):
        html = component_page(RequestFactory().get(f"/{language}/components/")).content.decode()
    for template, _ in samples(language):
        assert template in html
    assert ('<bdi dir="ltr">PR-2026-0412</bdi>' if language == "ar" else "PR-2026-0412") in html


def test_a_page_is_shared_by_plain_links() -> None:
    """Nothing is loaded from another site, and title and address are passed on completely."""
    page = SimpleNamespace(translation_key=UUID("0123456789abcdef" * 2), title="A & B? 100%")
    with translation.override("en"):
        html = unescape(render_to_string("components/share.html", {"page": page}))
    links = [urlsplit(address) for address in re.findall(r'href="([^"]+)"', html)]
    assert [link.netloc for link in links] == ["wa.me", "t.me", "www.facebook.com", "x.com", ""]
    address = f"{settings.BASE_URL}/en/p/0123456789ab"
    for link in links:
        values = " ".join(value for values in parse_qs(link.query).values() for value in values)
        assert address in values
        assert page.title in values or link.netloc == "www.facebook.com"
    assert "<script" not in html
    assert "src=" not in html

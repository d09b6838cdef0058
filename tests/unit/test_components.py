"""The page of components shows them without a database."""

from __future__ import annotations

import pytest
from django.test import RequestFactory
from django.utils import translation

from core.components import component_page, samples


@pytest.mark.parametrize("language", ["ar", "en", "fr"])
def test_every_component_can_be_looked_at_without_a_database(language: str) -> None:
    with translation.override(language):
        html = component_page(RequestFactory().get(f"/{language}/components/")).content.decode()
    for template, _ in samples(language):
        assert template in html
    assert ('<bdi dir="ltr">PR-2026-0412</bdi>' if language == "ar" else "PR-2026-0412") in html

"""The text that an editor sees for a block in the comparison of two versions of a page."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils.translation import override
from wagtail.admin.compare import StreamBlockComparison
from wagtail.blocks import StreamValue

from core.blocks.body import BodyBlock

FILES = {"type": "documents", "value": {"title": "", "files": [{"document": None, "title": "Annex 7"}]}}
FIGURES = {"type": "key_figures", "value": [{"value": "250", "label": "people trained", "source": "", "as_of": ""}]}


def shown(raw: list[dict[str, Any]], language: str) -> str:
    """Return the comparison of an empty body with one that has these blocks."""
    body = BodyBlock()
    nothing, new = StreamValue(body, [], is_lazy=True), StreamValue(body, raw, is_lazy=True)
    with override(language):
        return str(StreamBlockComparison(body, True, True, nothing, new).htmldiff())


@pytest.mark.parametrize(("language", "label"), [("ar", "العنوان"), ("en", "Title"), ("fr", "Titre")])
def test_new_file_is_shown_with_the_labels_of_its_fields(language: str, label: str) -> None:
    text = shown([FILES], language)
    assert f"{label}: Annex 7" in text
    assert "title" not in text
    assert "document" not in text


def test_new_key_figure_is_shown_with_the_labels_of_its_fields() -> None:
    text = shown([FIGURES], "fr")
    assert "people trained" in text
    assert "value" not in text
    assert "label" not in text

"""The JSON of one content of each type in each language equals the version that was reviewed."""

from __future__ import annotations

import json
import os
from typing import Any

import pytest
from django.test import Client

from publishing.models import PublishedDocument
from tests.api.make_examples import FILE, examples, write
from tests.api.snapshots import assert_same_as_file, stable

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("language", ["ar", "en", "fr"])
@pytest.mark.parametrize("kind", ["news", "press_release", "publication", "programme", "page", "event"])
def test_json_is_the_reviewed_one(client: Client, kind: str, language: str) -> None:
    rows = PublishedDocument.objects.filter(type=kind, locale=language, removal="")
    row = min(rows, key=lambda row: str(row.content_id))
    item = client.get(f"/api/v1/items/{row.content_id}?locale={language}").json()
    assert_same_as_file(f"golden/{kind}.{language}.json", stable(item))


def test_examples_of_the_document_have_the_form_of_the_answers(client: Client) -> None:
    if os.environ.get("UPDATE_SNAPSHOTS"):
        write(client)
    assert form(json.loads(FILE.read_text(encoding="utf-8"))) == form(examples(client))


def form(value: Any) -> Any:
    """Return the structure of an answer without its values: its keys, and for a list those of its first item."""
    if isinstance(value, dict):
        return {name: form(item) for name, item in value.items()}
    return [form(item) for item in value[:1]] if isinstance(value, list) else None

"""Writes site/api/examples.json, the examples of the OpenAPI document.

They are answers of a site with the starter and sample content. To update them, run the tests of
tests/integration/test_api_golden.py with `UPDATE_SNAPSHOTS=1`.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.test import Client

from tests.api.snapshots import stable

FILE = Path(__file__).resolve().parents[2] / "site" / "api" / "examples.json"
_BASE = "/api/v1"
_LISTS = {
    "list_items": "/items?locale={}&limit=1&facets=type:2",
    "list_news": "/news?locale={}&limit=1",
    "search": "/search?q={word}&locale={}&limit=1&fields=content_id,title,html_url",
    "suggest": "/suggest?q={word}&locale={}&limit=2",
    "navigation": "/navigation?locale={}",
    "feed_news_json": "/feeds/news.json?locale={}",
}
_WORDS = {"ar": "الهجرة", "en": "migration", "fr": "migration"}
_SINGLE = {
    "service": "/",
    "changes": "/changes?limit=2",
    "resolve": "/resolve?url=/ar/",
    "topics": "/vocabularies/topics",
    "countries": "/vocabularies/countries",
    "types": "/vocabularies/types",
}


def examples(client: Client) -> dict[str, dict[str, Any]]:
    """Return the examples by the name of the operation, then of the example."""
    found = {name: {"example": _asked(client, path)} for name, path in _SINGLE.items()}
    for name, path in _LISTS.items():
        found[name] = {language: _asked(client, path.format(language, word=word)) for language, word in _WORDS.items()}
    item = _in_three_languages(client)
    found["item"] = {language: _asked(client, f"/items/{item}?locale={language}") for language in ("ar", "en", "fr")}
    found["item_json_ld"] = {
        language: _asked(client, f"/items/{item}.jsonld?locale={language}") for language in ("ar", "en", "fr")
    }
    return found


def _in_three_languages(client: Client) -> str:
    items = client.get(f"{_BASE}/publications?limit=100").json()["items"]
    return str(next(item["content_id"] for item in items if len(item["alternates"]) == 2))


def _asked(client: Client, path: str) -> Any:
    answer = stable(client.get(_BASE + path).json())
    return _shortened(json.loads(json.dumps(answer).replace("http://testserver", "https://www.example.org")))


def _shortened(value: Any) -> Any:
    """Cut long lists and HTML texts, to keep the examples readable."""
    if isinstance(value, dict):
        return {name: _shortened(item) for name, item in value.items()}
    if isinstance(value, list):
        return [_shortened(item) for item in value[:2]]
    if isinstance(value, str) and len(value) > 400 and "<" in value:
        return value[:120] + "…"
    return value


def write(client: Client) -> None:
    FILE.write_text(json.dumps(examples(client), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")

"""What the partners' guide says is what the API does."""

from __future__ import annotations

import json
import re
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

import pytest

from api.api import openapi

from .live import LiveSite

GUIDE = (Path(__file__).resolve().parents[2] / "docs/partners/guide.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"curl '(https://www\.example\.org[^'…]*)'\n\n```json\n(.*?)```", GUIDE, re.DOTALL)


def keys_not_answered(shown: Any, answered: Any, place: str = "") -> list[str]:
    """Keys of an abridged answer in the guide that the real one does not have; what is left out stands as …"""
    if isinstance(shown, list) and isinstance(answered, list):
        return [
            text for one, other in zip(shown, answered, strict=False) for text in keys_not_answered(one, other, place)
        ]
    if not (isinstance(shown, dict) and isinstance(answered, dict)):
        return []
    wrong: list[str] = []
    for name, value in shown.items():
        if name in answered:
            wrong += keys_not_answered(value, answered[name], f"{place}/{name}")
        elif name != "…":
            wrong.append(f"{place}/{name}")
    return wrong


@pytest.mark.parametrize(("address", "answer"), EXAMPLES, ids=[address for address, _ in EXAMPLES])
def test_example_of_the_guide_is_answered_as_it_says(address: str, answer: str, live_site: LiveSite) -> None:
    shown = json.loads(answer)
    try:
        with urllib.request.urlopen(address.replace("https://www.example.org", live_site.address)) as response:
            real = json.load(response)
    except urllib.error.HTTPError as error:
        with error:
            real = json.load(error)
    assert keys_not_answered(shown, real) == []
    for name in ("content_id", "locale", "title", "status", "detail", "fallback"):
        assert shown.get(name) == (real.get(name) if name in shown else None)


def test_guide_has_examples() -> None:
    assert len(EXAMPLES) >= 6


def test_every_address_of_the_api_stands_in_the_guide() -> None:
    """The line about the feeds names the first of them, and how the others end."""
    paths = {path for path in openapi()["paths"] if not path.startswith("/feeds/")} | {"/feeds/news.json"}
    assert {path for path in paths if f"`{path}" not in GUIDE} == set()
    assert "`, `.atom`, `.rss`; also `press-releases`, `publications` |" in GUIDE


def test_every_parameter_of_lists_stands_in_the_guide() -> None:
    names = {item["name"] for item in openapi()["paths"]["/search"]["get"]["parameters"] if "name" in item}
    assert {name for name in names if name not in GUIDE} == set()

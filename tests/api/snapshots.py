"""Snapshots of the API's answers in files, so that reviewers see every change.

`UPDATE_SNAPSHOTS=1 make test` (or pytest with the same variable) updates them.
"""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
# Values that differ each time the same content is loaded, and their replacements.
_VOLATILE = {"seq": 1, "updated_at": "2026-01-01T00:00:00Z", "content_updated_at": "2026-01-01T00:00:00Z"}
# Types without a date, which get that of the loading.
_UNDATED = ("event", "page", "programme")
_NUMBERED_FILE = re.compile(r"/documents/\d+/")
_STORED_FILE = re.compile(r"(/media/images/[^.\"]+?)(?:_[A-Za-z0-9]{7})?((?:\.[a-z0-9-]+)+\.(?:jpg|webp|png))")


def stable(value: Any) -> Any:
    """Return the value, with the parts replaced that differ each time the same content is loaded."""
    if isinstance(value, dict):
        volatile = _VOLATILE | ({"published_at": "2026-01-01T00:00:00Z"} if value.get("type") in _UNDATED else {})
        return {name: volatile[name] if name in volatile else stable(item) for name, item in value.items()}
    if isinstance(value, list):
        return [stable(item) for item in value]
    if isinstance(value, str):
        return _STORED_FILE.sub(r"\1\2", _NUMBERED_FILE.sub("/documents/1/", value))
    return value


def without_examples(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: without_examples(item) for name, item in value.items() if name != "examples"}
    if isinstance(value, list):
        return [without_examples(item) for item in value]
    return value


def assert_same_as_file(name: str, value: Any) -> None:
    path = FOLDER / name
    if os.environ.get("UPDATE_SNAPSHOTS"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    assert json.loads(path.read_text(encoding="utf-8")) == json.loads(json.dumps(value)), (
        f"tests/api/{name} says otherwise; if the change is meant, run with UPDATE_SNAPSHOTS=1 and review it"
    )

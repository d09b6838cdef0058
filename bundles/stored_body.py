"""Bodies as they are stored, with ids in place of references, and in a form that can be compared."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID, uuid5

from core.content_types.front_matter import Resolve
from core.content_types.references import resolved

from .markdown_reader import Block

_BLOCK_KEY = re.compile(r' data-block-key="[^"]*"')


def stored_body(blocks: list[Block], content_id: UUID, resolve: Resolve) -> list[dict[str, Any]]:
    """Return the raw data of a StreamField. Block ids are stable: they derive from the content and the position."""
    return [
        {
            "type": block.type,
            "value": resolved(block.value, resolve),
            "id": str(uuid5(content_id, str(index))),
        }
        for index, block in enumerate(blocks)
    ]


def comparable(raw: Any) -> Any:
    """Return raw stream data without ids of blocks and keys of paragraphs, which carry no meaning."""
    if isinstance(raw, dict):
        if raw.keys() <= {"type", "value", "id"} and raw.get("type") == "item":
            return comparable(raw["value"])
        return {key: comparable(value) for key, value in raw.items() if key != "id" or "type" not in raw}
    if isinstance(raw, list):
        return [comparable(item) for item in raw]
    return _BLOCK_KEY.sub("", raw) if isinstance(raw, str) else raw

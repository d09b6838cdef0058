"""The headings of a body are numbered in one pass."""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

from django.template.loader import render_to_string

from core.templatetags.site_tags import with_sections


class Body:
    """Blocks that are counted as they are read."""

    def __init__(self, *kinds: str) -> None:
        self.blocks = [SimpleNamespace(block_type=kind) for kind in kinds]
        self.read = 0

    def __iter__(self) -> Iterator[Any]:
        for block in self.blocks:
            self.read += 1
            yield block

    def __len__(self) -> int:
        return len(self.blocks)


def test_headings_are_numbered_and_nothing_else() -> None:
    body = Body("rich_text", "heading", "image", "heading")
    assert [section for _block, section in with_sections(body)] == [None, 1, None, 2]


def test_equal_headings_have_numbers_of_their_own() -> None:
    heading = SimpleNamespace(block_type="heading", value="The same")
    assert [section for _block, section in with_sections([heading, heading])] == [1, 2]


def test_a_body_is_read_once_however_many_blocks_it_has() -> None:
    body = Body(*["heading", "rich_text"] * 200)
    render_to_string("components/body.html", {"body": body, "without": None, "language": "en"})
    assert body.read == 400

"""Keep the text of one editor out of the form of another.

Wagtail's field for rich text belongs to the block, not to the request, and parses the stored text with one shared
parser: two threads that open a form at the same moment feed both their texts to it. Delete this module when the
converter has no state.
"""

from __future__ import annotations

from typing import Any

from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter
from wagtail.admin.rich_text.converters.html_to_contentstate import HtmlToContentStateHandler


def _from_database_format(converter: Any, html: str) -> str:
    handler = HtmlToContentStateHandler(converter.features)
    handler.feed(html)
    handler.close()
    text: str = handler.contentstate.as_json(indent=4, separators=(",", ": "))
    return text


ContentstateConverter.from_database_format = _from_database_format

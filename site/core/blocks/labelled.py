from __future__ import annotations

from typing import Any

from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from wagtail import blocks


class LabelledStructBlock(blocks.StructBlock):
    """An item of a list block. When revisions are compared, Wagtail shows such an item as plain text, with the field
    names of the code; this class shows the fields' labels, in the editor's language, and leaves out empty fields.
    """

    def render_basic(self, value: Any, context: dict[str, Any] | None = None) -> SafeString:
        fields = ((self.child_blocks[name].label, content) for name, content in value.items() if content)
        return format_html_join(" · ", "{}: {}", fields)

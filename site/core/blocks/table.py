from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.table_block.blocks import TableBlock as WagtailTableBlock
from wagtail_localize.segments import StringSegmentValue

from core.content_types.builder import DocumentBuilder, Json


class TableBlock(WagtailTableBlock):
    """A table of plain text with a caption. Its value: {"data": [[cell, …], …], "table_caption": …,
    "table_header_choice": "row" | "column" | "both" | "neither", …}.
    """

    def clean(self, value: Any) -> Any:
        value = super().clean(value)
        if value and not (value.get("table_caption") or "").strip() and not self.is_deferred_validation:
            raise ValidationError(_("Give the table a caption that says what it shows."))
        return value

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        context: dict[str, Any] = super(WagtailTableBlock, self).get_context(value, parent_context=parent_context)
        rows = [[cell or "" for cell in row] for row in value.get("data", [])] if value else []
        has_header_row = bool(value) and value.get("table_header_choice") in ("row", "both")
        context["caption"] = value.get("table_caption", "") if value else ""
        context["header"] = rows[0] if has_header_row and rows else []
        context["rows"] = rows[1:] if has_header_row else rows
        context["first_column_is_header"] = bool(value) and value.get("table_header_choice") in (
            "column",
            "both",
        )
        return context

    def render(self, value: Any, context: Any = None) -> Any:
        """Render the template only; Wagtail's own method renders the raw value when there is no template."""
        return super(WagtailTableBlock, self).render(value, context=context)

    def get_translatable_segments(self, value: Any) -> list[StringSegmentValue]:
        """Return the caption and the cells, for field-by-field translation."""
        if not value:
            return []
        segments = [StringSegmentValue("caption", value.get("table_caption") or "")]
        for row_number, row in enumerate(value.get("data", [])):
            segments += [StringSegmentValue(f"{row_number}-{column}", cell) for column, cell in enumerate(row) if cell]
        return [segment for segment in segments if not segment.is_empty()]

    def restore_translated_segments(self, value: Any, segments: list[Any]) -> Any:
        data = [list(row) for row in value.get("data", [])]
        restored = {**value, "data": data}
        for segment in segments:
            if segment.path == "caption":
                restored["table_caption"] = segment.render_text()
            else:
                row, column = (int(part) for part in segment.path.split("-"))
                data[row][column] = segment.render_text()
        return restored

    def to_document(self, value: Any, builder: DocumentBuilder) -> Json:
        shown = self.get_context(value)
        names = ("caption", "header", "rows", "first_column_is_header")
        return {"type": "table", **{name: shown[name] for name in names}}

    class Meta:
        icon = "table"
        label = _("Table")
        description = _("Rows and columns of text, with a caption.")
        template = "blocks/table.html"


def table_value(rows: list[list[str]], has_header: bool, caption: str, first_column: bool = False) -> dict[str, Any]:
    """Return the stored value of a table block. Rows are padded to the same length."""
    width = max(len(row) for row in rows)
    choice = {(True, True): "both", (True, False): "row", (False, True): "column", (False, False): "neither"}
    return {
        "data": [[*row, *[""] * (width - len(row))] for row in rows],
        "cell": [],
        "mergeCells": [],
        "table_caption": caption,
        "first_row_is_table_header": has_header,
        "first_col_is_header": first_column,
        "table_header_choice": choice[(has_header, first_column)],
    }


def assumed_caption(heading: str, header: list[str]) -> str:
    """Return a caption for a table whose source allowed none: the heading above it, or its column headings."""
    return heading or ", ".join(filter(None, header))

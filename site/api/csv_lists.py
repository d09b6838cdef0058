"""Lists as CSV: one line per content, streamed while later ones are still being read."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from django.http import StreamingHttpResponse

from core.content_types.builder import Json
from core.text.csv_text import BYTE_ORDER_MARK, CSV_TYPE, csv_line

from .items import item_text
from .rows import Document
from .schemas import ListParameters
from .schemas.content import OWN_FIELDS

CSV_MEDIA = "text/csv"
COLUMNS = (
    "content_id", "type", "role", "locale", "title", "summary_text", "html_url", "api_url", "published_at",
    "content_updated_at", "translation_status", "alternates", "countries", "topics", *OWN_FIELDS, "lead_image",
    "rights",
)  # fmt: skip


def csv_response(rows: Iterable[Document], parameters: ListParameters, name: str) -> StreamingHttpResponse:
    """Return a list as a CSV download. `name` is the file name without language and extension."""
    response = StreamingHttpResponse(_lines(rows, parameters), content_type=CSV_TYPE)
    response["Content-Disposition"] = f'attachment; filename="{name}.{parameters.locale}.csv"'
    response["Content-Language"] = ", ".join(dict.fromkeys(filter(None, (parameters.locale, parameters.fallback))))
    return response


def _lines(rows: Iterable[Document], parameters: ListParameters) -> Iterator[str]:
    columns = parameters.fields.split(",") if parameters.fields else COLUMNS
    yield BYTE_ORDER_MARK + csv_line(columns)
    for row in rows:
        item: Json = json.loads(item_text(row, parameters.locale, "card"))
        yield csv_line(_cell(column, item.get(column)) for column in columns)


def _cell(column: str, value: Any) -> str | int | None:
    """Return a value as one cell: the address of a file or picture, the credit line of the terms of use, and the codes
    of a list, separated by semicolons.
    """
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return "; ".join(each if isinstance(each, str) else str(each.get("code") or each["locale"]) for each in value)
    if not isinstance(value, dict):
        return value if value is None or isinstance(value, int) else str(value)
    if column == "lead_image":
        renditions = value["renditions"]
        return str(renditions[-1]["url"]) if renditions else None
    text: str | None = value["credit_line" if column == "rights" else "url"]
    return text

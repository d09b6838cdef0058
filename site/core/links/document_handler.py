"""Render links to documents in rich text as HTML."""

from __future__ import annotations

from typing import Any

from django.utils.html import format_html
from wagtail.documents.rich_text import DocumentLinkHandler as WagtailDocumentLinkHandler

from core.links.targets import linked_documents
from core.web.keys import key_in


class DocumentLinkHandler(WagtailDocumentLinkHandler):
    """Links in rich text. A document of a private collection is not linked to: the public could not open it, and its
    address contains its name.
    """

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict[str, Any]]) -> list[str]:
        numbers = [key_in(attrs.get("id", "")) for attrs in attrs_list]
        addresses = {number: found.url for number, found in linked_documents(numbers).items() if not found.is_private}
        return [format_html('<a href="{}">', addresses[number]) if number in addresses else "<a>" for number in numbers]

"""Render links to documents in rich text as HTML."""

from __future__ import annotations

from typing import Any

from django.utils.html import escape
from wagtail.documents.rich_text import DocumentLinkHandler as WagtailDocumentLinkHandler


class DocumentLinkHandler(WagtailDocumentLinkHandler):
    """Links in rich text. A document of a private collection is not linked to: the public could not open it, and its
    address contains its name.
    """

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict[str, Any]]) -> list[str]:
        return [
            f'<a href="{escape(document.url)}">' if document and not document.is_private else "<a>"
            for document in cls.get_many(attrs_list)
        ]

"""Render links to documents in rich text as HTML."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.html import format_html
from wagtail.documents.rich_text import DocumentLinkHandler as WagtailDocumentLinkHandler

from core.links.targets import linked_documents
from core.web.keys import key_in

if TYPE_CHECKING:
    from core.models import ContentDocument


class DocumentLinkHandler(WagtailDocumentLinkHandler):
    """Links in rich text. A document of a private collection is not linked to: the public could not open it, and its
    address contains its name.
    """

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict[str, Any]]) -> list[str]:
        numbers = [key_in(attrs.get("id", "")) for attrs in attrs_list]
        documents = linked_documents(numbers)
        return [_opening_tag(documents.get(number)) for number in numbers]


def _opening_tag(document: ContentDocument | None) -> str:
    if document is None or document.is_private:
        return "<a>"
    return format_html('<a href="{}">', document.url)

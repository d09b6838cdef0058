from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError

from core.content_types.builder import DocumentBuilder, Json
from core.languages.versions import in_reader_language


class CallToActionBlock(blocks.StructBlock):
    """A single next step for the reader: a page, a web address or an e-mail address."""

    text = blocks.CharBlock(label=capfirst(_("text")), required=False, max_length=255)
    label = blocks.CharBlock(label=capfirst(_("words on the link")), max_length=80)
    page = blocks.PageChooserBlock(label=capfirst(_("page")), required=False)
    url = blocks.URLBlock(label=capfirst(_("web address")), required=False)
    email = blocks.EmailBlock(label=capfirst(_("e-mail address")), required=False)

    def clean(self, value: Any) -> Any:
        value = super().clean(value)
        targets = sum(1 for name in ("page", "url", "email") if value.get(name))
        if targets > 1 or (targets == 0 and not self.is_deferred_validation):
            message = _("Choose one of: a page, a web address, an e-mail address.")
            raise StructBlockValidationError(block_errors={"page": ValidationError(message)})
        return value

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        if value.get("page"):
            page = next(iter(in_reader_language([value["page"]])), None)
            context["href"], context["target"] = (page.url, page) if page else ("", None)
        else:
            context["href"] = value.get("url") or f"mailto:{value.get('email')}"
        return context

    def to_document(self, value: Any, builder: DocumentBuilder) -> Json:
        page = builder.page(value["page"])
        address = value["url"] or (f"mailto:{value['email']}" if value["email"] else "")
        url = page["html_url"] if page else address or None
        return {"type": "call_to_action", "text": value["text"], "label": value["label"], "url": url, "page": page}

    class Meta:
        icon = "link"
        label = _("Call to action")
        description = _("One thing to do next, as a link that stands out.")
        template = "blocks/call_to_action.html"

from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from .rich_text import RichTextBlock

NOTICE_KINDS = [("info", _("Information")), ("warning", _("Warning"))]


class NoticeBlock(blocks.StructBlock):
    kind = blocks.ChoiceBlock(label=capfirst(_("kind")), choices=NOTICE_KINDS, default="info")
    title = blocks.CharBlock(label=capfirst(_("title")), required=False, max_length=160)
    text = RichTextBlock(label=capfirst(_("text")))

    class Meta:
        icon = "warning"
        label = _("Notice")
        description = _("Something that the reader must not miss.")
        template = "blocks/notice.html"
        preview_value = {
            "kind": "info",
            "title": "Please note",
            "text": "<p>Offices are closed on Friday.</p>",
        }

from __future__ import annotations

from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from core.documents import DocumentBuilder, Json


class KeyFigureBlock(blocks.StructBlock):
    value = blocks.CharBlock(label=capfirst(_("figure")), max_length=40)
    label = blocks.CharBlock(label=capfirst(_("what it counts")), max_length=160)

    class Meta:
        icon = "decimal"
        label = _("Figure")


class KeyFiguresBlock(blocks.ListBlock):
    def __init__(self, child_block: blocks.Block | type[blocks.Block] = KeyFigureBlock, **kwargs: object) -> None:
        kwargs.setdefault("min_num", 1)
        kwargs.setdefault("max_num", 6)
        super().__init__(child_block, **kwargs)

    def to_document(self, value: Any, builder: DocumentBuilder) -> Json:
        return {"type": "key_figures", "figures": [{"value": item["value"], "label": item["label"]} for item in value]}

    class Meta:
        icon = "order"
        label = _("Key figures")
        description = _("One to six numbers, each with what it counts.")
        template = "blocks/key_figures.html"
        preview_value = [{"value": "34 million", "label": "migrants in the region in 2015"}]

from __future__ import annotations

from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from core.content_types.builder import DocumentBuilder, Json

from .labelled import LabelledStructBlock


class KeyFigureBlock(LabelledStructBlock):
    """A number that can be checked: what it counts, when, and who counted. Figures from before source and date were
    required are shown without them.
    """

    value = blocks.CharBlock(label=capfirst(_("figure")), max_length=40)
    label = blocks.CharBlock(label=capfirst(_("what it counts")), max_length=160)
    as_of = blocks.CharBlock(
        label=capfirst(_("as of")), max_length=40, help_text=_("The date or year that the figure is of, such as 2015.")
    )
    source = blocks.CharBlock(
        label=capfirst(_("source")),
        max_length=160,
        help_text=_("Who counted: an organization, with the title of its report."),
    )

    class Meta:
        icon = "decimal"
        label = _("Figure")


class KeyFiguresBlock(blocks.ListBlock):
    def __init__(self, child_block: blocks.Block | type[blocks.Block] = KeyFigureBlock, **kwargs: object) -> None:
        kwargs.setdefault("min_num", 1)
        kwargs.setdefault("max_num", 6)
        super().__init__(child_block, **kwargs)

    def to_document(self, value: Any, builder: DocumentBuilder) -> Json:
        names = ("value", "label", "as_of", "source")
        return {"type": "key_figures", "figures": [{name: item[name] or "" for name in names} for item in value]}

    class Meta:
        icon = "order"
        label = _("Key figures")
        description = _("One to six numbers, each with what it counts, its date and its source.")
        template = "blocks/key_figures.html"
        preview_value = [
            {
                "value": "34 million",
                "label": "migrants in the region",
                "as_of": "2015",
                "source": "IOM Regional Office for the Middle East and North Africa",
            }
        ]

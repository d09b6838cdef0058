from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail import blocks


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

    class Meta:
        icon = "order"
        label = _("Key figures")
        description = _("One to six numbers, each with what it counts.")
        template = "blocks/key_figures.html"
        preview_value = [{"value": "34 million", "label": "migrants in the region in 2015"}]

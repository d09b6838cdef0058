from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail import blocks


class HeadingBlock(blocks.StructBlock):
    text = blocks.CharBlock(label=capfirst(_("heading")), max_length=160)
    level = blocks.ChoiceBlock(
        label=capfirst(_("level")), choices=[("2", _("Section")), ("3", _("Part of a section"))], default="2"
    )

    class Meta:
        icon = "title"
        label = _("Heading")
        description = _("The title of a section, or of a part of one.")
        template = "blocks/heading.html"
        preview_value = {"text": "What the office does", "level": "2"}

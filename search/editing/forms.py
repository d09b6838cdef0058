"""Forms for synonyms and recommended pages."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, Panel
from wagtail.admin.widgets import AdminAutoHeightTextInput

from core.editing.localized_form import LocalizedForm, in_language
from core.languages.declared import LANGUAGE_CODES, direction
from search.synonyms import Glossary
from search.vocabulary.models import SynonymGroup, checked_lines

from .remarks import other_groups, remarks


class ExpressionsFormField(forms.CharField):
    """Expressions of one language, one per line."""

    def __init__(self, language: str) -> None:
        attributes = {"lang": language, "dir": direction(language)}
        super().__init__(
            label=in_language(_("expressions"), language),
            help_text=_("One expression per line."),
            required=False,
            widget=AdminAutoHeightTextInput(attrs=attributes),
        )

    def clean(self, value: Any) -> str:
        return checked_lines(super().clean(value) or "")


def _expressions_form(name: str, base: type[LocalizedForm]) -> type[Any]:
    fields = {f"in_{language}": ExpressionsFormField(language) for language in LANGUAGE_CODES}
    return type(name, (base,), {"prefixes": {"expressions": "in"}, **fields})


class _SynonymForm(LocalizedForm):
    """Rejects expressions that would have no effect."""

    def clean(self) -> dict[str, Any]:
        cleaned = cast("dict[str, Any]", super().clean())
        for language in LANGUAGE_CODES:
            texts = cleaned.get(f"in_{language}", "").splitlines()
            # Only what these expressions become is checked here, not what is in other groups.
            for remark in remarks({language: texts}, others=Glossary()):
                if remark.is_void:
                    self.add_error(f"in_{language}", remark.problem)
        return cleaned


SynonymForm = _expressions_form("SynonymForm", _SynonymForm)
PromotedForm = _expressions_form("PromotedForm", LocalizedForm)


class RemarksPanel(Panel):
    """Shows how search interprets each stored expression."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "admin/synonym_remarks.html"

        def is_shown(self) -> bool:
            return bool(self.instance.pk) and bool(super().is_shown())

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context = cast("dict[str, Any]", super().get_context_data(parent_context))
            group = SynonymGroup.objects.get(pk=self.instance.pk)
            return context | {"remarks": list(remarks(group.expressions(), other_groups(group)))}


def expression_panels() -> list[FieldPanel]:
    """Return the panels of the fields of each language."""
    return [FieldPanel(f"in_{language}") for language in LANGUAGE_CODES]

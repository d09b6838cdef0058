"""Forms for synonyms and recommended pages."""

from __future__ import annotations

from typing import Any, cast

from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, Panel
from wagtail.admin.widgets import AdminAutoHeightTextInput

from core.languages import LANGUAGE_CODES, direction
from search.synonyms import Glossary
from search.vocabulary.models import SynonymGroup

from .remarks import other_groups, remarks


class SynonymForm(WagtailAdminModelForm):
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
    """Return a field for each language, in the direction of its script."""
    return [
        FieldPanel(
            f"in_{language}", widget=AdminAutoHeightTextInput(attrs={"lang": language, "dir": direction(language)})
        )
        for language in LANGUAGE_CODES
    ]

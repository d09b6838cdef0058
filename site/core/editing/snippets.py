"""Give every kind of snippet a chooser that refuses to create where it has no form for it.

Wagtail 8 registers an address for that with every chooser, and fails there with a server error. Delete this module once
its `CreateViewMixin` asks whether there is a form.
"""

from __future__ import annotations

from typing import Any

from wagtail.snippets.views.chooser import SnippetChooserViewSet, SnippetCreateView
from wagtail.snippets.views.snippets import SnippetViewSet


class CreateWhereThereIsAFormView(SnippetCreateView):
    def can_create(self) -> Any:
        return self.get_creation_form_class() and super().can_create()


class ChooserViewSet(SnippetChooserViewSet):
    create_view_class = CreateWhereThereIsAFormView


class KindOfSnippetViewSet(SnippetViewSet):
    chooser_viewset_class = ChooserViewSet

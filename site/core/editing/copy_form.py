from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.pages import CopyForm


class SameLanguageCopyForm(CopyForm):
    """Wagtail's form to copy a page, without the option to put a page of one language among those of another."""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        parent = cleaned.get("new_parent_page")
        if parent and not parent.is_root() and parent.locale_id != self.page.locale_id:
            self.add_error(
                "new_parent_page",
                _("Choose a page in the same language. To bring the page into another language, translate it."),
            )
        return cleaned

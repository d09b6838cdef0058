"""The form of a page that may be under embargo: the embargo entered there applies to all languages of the content."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.forms import HiddenInput
from wagtail.admin.widgets import AdminDateTimeInput

from core.embargo import check_embargo, set_embargo
from core.models import EmbargoedPage

from .page_form import PublicationForm


class EmbargoInput(AdminDateTimeInput):
    """Wagtail's widget, which also submits the value the field had when the form was opened, so that an embargo set by
    someone else in the meantime is only overwritten if the editor typed a different value.
    """

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> Any:
        initial = HiddenInput().render(f"initial-{name}", self.format_value(value), renderer=renderer)
        return super().render(name, value, attrs, renderer) + initial


class EmbargoForm(PublicationForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields.get("embargo_until")
        if field:
            field.show_hidden_initial = True
            field.widget = EmbargoInput(format=getattr(field.widget, "format", None))
        self._embargo_before = self.instance.embargo_until

    def clean_embargo_until(self) -> datetime | None:
        until: datetime | None = self.cleaned_data["embargo_until"]
        if not self._embargo_changes:
            until = self._embargo_before
            return until
        if self.instance.pk:
            check_embargo(self.instance.translation_key, until, self.for_user)
        self.instance.embargo_is_new = True
        return until

    def clean(self) -> Any:
        cleaned = super().clean()
        before = self._embargo_before
        if self._embargo_changes and before and cleaned.get("go_live_at") == before:
            # The scheduled time was that of the embargo, which has now changed.
            cleaned["go_live_at"] = None
        return cleaned

    def get_field_updates_for_resave(self) -> Any:
        """Return Wagtail's updates and the field's new initial value: what was saved in the background."""
        field = self["embargo_until"] if "embargo_until" in self.fields else None
        updates: list[tuple[str, str]] = super().get_field_updates_for_resave()
        return [*updates, (field.html_initial_name, self.data[field.html_name])] if field else updates

    def save(self, commit: bool = True) -> Any:
        if self.instance.pk and self._embargo_changes:
            set_embargo(self.instance.translation_key, self.cleaned_data["embargo_until"], self.for_user)
        return super().save(commit=commit)

    @property
    def _embargo_changes(self) -> bool:
        return "embargo_until" in self.changed_data


EmbargoedPage.base_form_class = EmbargoForm

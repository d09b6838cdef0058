"""The form of a subscription in the admin."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.models import get_page_models

from core.models import BasePage

from .models import Event


def content_types() -> list[tuple[str, str]]:
    """The types of content and their names; several page types may be one type of content."""
    found: dict[str, str] = {}
    for model in get_page_models():
        if issubclass(model, BasePage) and not model._meta.abstract:
            name = _("page") if model.document_type == BasePage.document_type else model._meta.verbose_name
            found.setdefault(model.document_type, str(capfirst(name)))
    return sorted(found.items())


def _choices(label: Any, choices: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label,
        choices=choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None ticked means all."),
    )


class SubscriptionForm(WagtailAdminModelForm):
    types = _choices(_("types of content"), content_types)
    locales = _choices(_("languages"), settings.LANGUAGES)
    events = _choices(_("events"), Event.choices)

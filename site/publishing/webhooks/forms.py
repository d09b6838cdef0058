"""The form of a subscription in the admin."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from core.content_types.registry import content_types as declared_types
from core.languages.declared import reader_language
from core.models import Topic
from core.places.countries import country_choices

from .models import Event


def content_types() -> list[tuple[str, str]]:
    """Return the types of content and their labels."""
    language = reader_language()
    return [(declared.name, declared.label(language)) for declared in declared_types()]


def topic_choices() -> list[tuple[str, str]]:
    language = reader_language()
    return [(topic.slug, topic.name(language)) for topic in Topic.objects.order_by("slug")]


def programme_choices() -> list[tuple[str, str]]:
    """Return the public programmes by content id, with titles in the reader's language if available."""
    from publishing.models import PublishedDocument

    rows = PublishedDocument.objects.filter(type="programme", removal="").order_by("title")
    titles: dict[str, str] = {}
    for content_id, locale, title in rows.values_list("content_id", "locale", "title"):
        if locale == reader_language() or str(content_id) not in titles:
            titles[str(content_id)] = title
    return sorted(titles.items(), key=lambda pair: pair[1])


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
    topics = _choices(_("topics"), topic_choices)
    countries = _choices(_("countries"), country_choices)
    programmes = _choices(_("programmes"), programme_choices)
    locales = _choices(_("languages"), settings.LANGUAGES)
    events = _choices(_("events"), Event.choices)

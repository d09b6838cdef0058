"""Load what all contents of a bundle share: the topics, and the office's settings in each language."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from wagtail.models import Locale

from core.languages.declared import COMPLETE_LANGUAGES
from core.models import OfficeSettings, Topic

from .contents import Bundle


def load_topics(topics: Mapping[str, Any]) -> Counter[tuple[str, str]]:
    """Create and update topics by slug; return the counts as in `loader.Summary`."""
    counts: Counter[tuple[str, str]] = Counter()
    for slug, names in topics.items():
        values = names.model_dump(exclude_none=True)
        topic = Topic.objects.filter(slug=slug).first()
        if topic is None:
            Topic.objects.create(slug=slug, names=values)
            counts["topics", "created"] += 1
        elif topic.names | values != topic.names:
            topic.names = values
            topic.save()
            counts["topics", "updated"] += 1
        else:
            counts["topics", "unchanged"] += 1
    return counts


def name_topics(used: set[str]) -> list[str]:
    """Create the topics that are used but not defined, named after their slugs; return their slugs."""
    unnamed = sorted(used - set(Topic.objects.values_list("slug", flat=True)))
    for slug in unnamed:
        name = slug.replace("-", " ").capitalize()
        Topic.objects.create(slug=slug, names=dict.fromkeys(COMPLETE_LANGUAGES, name))
    return unnamed


def load_office(bundle: Bundle, locales: Mapping[str, Locale]) -> Counter[tuple[str, str]]:
    """Create and update the office settings; return the counts as in `loader.Summary`."""
    counts: Counter[tuple[str, str]] = Counter()
    for language, (front_matter, notice) in bundle.office.items():
        office = OfficeSettings.objects.filter(locale=locales[language]).first()
        action = "unchanged" if office else "created"
        office = office or OfficeSettings(locale=locales[language])
        values = front_matter.model_dump(exclude={"social"}) | {"notice": notice}
        links = [{"type": "link", "value": link.model_dump()} for link in front_matter.social]
        current = [{"type": item["type"], "value": item["value"]} for item in office.social_links.raw_data]
        if action == "unchanged" and (
            current != links or any(getattr(office, key) != value for key, value in values.items())
        ):
            action = "updated"
        if action != "unchanged":
            for key, value in values.items():
                setattr(office, key, value)
            office.social_links = office.social_links.stream_block.to_python(links)
            office.save()
        counts["settings", action] += 1
    return counts

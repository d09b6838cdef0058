"""The feeds of the press releases in a language: of all of them, or of those on one topic."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from core.models import Topic

# The format as it is in a URL, its name, and its media type.
FORMS = {
    "atom": ("Atom", "application/atom+xml"),
    "rss": ("RSS", "application/rss+xml"),
    "json": ("JSON Feed", "application/feed+json"),
}


@dataclass(frozen=True)
class Feed:
    title: str
    form: str
    media_type: str
    url: str


@dataclass(frozen=True)
class FeedGroup:
    """The same releases in every format."""

    title: str
    feeds: tuple[Feed, ...]


def release_feeds(language: str, topics: Iterable[Topic]) -> list[FeedGroup]:
    """Return the feeds of all releases in `language`, and of those on each of `topics`."""
    groups = [_group(_("All press releases"), {"locale": language})]
    groups += [_group(topic.name(language), {"locale": language, "topic": topic.slug}) for topic in topics]
    return groups


def _group(title: str, parameters: dict[str, str]) -> FeedGroup:
    feeds = (
        Feed(f"{title} ({label})", label, media_type, f"{_address(form)}?{urlencode(parameters)}")
        for form, (label, media_type) in FORMS.items()
    )
    return FeedGroup(title, tuple(feeds))


def _address(form: str) -> str:
    return reverse(f"api-v1:feed_press_release_{form}")

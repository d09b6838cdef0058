"""Before the hour nothing that anybody can reach says a word of what is under embargo; at the hour all is there."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from core.embargo import set_embargo
from core.models import OfficeSettings
from core.social import social_address
from mailing.models import OutgoingMessage
from press.announcements import announce_releases
from press.models import PressReleasePage
from publishing.models import PublishedDocument, WebhookDelivery, WebhookSubscription
from tests.crawl import crawl
from tests.embargoes import again, in_hours, it_is, live_in, scheduled
from tests.factories import LANGUAGES, complete_fields, words_in

pytestmark = pytest.mark.django_db

SITE = ["/", "/sitemap.xml", "/robots.txt", "/api/v1/", "/api/v1/changes?include=full", "/api/v1/sitemap"]


def starts(pages: dict[str, Any], queries: dict[str, str]) -> list[str]:
    """Where a crawl begins: all that is public, and every address that the content will have."""
    found = list(SITE)
    for language, page in pages.items():
        key, query = page.translation_key, queries[language]
        found += [f"/{language}/", f"/{language}/search/?q={query}", f"/{language}/press-kits/{key}.zip", page.url]
        found += [f"{page.url}nothing/", social_address(page, OfficeSettings()), f"/{language}/there-is-no-such-page/"]
        found += [f"/api/v1/{path}" for path in _api(language, key, query)]
        found += [f"/api/v1/resolve?url={page.url}"]
    return found


def _api(language: str, key: Any, query: str) -> list[str]:
    kinds = ("items", "news", "press-releases", "publications", "programmes", "pages")
    lists = [f"{kind}?locale={language}&limit=100&view=full" for kind in kinds]
    lists += [f"feeds/{kind}.{form}?locale={language}" for kind in kinds[1:4] for form in ("json", "atom")]
    items = [f"items/{key}{end}?locale={language}" for end in ("", ".jsonld", "/translations")]
    rest = [
        f"search?q={query}&locale={language}",
        f"suggest?q={query}&locale={language}",
        f"preview/{key}",
        "navigation",
    ]
    return [*lists, *items, *rest]


def said_of(pages: dict[str, Any]) -> dict[str, set[str]]:
    """The words by which each language of the content is known among all others."""
    content = {code: json.dumps(page.get_latest_revision().content, ensure_ascii=False) for code, page in pages.items()}
    return {code: words_in(code, text) | words_in("ar", text) for code, text in content.items()}


def test_nothing_that_can_be_reached_says_a_word_before_the_hour_and_all_of_it_is_there_at_the_hour(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    WebhookSubscription.objects.create(name="A partner", url="https://partner.example.org/")
    early, until = in_hours(2), in_hours(5)
    pages = scheduled(early, **complete_fields(PressReleasePage, "ar"))
    set_embargo(pages["en"].translation_key, until)
    tokens = said_of(pages)
    queries = {code: pages[code].title for code in pages}

    it_is(monkeypatch, early + timedelta(minutes=1))
    announce_releases()
    bodies = crawl(client, starts(pages, queries))
    assert len(bodies) > 100
    for address, body in bodies.items():
        for code in LANGUAGES:
            for token in tokens[code] - {queries[code]} if "q=" in address else tokens[code]:
                assert token not in body, f"{token} at {address}"
    told = [*WebhookDelivery.objects.values_list("body", flat=True), *_mails()]
    assert not [text for text in told for token in set().union(*tokens.values()) if token in str(text)]

    it_is(monkeypatch, until + timedelta(seconds=30))
    assert live_in(pages) == set(LANGUAGES)
    stored = again(pages)
    assert len({page.first_published_at for page in stored.values()}) == 1
    moments = PublishedDocument.objects.filter(content_id=pages["ar"].translation_key).values_list("published_at")
    assert len(set(moments)) == 1
    for code, page in stored.items():
        for address in (page.url, f"/{code}/", f"/api/v1/items/{page.translation_key}?locale={code}"):
            assert page.title in client.get(address).content.decode(), address
        assert page.title in client.get(f"/{code}/search/", {"q": page.title}).content.decode()


def _mails() -> list[str]:
    return [message.content for message in OutgoingMessage.objects.filter(purpose="press-release")]

"""Nothing that anybody can reach reveals embargoed content before the embargo ends; then all of it is there."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from core.embargo import set_embargo
from core.models import OfficeSettings
from core.social.views import social_address
from mailing.models import OutgoingMessage
from press.releases.page import PressReleasePage
from press.subscriptions.announcements import announce_releases
from publishing.models import PublishedDocument, WebhookDelivery, WebhookSubscription
from tests.crawl import crawl
from tests.embargoes import again, in_hours, it_is, live_in, scheduled
from tests.factories import LANGUAGES, complete_fields, words_in
from tests.integration.test_public_files import addresses, assert_never_existed, assert_public, release_with_files

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

SITE = ["/", "/sitemap.xml", "/robots.txt", "/api/v1/", "/api/v1/changes?include=full", "/api/v1/sitemap"]


def starts(pages: dict[str, Any], queries: dict[str, str]) -> list[str]:
    """Return the addresses from which a crawl starts: public ones, and every address that the content will have."""
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
    """Return the unique words that identify each language of the content."""
    content = {code: json.dumps(page.get_latest_revision().content, ensure_ascii=False) for code, page in pages.items()}
    return {code: words_in(code, text) | words_in("ar", text) for code, text in content.items()}


def test_nothing_that_can_be_reached_says_a_word_before_the_hour_and_all_of_it_is_there_at_the_hour(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    WebhookSubscription.objects.create(name="A partner", url="https://partner.example.org/")
    early, until = in_hours(2), in_hours(5)
    pages = scheduled(early, **complete_fields(PressReleasePage, "ar"))
    with_files = release_with_files(live=False)
    for held in (pages["en"], with_files):
        set_embargo(held.translation_key, until)
    PressReleasePage.objects.get(pk=with_files.pk).get_latest_revision().publish()
    tokens = said_of(pages)
    queries = {code: pages[code].title for code in pages}
    files = {address: stored_bytes(address).decode(errors="replace") for address in addresses(with_files)}

    it_is(monkeypatch, early + timedelta(minutes=1))
    announce_releases()
    bodies = crawl(client, [*starts(pages, queries), with_files.url, *files])
    assert len(bodies) > 100
    assert_silent(client, bodies, tokens, set(queries.values()), files)

    it_is(monkeypatch, until + timedelta(seconds=30))
    assert live_in(pages) == set(LANGUAGES)
    assert_all_there(client, again(pages), files)


def assert_silent(
    client: Client, bodies: dict[str, str], tokens: dict[str, set[str]], asked: set[str], files: dict[str, str]
) -> None:
    """Fail if an answer, or a message to partners or subscribers, contains a secret word or file.

    The words of a search may occur in its own answer.
    """
    secret = set().union(*tokens.values())
    for address, body in bodies.items():
        said = [token for token in (secret - asked if "q=" in address else secret) if token in body]
        assert not said, f"{said} at {address}"
        assert not [file for file, content in files.items() if content in body], address
    assert_never_existed(client, *files)
    told = [*WebhookDelivery.objects.values_list("body", flat=True), *_mails()]
    assert not [text for text in told for token in secret if token in str(text)]


def assert_all_there(client: Client, pages: dict[str, Any], files: dict[str, str]) -> None:
    """Fail unless the content is public in every language, with the same moment of publication."""
    assert len({page.first_published_at for page in pages.values()}) == 1
    moments = PublishedDocument.objects.filter(content_id=pages["ar"].translation_key).values_list("published_at")
    assert len(set(moments)) == 1
    for code, page in pages.items():
        for address in (page.url, page.get_parent().url, f"/api/v1/items/{page.translation_key}?locale={code}"):
            assert page.title in client.get(address).content.decode(), address
        answer = client.get(f"/{code}/search/", {"q": page.title}, follow=True).content.decode()
        assert f'href="{page.url}"' in answer
    for address in files:
        assert_public(client, address)


def stored_bytes(address: str) -> bytes:
    """Return the content of a file, read as staff, who always have access."""
    staff = Client()
    staff.force_login(User.objects.filter(username="a-superuser").first() or make_superuser())
    response: Any = staff.get(address)
    assert response.status_code == 200, address
    return b"".join(response.streaming_content if response.streaming else [response.content])


def make_superuser() -> User:
    user: User = User.objects.create_superuser("a-superuser", "superuser@example.org", "a password of the tests")
    return user


def _mails() -> list[str]:
    return [message.content for message in OutgoingMessage.objects.filter(purpose="press-release")]

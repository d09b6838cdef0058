"""Prepared queries return the same current results as the equivalent querysets, whatever they returned before."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db.models import CharField, UUIDField
from django.test import Client
from django.utils import timezone

from listing.choices import Choice
from listing.ordering import ordered
from listing.prepared import NOW, Given, PreparedQuery
from listing.query import ItemQuery
from publishing.models import PublishedDocument
from publishing.visible import public_documents

pytestmark = pytest.mark.django_db
COLUMNS = ("content_id", "locale", "seq", "updated_at", "published_at", "title", "card")
QUERIES = {
    "one language": ItemQuery("en"),
    "fallback": ItemQuery("ar", fallback="en"),
    "any of": ItemQuery("en", choices=(("type", Choice(("news", "page"))), ("country", Choice(("EGY",), (), True)))),
    "none of": ItemQuery("en", choices=(("type", Choice((), ("news",))), ("topic", Choice((), ("migration-health",))))),
    "days": ItemQuery("en", published_from=date(2020, 1, 1), updated_to=date(2100, 1, 1)),
    "nothing": ItemQuery("en", published_from=date(2100, 1, 1)),
    "no value": ItemQuery("en", choices=(("country", Choice((), (), True)), ("country", Choice(("EGY",))))),
}


@pytest.mark.parametrize("sort", ["-published_at", "published_at", "-updated_at", "title"])
@pytest.mark.parametrize("name", QUERIES)
def test_a_prepared_query_finds_what_the_queryset_finds(name: str, sort: str) -> None:
    query = QUERIES[name]
    prepared = PreparedQuery(ordered(query.rows(now=NOW), sort), *COLUMNS)
    expected = list(ordered(query.rows(), sort).values_list(*COLUMNS))
    assert [tuple(row) for row in prepared.ask(now=timezone.now())] == expected
    assert bool(expected) is (name not in ("nothing", "no value"))


def test_each_time_it_is_given_other_values() -> None:
    rows = public_documents(NOW).filter(
        content_id=Given("content_id", UUIDField()),
        locale__in=[Given("first", CharField()), Given("second", CharField())],
    )
    prepared = PreparedQuery(rows.order_by("locale"), "content_id", "locale")
    documents = public_documents().values_list("content_id", flat=True).distinct()[:3]
    for content_id in documents:
        found = prepared.ask(now=timezone.now(), content_id=content_id, first="ar", second="fr")
        expected = public_documents().filter(content_id=content_id, locale__in=["ar", "fr"]).order_by("locale")
        assert [(row.content_id, row.locale) for row in found] == [(row.content_id, row.locale) for row in expected]
    assert len(documents) == 3


def test_what_expires_after_a_query_was_prepared_is_gone(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    arabic = PublishedDocument.objects.filter(type="news", locale="ar", removal="").values("content_id")
    row = PublishedDocument.objects.filter(locale="en", removal="", content_id__in=arabic).latest("published_at")
    PublishedDocument.objects.filter(pk=row.pk).update(expires_at=timezone.now() + timedelta(minutes=1))
    item = f"/api/v1/items/{row.content_id}"
    languages = {
        "/api/v1/news": {"en"}, "/api/v1/news?facets=type": {"en"}, "/api/v1/news?fallback=ar": {"en"},
        f"{item}/translations": {"ar", "en", "fr"},
    }  # fmt: skip
    assert {address: _languages(row, client.get(address)) for address in languages} == languages
    assert client.get(item).status_code == 200
    _let_pass(monkeypatch, timedelta(minutes=2))
    assert [_languages(row, client.get(address)) for address in languages] == [set(), set(), {"ar"}, {"ar", "fr"}]
    assert client.get(item).status_code == 404


def _languages(row: PublishedDocument, response: Any) -> set[str]:
    """Return the languages in which a list contains a content."""
    return {item["locale"] for item in response.json()["items"] if item["content_id"] == str(row.content_id)}


def _let_pass(monkeypatch: pytest.MonkeyPatch, period: timedelta) -> None:
    real = timezone.now

    def later() -> datetime:
        return real() + period

    monkeypatch.setattr(timezone, "now", later)

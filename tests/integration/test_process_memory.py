"""What all pages share is kept in the process until a public change is committed (core.web.process_memory)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django.plugin import DjangoDbBlocker

from caching import writes
from core.languages.versions import language_versions
from core.models import OfficeSettings
from core.pages.navigation import footer_menu, menu
from core.web.process_memory import forget, kept
from core.web.request_memory import request_memory
from home.models import StandardPage
from news.models import NewsIndexPage
from tests.own_database import own_database

pytestmark = pytest.mark.every_engine


@pytest.fixture(autouse=True)
def committing(django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path: Path) -> Iterator[None]:
    """A database without a transaction around the test."""
    with django_db_blocker.unblock(), own_database(tmp_path):
        writes.public_change()
        yield
    forget()


def in_request() -> object:
    """Return an object that is the same as long as it is kept, as a new request sees it."""
    with request_memory():
        return kept("an object of the tests", object)


def titles_in_menu() -> list[str]:
    with request_memory():
        return [page.title for page in menu("en")]


def news_section() -> NewsIndexPage:
    section: NewsIndexPage = NewsIndexPage.objects.get(locale__language_code="en")
    return section


def test_requests_share_it_until_a_public_change_is_committed() -> None:
    first = in_request()
    assert in_request() is first
    with transaction.atomic():
        NewsIndexPage.objects.filter(pk=news_section().pk).update(title="Named anew")
    assert in_request() is not first
    assert "Named anew" in titles_in_menu()


def test_a_transaction_with_a_public_change_neither_reads_nor_keeps_it() -> None:
    before = titles_in_menu()
    with transaction.atomic():
        NewsIndexPage.objects.filter(pk=news_section().pk).update(title="Never committed")
        assert "Never committed" in titles_in_menu()
        transaction.set_rollback(True)
    assert titles_in_menu() == before


def test_what_is_rolled_back_makes_nothing_anew() -> None:
    first = in_request()
    with transaction.atomic():
        NewsIndexPage.objects.filter(pk=news_section().pk).update(title="Never committed")
        transaction.set_rollback(True)
    assert in_request() is first


def test_nothing_is_kept_outside_a_request() -> None:
    assert kept("an object of the tests", object) is not kept("an object of the tests", object)


def test_menu_and_settings_are_not_asked_for_again() -> None:
    section = news_section()
    for _ in range(2):
        with request_memory(), CaptureQueriesContext(connection) as captured:
            assert menu("en")
            assert footer_menu("en")
            assert OfficeSettings.in_language("en").name
            assert set(language_versions(section)) == {"ar", "en", "fr"}
    assert len(captured) == 1, "the generation alone"


def test_a_page_that_expires_leaves_the_menu_though_nobody_writes(monkeypatch: pytest.MonkeyPatch) -> None:
    now = timezone.now()
    StandardPage.objects.filter(slug="contact").update(expire_at=now + timedelta(hours=1))
    expiring = StandardPage.objects.get(slug="contact", locale__language_code="en")
    with request_memory():
        shown = [page.pk for page in (*menu("en"), *footer_menu("en"))]
        assert expiring.pk in shown
        assert "en" in language_versions(expiring)
    monkeypatch.setattr(timezone, "now", lambda: now + timedelta(hours=2))
    with request_memory():
        assert expiring.pk not in [page.pk for page in (*menu("en"), *footer_menu("en"))]
        assert "en" not in language_versions(expiring)

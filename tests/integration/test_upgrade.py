"""A database of the previous release, with its content, files and embargoes, works in this release."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.test import Client
from pytest_django import DjangoDbBlocker

from events.models import EventIndexPage
from home.models import StandardPage
from press.releases.page import PressReleasePage
from publishing.models import DocumentDependency, PublishedDocument
from tests.embargoes import in_hours, scheduled
from tests.integration.test_public_files import addresses, assert_never_existed, assert_public, release_with_files
from tests.own_database import own_database

pytestmark = [pytest.mark.django_db, pytest.mark.every_engine, pytest.mark.slow]

RELEASE_BEFORE = [
    ("api", "0001_initial"),
    ("core", "0006_press_pictures"),
    ("home", "0002_home_pages"),
    ("news", "0002_corrections"),
    ("press", "0008_officers_read_inquiries"),
    ("publishing", "0004_office_dependency"),
    ("research", "0002_corrections"),
]


def test_upgrade_keeps_what_partners_read_shows_files_and_gives_a_content_one_embargo(
    django_db_setup: None, tmp_path: Path, django_db_blocker: DjangoDbBlocker
) -> None:
    with django_db_blocker.unblock(), own_database(tmp_path):
        # That release had none of these, and downgrading drops their tables.
        for index in EventIndexPage.objects.all():
            index.delete()
        shown, hidden = release_with_files(), release_with_files(live=False)
        waiting = scheduled(in_hours(5))
        latest = in_hours(30)
        # Editors could not set these in the previous release.
        StandardPage.objects.update(is_legal=False, shows_stored_data=False)
        call_command("rebuild_documents", verbosity=0)
        said = documents()
        downgrade()
        # In that release an embargo was stored in one language, and no document recorded the originals that it shows.
        PressReleasePage.objects.filter(pk=waiting["fr"].pk).update(embargo_until=latest)
        PressReleasePage.objects.filter(pk=waiting["ar"].pk).update(embargo_until=None)
        DocumentDependency.objects.filter(kind="original").delete()

        call_command("migrate", verbosity=0)
        call_command("rebuild_documents", verbosity=0)

        assert documents() == said
        public, nobody_s = addresses(shown), addresses(hidden)
        client = Client()
        for address in public:
            assert_public(client, address)
        assert_never_existed(client, *nobody_s)
        assert set(embargoes(waiting)) == {latest}
        for address in ("/ar/", "/en/", "/fr/", shown.url, "/api/v1/changes", f"/api/v1/items/{shown.translation_key}"):
            assert client.get(address).status_code == 200, address


def downgrade() -> None:
    MigrationExecutor(connection).migrate(RELEASE_BEFORE)


def documents() -> list[tuple[Any, ...]]:
    """Return everything that partners get from the published documents."""
    return list(PublishedDocument.objects.order_by("pk").values_list("pk", "seq", "removal", "full", "updated_at"))


def embargoes(pages: dict[str, PressReleasePage]) -> list[Any]:
    stored = PressReleasePage.objects.filter(pk__in=[page.pk for page in pages.values()])
    return list(stored.values_list("embargo_until", flat=True))

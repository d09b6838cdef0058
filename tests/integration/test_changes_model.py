"""A partner who applies the change feed has the same content as one who reads everything again.

This holds whatever editors do, also at the same time and in transactions that end late.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from typing import Any, cast
from unittest.mock import patch
from uuid import UUID

import pytest
from django.core.cache import cache
from django.core.exceptions import ObjectDoesNotExist
from django.core.management import call_command
from django.db import connection, transaction
from django.db.utils import DatabaseError, IntegrityError
from django.test import Client, SimpleTestCase
from django.utils import timezone
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from wagtail.models import Page

from accounts.models import User
from core.languages.declared import LANGUAGE_CODES
from core.processing.unit_of_work import unit_of_work
from core.publication.rules import PublicationRefused
from publishing import large_changes
from publishing.models import PublishedDocument, WaitingContent
from publishing.publish import rebuild
from tests.operations import OPERATIONS, Editor, Gone, work_off

pytestmark = pytest.mark.postgresql

# Seconds after which an operation is assumed to wait for a transaction that is held open.
PATIENCE = 0.8
LONGEST = 60


class Mirror:
    """A partner's copy of the content, maintained only from the change feed."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.cursor: str | None = None
        self.position = 0
        self.documents: dict[tuple[str, str], dict[str, Any]] = {}

    def read_page(self, limit: int) -> bool:
        """Apply one page of changes, and return whether there are more."""
        parameters = {"limit": str(limit), "include": "full"} | ({"since": self.cursor} if self.cursor else {})
        answer = self.client.get("/api/v1/changes", parameters)
        assert answer.status_code == 200, answer.content
        page = answer.json()
        for change in page["changes"]:
            assert change["seq"] > self.position
            self.position = change["seq"]
            key = (change["content_id"], change["locale"])
            if change["op"] == "delete":
                self.documents.pop(key, None)
            else:
                self.documents[key] = change
        self.cursor = page["next_since"]
        more: bool = page["has_more"]
        return more

    def catch_up(self) -> None:
        while self.read_page(500):
            pass

    def overlooked(self) -> list[PublishedDocument]:
        """Return the documents whose latest change is at or below the cursor, but differs from the copy.

        Expired documents do not count: they are not in the feed any more, and their tombstones are still to come.
        """
        rows = PublishedDocument.objects.filter(seq__lte=self.position).defer("card", "full")
        rows = rows.exclude(expires_at__lte=timezone.now())
        known = {key: change["seq"] for key, change in self.documents.items()}
        return [
            row
            for row in rows
            if known.get((str(row.content_id), row.locale)) != ((not row.removal and row.seq) or None)
        ]


class Operation(threading.Thread):
    """An operation in its own connection and transaction.

    With `hold`, the transaction stays open until `release` is called: "early", before the documents are built, or
    "late", after that and before the commit.
    """

    def __init__(self, editor: Editor, action: Callable[[Editor], None], hold: str = "") -> None:
        super().__init__(daemon=True)
        self.editor, self.action, self.hold = editor, action, hold
        self.reached, self.released = threading.Event(), threading.Event()
        self.error: Exception | None = None

    def run(self) -> None:
        try:
            with transaction.atomic() if self.hold == "late" else nullcontext():
                with unit_of_work():
                    self.action(self.editor)
                    self._stop_here("early")
                self._stop_here("late")
        except Exception as error:  # noqa: BLE001  the test examines it in its own thread
            self.error = error
        finally:
            connection.close()
            self.reached.set()

    def _stop_here(self, hold: str) -> None:
        if self.hold == hold:
            self.reached.set()
            assert self.released.wait(LONGEST)

    def release(self) -> None:
        self.released.set()
        self.join(LONGEST)
        assert not self.is_alive(), "two transactions wait for each other"
        if self.error is not None and not is_refusal(self.error):
            raise self.error


def is_refusal(error: Exception) -> bool:
    """Return whether two operations contradicted each other and the later one was rolled back.

    Examples are two pages created in one place, a topic given to a page while it was deleted, the edit of a page that
    another editor deleted, or the publication of a page that refers to a deleted one.
    """
    if isinstance(error, DatabaseError) and "publishing_" in str(error):
        return False
    return isinstance(error, (IntegrityError, ObjectDoesNotExist, Gone, PublicationRefused))


class Changes(RuleBasedStateMachine):
    """Operations of editors, some at the same time, while a partner reads the change feed."""

    def __init__(self, databases: Databases, client: Client) -> None:
        super().__init__()
        databases.copy(databases.prepared, databases.current)
        self.client = client
        self.mirror = Mirror(Client())
        self.held: list[Operation] = []

    @rule(action=st.sampled_from(OPERATIONS), choice=st.integers(0, 9999), hold=st.sampled_from(["", "early", "late"]))
    def edit(self, action: Callable[[Editor], None], choice: int, hold: str) -> None:
        operation = self._begin(action, choice, hold)
        self.held.append(operation)
        if not operation.reached.wait(PATIENCE):
            self.commit()
        elif not hold:
            self.held.remove(operation)
            operation.release()

    @rule(actions=st.lists(st.sampled_from(OPERATIONS), min_size=2, max_size=3), choice=st.integers(0, 9999))
    def edit_at_once(self, actions: list[Callable[[Editor], None]], choice: int) -> None:
        operations = [self._begin(action, choice + number, "") for number, action in enumerate(actions)]
        reached = [operation.reached.wait(PATIENCE) for operation in operations]
        if not all(reached):
            self.commit()
        for operation in operations:
            operation.release()

    @rule()
    def commit(self) -> None:
        """End the transactions that are held open."""
        held, self.held = self.held, []
        for operation in held:
            operation.released.set()
        for operation in held:
            operation.release()

    @rule(choice=st.integers(0, 9999))
    def publish_unchanged_alone(self, choice: int) -> None:
        """An unchanged publication is not in the feed: no sequence number, time or ETag changes."""
        self.commit()
        self._settle()
        before = self._told()
        page = Editor(Client(), choice).page(Page.objects.filter(depth__gt=2, live=True, has_unpublished_changes=False))
        page.get_latest_revision_as_object().save_revision().publish()
        assert self._told() == before

    @rule(limit=st.integers(1, 60))
    def read_page(self, limit: int) -> None:
        self.mirror.read_page(limit)

    @rule()
    def catch_up(self) -> None:
        self.mirror.catch_up()

    @invariant()
    def nothing_appears_below_the_cursor(self) -> None:
        assert self.mirror.overlooked() == []

    def _begin(self, action: Callable[[Editor], None], choice: int, hold: str) -> Operation:
        client = Client()
        client.cookies = self.client.cookies
        operation = Operation(Editor(client, choice), action, hold)
        operation.start()
        return operation

    @staticmethod
    def _settle() -> None:
        """Carry out everything that is due in a moment or waits for the worker."""
        time.sleep(0.4)
        call_command("publish_scheduled")
        work_off()

    @staticmethod
    def _told() -> set[tuple[Any, ...]]:
        return set(PublishedDocument.objects.values_list("content_id", "locale", "seq", "digest", "removal"))

    def teardown(self) -> None:
        try:
            self.commit()
            self._settle()
            assert not WaitingContent.objects.exists()
            self.mirror.catch_up()
            assert self.mirror.overlooked() == []
            assert_equal_to_fresh_crawl(self.mirror)
            assert rebuild() == 0
        finally:
            connection.close()


def assert_equal_to_fresh_crawl(mirror: Mirror) -> None:
    crawled = {(item["content_id"], item["locale"]): item for item in crawl(mirror.client)}
    copied = {key: change["item"] for key, change in mirror.documents.items()}
    assert copied.keys() == crawled.keys()
    different = [
        (key, name, copied[key].get(name), item.get(name))
        for key, item in crawled.items()
        for name in item.keys() | copied[key].keys()
        if copied[key].get(name) != item.get(name)
    ]
    assert different == []
    stored = PublishedDocument.objects.filter(removal="").values_list("content_id", "locale", "digest")
    etags = {(UUID(key[0]), key[1]): change["etag"] for key, change in mirror.documents.items()}
    assert etags == {(content_id, locale): digest for content_id, locale, digest in stored}


def crawl(client: Client) -> Iterator[dict[str, Any]]:
    """Yield every document of the site in every language, from the lists of the API."""
    for locale in LANGUAGE_CODES:
        address: str | None = f"/api/v1/items?locale={locale}&view=full&limit=100"
        while address:
            page = client.get(address).json()
            yield from page["items"]
            address = page["links"]["next"]


class Databases:
    """Copies of the tests' database, which are made quickly and removed at the end."""

    def __init__(self) -> None:
        self.original = str(connection.settings_dict["NAME"])
        self.prepared, self.current = f"{self.original}_prepared", f"{self.original}_copy"

    def use(self, name: str) -> None:
        """Make every later connection of this process, in any thread, use this database."""
        connection.close()
        connection.settings_dict["NAME"] = name
        cache.clear()

    def copy(self, source: str, name: str) -> None:
        self.use(self.original)
        self._execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)', f'CREATE DATABASE "{name}" TEMPLATE "{source}"')
        self.use(name)

    def remove(self) -> None:
        self.use(self.original)
        self._execute(*(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)' for name in (self.current, self.prepared)))

    @staticmethod
    def _execute(*statements: str) -> None:
        connection.close()
        with connection._nodb_cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)


@pytest.mark.django_db
class TestChanges(SimpleTestCase):
    """Runs in its own databases, with real transactions, so the content of other tests stays unchanged."""

    databases = {"default"}

    def setUp(self) -> None:
        self.copies = Databases()
        self.addCleanup(self.copies.remove)
        self.copies.copy(self.copies.original, self.copies.prepared)
        user = User.objects.create_superuser("an-editor", "editor@example.org", "a password of the tests")
        self.editor = Client()
        self.editor.force_login(user)

    def test_copy_kept_by_changes_equals_a_fresh_crawl(self) -> None:
        self._test(examples=4)

    def test_the_same_where_most_changes_are_large(self) -> None:
        with patch.object(large_changes, "CONTENTS_AT_ONCE", 2):
            self._test(examples=2)

    def _test(self, examples: int) -> None:
        assert PublishedDocument.objects.count() > 100
        run_state_machine_as_test(
            cast("Any", lambda: Changes(self.copies, self.editor)),
            settings=settings(
                derandomize=True,
                database=None,
                deadline=None,
                max_examples=examples,
                stateful_step_count=16,
                phases=[Phase.generate],
                suppress_health_check=list(HealthCheck),
            ),
        )

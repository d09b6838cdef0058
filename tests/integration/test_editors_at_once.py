"""Six editors work in the admin at the same time on PostgreSQL.

No answer is an error, the page tree stays intact, and a partner's copy maintained from the change feed equals a fresh
crawl.
"""

from __future__ import annotations

import random
import threading
import time
from collections import Counter
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.db import connection
from django.test import Client, SimpleTestCase
from django.urls import reverse
from wagtail.models import Page

from accounts.models import User
from core.models import ContentImage, Topic
from home.models import SectionPage, StandardPage
from news.models import NewsIndexPage, NewsPage
from publishing.large_changes import continue_large_changes
from publishing.models import PublishedDocument
from publishing.publish import rebuild
from tests.admin_forms import fields_of
from tests.editing import PUBLISH, Editing, add_address, edit_address
from tests.integration.test_changes_model import Databases, Mirror, assert_equal_to_fresh_crawl
from tests.operations import work_off

pytestmark = pytest.mark.postgresql

EDITORS = 6
OPERATIONS_EACH = 12
LONGEST = 1500


class EditorAtWork(threading.Thread):
    """An editor who carries out random operations one after the other, in their own connection."""

    def __init__(self, number: int, user: User) -> None:
        super().__init__(daemon=True)
        client = Client(raise_request_exception=False)
        client.force_login(user)
        self.editing = Editing(client, user)
        self.chance = random.Random(number)  # noqa: S311  no secret
        self.name = f"editor {number}"
        self.answers: Counter[tuple[str, int]] = Counter()

    def run(self) -> None:
        try:
            for number in range(OPERATIONS_EACH):
                operation = self.chance.choice(WAYS)
                try:
                    operation(self, number)
                except (ObjectDoesNotExist, IndexError, Vanished):
                    # Another editor was quicker, before this one could open the form.
                    continue
        finally:
            connection.close()

    def pick(self, model: type[Page], **conditions: Any) -> Any:
        """Return one of only a few pages, so that editors are likely to collide."""
        return self.chance.choice(list(model.objects.filter(alias_of=None, **conditions).order_by("pk")[:6]))

    def send(self, name: str, address: str, data: dict[str, Any] | None = None) -> None:
        response = self.editing.client.post(address, data or {})
        self.answers[name, response.status_code] += 1

    def form(self, address: str, form_id: str = "page-edit-form") -> dict[str, Any]:
        response = self.editing.client.get(address)
        if response.status_code != 200:
            self.answers["open a form", response.status_code] += 1
            raise Vanished(address)
        return fields_of(response, form_id)


class Vanished(Exception):
    """Raised if the page that the editor wanted to open does not exist any more."""


def add(editor: EditorAtWork, number: int) -> None:
    parent = editor.pick(NewsIndexPage, locale__language_code="en")
    data = editor.form(add_address(NewsPage, parent)) | {
        "title": f"{editor.name} {number}",
        "slug": f"{editor.name}-{number}".replace(" ", "-"),
        "body-count": "0",
    }
    editor.send("add", add_address(NewsPage, parent), data | PUBLISH)


def publish(editor: EditorAtWork, number: int) -> None:
    page = editor.pick(NewsPage)
    data = editor.form(edit_address(page)) | {"title": f"{editor.name} {number}", "body-count": "0"}
    editor.send("publish", edit_address(page), data | PUBLISH)


def save_draft(editor: EditorAtWork, number: int) -> None:
    page = editor.pick(NewsPage)
    data = editor.form(edit_address(page)) | {"summary": f"{editor.name} {number}", "body-count": "0"}
    editor.send("draft", edit_address(page), data)


def rename(editor: EditorAtWork, number: int) -> None:
    page = editor.pick(NewsIndexPage)
    data = editor.form(edit_address(page)) | {"slug": f"s-{number}-{editor.name[-1]}", "body-count": "0"}
    editor.send("rename", edit_address(page), data | PUBLISH)


def move(editor: EditorAtWork, _: int) -> None:
    page = editor.pick(StandardPage, locale__language_code="en")
    target = editor.pick(SectionPage, locale__language_code="en")
    editor.send("move", reverse("wagtailadmin_pages:move_confirm", args=[page.pk, target.pk]))


def copy(editor: EditorAtWork, number: int) -> None:
    page = editor.pick(NewsPage)
    title = f"{editor.name} copy {number}"
    data = {"new_title": title, "new_slug": title.replace(" ", "-"), "new_parent_page": page.get_parent().pk}
    editor.send("copy", reverse("wagtailadmin_pages:copy", args=[page.pk]), data | {"publish_copies": "on"})


def unpublish(editor: EditorAtWork, _: int) -> None:
    page = editor.pick(NewsPage, live=True)
    editor.send("unpublish", reverse("wagtailadmin_pages:unpublish", args=[page.pk]))


def delete(editor: EditorAtWork, _: int) -> None:
    page = editor.pick(NewsPage)
    editor.send("delete", reverse("wagtailadmin_pages:delete", args=[page.pk]))


def many(action: str) -> Callable[[EditorAtWork, int], None]:
    def send(editor: EditorAtWork, _: int) -> None:
        pages = {editor.pick(NewsPage).pk for _ in range(3)}
        query = "?" + "&".join(f"id={pk}" for pk in pages)
        address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])
        editor.send(f"{action} many", address + query, {"wagtail_site_name": "IOM MENA"})

    return send


def edit_topic(editor: EditorAtWork, number: int) -> None:
    topic = editor.chance.choice(list(Topic.objects.order_by("pk")[:2]))
    names = {f"name_{code}": name for code, name in topic.names.items()} | {"name_en": f"Topic {number}"}
    data = {"slug": topic.slug, **names}
    editor.send("topic", reverse("wagtailsnippets_core_topic:edit", args=[topic.pk]), data)


def edit_picture(editor: EditorAtWork, number: int) -> None:
    image = editor.chance.choice(list(ContentImage.objects.order_by("pk")[:2]))
    data = {"title": image.title, "credit": f"Credit {number}", "collection": image.collection_id, "tags": ""}
    editor.send("picture", reverse("wagtailimages:edit", args=[image.pk]), data)


WAYS: list[Callable[[EditorAtWork, int], None]] = [
    add, add, publish, publish, publish, save_draft, save_draft, rename, move, move, copy, unpublish, delete, delete,
    many("publish"), many("unpublish"), many("delete"), edit_topic, edit_picture,
]  # fmt: skip


@pytest.mark.django_db
class TestEditorsAtOnce(SimpleTestCase):
    databases = {"default"}

    def setUp(self) -> None:
        self.copies = Databases()
        self.addCleanup(self.copies.remove)
        self.copies.copy(self.copies.original, self.copies.current)

    def test_no_answer_is_an_error(self) -> None:
        mirror = Mirror(Client(raise_request_exception=False))
        mirror.catch_up()
        editors = [EditorAtWork(number, _editor(number)) for number in range(EDITORS)]
        for editor in editors:
            editor.start()
        deadline = time.monotonic() + LONGEST
        while any(editor.is_alive() for editor in editors) and time.monotonic() < deadline:
            mirror.catch_up()
            assert mirror.overlooked() == []
            continue_large_changes()
            time.sleep(0.2)
        answers = sum((editor.answers for editor in editors), Counter[tuple[str, int]]())
        assert not any(editor.is_alive() for editor in editors)
        failed = {key: times for key, times in answers.items() if key[1] >= HTTPStatus.INTERNAL_SERVER_ERROR}
        assert failed == {}, sorted(answers.items())
        assert (
            sum(times for (name, _), times in answers.items() if name != "open a form") > EDITORS * OPERATIONS_EACH // 2
        )
        self._whole_and_exact(mirror)

    def _whole_and_exact(self, mirror: Mirror) -> None:
        assert [list(found) for found in Page.find_problems()] == [[], [], [], [], []]
        for page in Page.objects.filter(depth__gt=2):
            assert page.url_path == f"{page.get_parent().url_path}{page.slug}/"
        work_off()
        mirror.catch_up()
        assert mirror.overlooked() == []
        assert_equal_to_fresh_crawl(mirror)
        assert rebuild() == 0
        assert PublishedDocument.objects.count() > 100


def _editor(number: int) -> User:
    address = f"editor-{number}@example.org"
    user: User = User.objects.create_superuser(f"editor-{number}", address, "a password of the tests")
    return user

"""Every way in which a page can become public, with a stop before the last step.

A way is a generator: it brings a page to the point at which one more step publishes it, stops there, so that a test can
add an obstacle, and then takes the step as its user would.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import call_command
from django.db.models import Model
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from wagtail.actions.edit_page import EditPageAction
from wagtail.models import GroupApprovalTask, Page, PageViewRestriction, Workflow, WorkflowPage, WorkflowTask

from accounts.models import User
from bundles.loader import load
from bundles.problems import BundleError
from bundles.reader import read_bundle
from news.models import NewsIndexPage, NewsPage
from publishing.models import PublishedDocument
from tests.editing import PUBLISH, Editing, add_address, edit_address
from tests.factories import make_page, parent_of_new


class Case:
    """A news item whose title contains a word that occurs nowhere else, and the user who is to publish it."""

    def __init__(self, user: User, folder: Path) -> None:
        self.user = user
        self.folder = folder
        self.client = Client()
        self.client.force_login(user)
        self.editing = Editing(self.client, user)
        self.word = f"w{uuid.uuid4().hex[:12]}"
        self.index = parent_of_new(NewsPage, "en")
        self.typed: dict[str, Any] = {}
        self.embargo: datetime | None = None
        self.said: list[str] = []
        self.page: Any = None

    @cached_property
    def private(self) -> Any:
        """A private section, which only some of the ways need."""
        section = make_page(NewsIndexPage, "en", parent=Page.objects.get(pk=self.index.get_parent().pk))
        PageViewRestriction.objects.create(page=section, restriction_type="login")
        return section

    def make(self, *, live: bool = False, parent: Page | None = None) -> Any:
        self.page = make_page(NewsPage, "en", parent=parent or self.index, live=live, title=self.word)
        return self.page

    def arabic(self) -> Any:
        """Return the same content in Arabic, as a draft; if there is no page yet, load one from the bundle."""
        if self.page is None:
            self.write("ar", "خبر")
            load(read_bundle(self.folder))
            page = NewsPage.objects.get(locale__language_code="ar", title="خبر")
            page.unpublish()
            return page
        return make_page(NewsPage, "ar", live=False)

    def write(self, language: str, title: str) -> None:
        """Write one language version of a news item into the bundle."""
        news = self.folder / "news"
        news.mkdir(exist_ok=True)
        embargo = f"embargo: {self.embargo.isoformat()}\n" if self.embargo else ""
        text = f"---\ntitle: {title}\ndate: 2026-03-01\n{embargo}---\nText.\n"
        (news / f"{self.word}.{language}.md").write_text(text)

    def spoil(self, **values: Any) -> None:
        """Give the page these values in its row and all its revisions, as if it had always had them.

        A form for a new page is filled in with them too.
        """
        self.typed |= values
        for page in NewsPage.objects.filter(title__contains=self.word):
            NewsPage.objects.filter(pk=page.pk).update(**values)
            for revision in page.revisions.all():
                plain = {name: value.pk if isinstance(value, Model) else value for name, value in values.items()}
                revision.content = {**revision.content, **plain}
                revision.save()

    def take(self, step: Callable[[], Any]) -> None:
        """Take the step, and record its messages: from an error, from the answered page, or from the next page."""
        try:
            response = step()
        except (ValidationError, BundleError) as error:
            self.said += error.messages if isinstance(error, ValidationError) else [str(error)]
            return
        except PermissionDenied as error:
            self.said.append(str(error))
            return
        if hasattr(response, "status_code"):
            assert response.status_code < 500
            self.said += [response.content.decode(), self.client.get(reverse("wagtailadmin_home")).content.decode()]

    def post(self, name: str, *arguments: object, query: str = "", **data: Any) -> None:
        self.take(lambda: self.editing.post(reverse(name, args=arguments) + query, data))

    def is_public(self) -> bool:
        """Return whether the word is public: in the documents behind the API, lists and search, or at an address."""
        if PublishedDocument.objects.filter(removal="", title__contains=self.word).exists():
            return True
        addresses = [page.url for page in Page.objects.filter(title__contains=self.word) if page.url]
        return any(self.word in Client().get(address).content.decode() for address in addresses)

    def waits(self) -> bool:
        """Return whether the page is not live, but a draft or scheduled."""
        return not Page.objects.filter(title__contains=self.word, live=True).exists()


Way = Callable[[Case], Iterator[None]]


def form(case: Case) -> Iterator[None]:
    page = case.make()
    yield
    case.take(lambda: case.editing.post(edit_address(page), case.editing.edit_form(page) | PUBLISH))


def form_of_a_new_page(case: Case) -> Iterator[None]:
    yield
    data = case.editing.new_form(NewsPage, case.index, {"title": case.word, **case.typed})
    case.take(lambda: case.editing.post(add_address(NewsPage, case.index), data | PUBLISH))


def bulk_action(case: Case) -> Iterator[None]:
    page = case.make()
    yield
    case.post("wagtail_bulk_action", "wagtailcore", "page", "publish", query=f"?id={page.pk}")


def bulk_action_with_pages_below(case: Case) -> Iterator[None]:
    case.make()
    yield
    query = f"?id={case.page.get_parent().pk}"
    case.post("wagtail_bulk_action", "wagtailcore", "page", "publish", query=query, include_descendants="on")


def workflow_approval(case: Case) -> Iterator[None]:
    """Approve, as the reviewer, what a writer has submitted."""
    page = case.make()
    workflow = Workflow.objects.create(name=case.word)
    task = GroupApprovalTask.objects.create(name=case.word)
    task.groups.set(case.user.groups.all())
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=1)
    WorkflowPage.objects.create(workflow=workflow, page=page)
    state = workflow.start(page, None)
    yield
    case.post("wagtailadmin_pages:workflow_action", page.pk, "approve", state.current_task_state.pk)


def schedule(case: Case) -> Iterator[None]:
    """Reach the time of a page that was scheduled when there was no obstacle."""
    case.make().latest_revision.publish()
    page = make_page(NewsPage, "en", parent=case.index, live=False, title=case.word)
    case.page.delete()
    case.page = page
    revision = page.latest_revision
    revision.approved_go_live_at = timezone.now() - timedelta(minutes=1)
    revision.save()
    yield
    case.take(lambda: call_command("publish_scheduled"))


def older_revision(case: Case) -> Iterator[None]:
    """Go back to the previous version and publish it."""
    page = case.make()
    older = page.latest_revision
    page.summary = "Newer"
    page.save_revision()
    yield
    address = reverse("wagtailadmin_pages:revisions_revert", args=[page.pk, older.pk])
    data = case.editing.edit_form(page) | {"summary": ""} | PUBLISH
    case.take(lambda: case.editing.post(address, data))


def copy(case: Case) -> Iterator[None]:
    """Publish a copy of a page that is live in a private section."""
    case.make(live=True, parent=case.private)
    yield
    data = {"new_title": f"{case.word} copy", "new_slug": f"{case.word}-copy", "publish_copies": "on"}
    case.post("wagtailadmin_pages:copy", case.page.pk, new_parent_page=case.index.pk, **data)


def move(case: Case) -> Iterator[None]:
    case.make(live=True, parent=case.private)
    yield
    case.post("wagtailadmin_pages:move_confirm", case.page.pk, case.index.pk)


def bulk_move(case: Case) -> Iterator[None]:
    case.make(live=True, parent=case.private)
    yield
    query = f"?id={case.page.pk}"
    case.post("wagtail_bulk_action", "wagtailcore", "page", "move", query=query, chooser=case.index.pk)


def unrestricting(case: Case) -> Iterator[None]:
    case.make(live=True, parent=case.private)
    yield
    case.post("wagtailadmin_pages:set_privacy", case.private.pk, restriction_type="none")


def restoring(case: Case) -> Iterator[None]:
    """Publish a page again that was unpublished."""
    page = case.make(live=True, parent=case.private)
    page.unpublish()
    page.move(case.index, pos="last-child")
    case.page = NewsPage.objects.get(pk=page.pk)
    yield
    case.post("wagtail_bulk_action", "wagtailcore", "page", "publish", query=f"?id={page.pk}")


def bundle(case: Case) -> Iterator[None]:
    yield
    case.write("en", case.word)
    case.take(lambda: load(read_bundle(case.folder)))


def code_that_publishes_a_revision(case: Case) -> Iterator[None]:
    page = case.make()
    yield
    page = NewsPage.objects.get(pk=page.pk)
    case.take(lambda: page.get_latest_revision().publish(user=case.user))


def code_that_saves(case: Case) -> Iterator[None]:
    page = case.make()
    yield
    page = NewsPage.objects.get(pk=page.pk)
    page.live = True
    case.take(page.save)


def code_that_adds(case: Case) -> Iterator[None]:
    yield
    page = NewsPage(title=case.word, locale=case.index.locale, **case.typed)
    case.take(lambda: case.index.add_child(instance=page))


def programming_interface(case: Case) -> Iterator[None]:
    page = case.make()
    yield
    address = reverse("wagtailadmin_api:pages:action", args=[page.pk, "publish"])
    case.take(lambda: case.client.post(address, {}, content_type="application/json"))


def action_that_edits(case: Case) -> Iterator[None]:
    page = case.make()
    yield
    page = NewsPage.objects.get(pk=page.pk)
    case.take(lambda: EditPageAction(page, user=case.user, publish=True, clean=False).execute())


WAYS: tuple[Way, ...] = (
    form, form_of_a_new_page, bulk_action, bulk_action_with_pages_below, workflow_approval, schedule, older_revision,
    copy, move, bulk_move, unrestricting, restoring, bundle, code_that_publishes_a_revision, code_that_saves,
    code_that_adds, programming_interface, action_that_edits,
)  # fmt: skip

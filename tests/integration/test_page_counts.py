"""The worker counts the pages of PDF files: nobody waits for it, and partners are notified of a count once."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core.files import contents, page_counts, pdf
from core.files.page_counts import PageCounts, note_pages
from core.models import ContentDocument
from core.processing.background import followers
from core.processing.limited_process import LimitsExceeded
from publishing.models import PublishedDocument
from research.models import PublicationFile, PublicationPage
from tests.editing import Editing
from tests.factories import make_page, pdf_content
from tests.integration.test_content_bundles import load, write

pytestmark = [pytest.mark.django_db, pytest.mark.every_engine]


THREE_PAGES = pdf_content(3)


def make(content: bytes, name: str = "report.pdf") -> ContentDocument:
    document: ContentDocument = ContentDocument.objects.create(title="Report", file=ContentFile(content, name=name))
    return document


def pages_of(document: ContentDocument) -> tuple[int | None, bool]:
    document.refresh_from_db()
    return document.pages, document.awaits_page_count


def count_all() -> None:
    while PageCounts()():
        pass


def shows(client: Client, page: Any) -> str:
    return client.get(page.url).content.decode()


@pytest.fixture
def document() -> ContentDocument:
    return make(THREE_PAGES)


@pytest.fixture
def publication(document: ContentDocument) -> Any:
    page = make_page(PublicationPage, "en")
    page.files = [PublicationFile(document=document, language="en", title="The report")]
    page.body = [("documents", {"title": "", "files": [{"document": document, "title": "The report"}]})]
    page.save_revision().publish()
    return page


def test_the_worker_counts() -> None:
    assert [follow for follow in followers if isinstance(follow, PageCounts)]


@pytest.mark.parametrize(
    ("name", "content", "pages"),
    [
        ("a.pdf", pdf_content(3), 3),
        ("a.PDF", pdf_content(1), 1),
        ("a.pdf", b"%PDF-1.7 damaged", None),
        ("a.txt", pdf_content(3), None),
    ],
)
def test_pages_are_counted_after_a_file_is_saved(name: str, content: bytes, pages: int | None) -> None:
    document = make(content, name)
    assert pages_of(document) == (None, name.lower().endswith("pdf"))
    count_all()
    assert pages_of(document) == (pages, False)
    assert not PageCounts()()


def test_no_request_waits_for_the_count(editing: Editing, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("counted while the editor waits")

    monkeypatch.setattr(page_counts, "page_count", refuse)
    monkeypatch.setattr(pdf, "page_count", refuse)
    data = {"title": "Report", "file": SimpleUploadedFile("report.pdf", THREE_PAGES), "collection": "1"}
    assert editing.post(reverse("wagtaildocs:add"), data).status_code == 302
    assert pages_of(ContentDocument.objects.latest("pk")) == (None, True)


def test_readers_see_no_count_until_it_is_there_and_partners_are_told_once(
    client: Client, document: ContentDocument, publication: Any
) -> None:
    stored = PublishedDocument.objects.get(content_id=publication.translation_key, locale="en")
    assert "The report" in shows(client, publication)
    assert "3 pages" not in shows(client, publication)
    before = set(PublishedDocument.objects.values_list("pk", "seq"))
    count_all()
    assert "3 pages" in shows(client, publication)
    moved = {pk for pk, _seq in set(PublishedDocument.objects.values_list("pk", "seq")) - before}
    assert moved == {stored.pk}
    after = PublishedDocument.objects.get(pk=stored.pk)
    assert (after.seq, after.content_updated_at) == (stored.seq + 1, stored.content_updated_at)
    count_all()
    assert PublishedDocument.objects.get(pk=stored.pk).seq == after.seq


def test_a_file_that_is_replaced_loses_its_count_until_it_is_counted(document: ContentDocument) -> None:
    count_all()
    document.refresh_from_db()
    document.file = ContentFile(pdf_content(7), name="report 2.pdf")
    document.save()
    assert pages_of(document) == (None, True)
    count_all()
    assert pages_of(document) == (7, False)


def test_the_same_file_once_more_keeps_its_count(document: ContentDocument) -> None:
    count_all()
    document.refresh_from_db()
    document.file = ContentFile(THREE_PAGES, name=document.filename)
    document.save()
    assert pages_of(document) == (3, False)


def test_a_count_of_the_file_before_is_not_noted_of_the_next(document: ContentDocument) -> None:
    counted = ContentDocument.objects.get(pk=document.pk)
    document.file = ContentFile(pdf_content(7), name="report.pdf")
    document.save()
    note_pages(counted, 3)
    assert pages_of(document) == (None, True)


def test_a_change_of_the_document_meanwhile_is_kept(document: ContentDocument, monkeypatch: pytest.MonkeyPatch) -> None:
    def renamed_meanwhile(file: object) -> int:
        ContentDocument.objects.filter(pk=document.pk).update(title="Another title")
        return 3

    monkeypatch.setattr(page_counts, "page_count", renamed_meanwhile)
    count_all()
    assert pages_of(document) == (3, False)
    assert document.title == "Another title"


def test_a_file_that_cannot_be_counted_holds_up_no_other(
    document: ContentDocument, monkeypatch: pytest.MonkeyPatch
) -> None:
    lost, later = make(pdf_content(2)), make(pdf_content(5))
    lost.file.storage.delete(lost.file.name)
    with monkeypatch.context() as limited:
        limited.setattr(contents, "ask", _take_too_long)
        assert PageCounts()()
    assert pages_of(document) == (None, False)
    count_all()
    assert pages_of(lost) == (None, False)
    assert pages_of(later) == (5, False)


def _take_too_long(*_: object, **__: object) -> bytes:
    raise LimitsExceeded


def test_a_bundle_leaves_nothing_to_count(tmp_path: Path) -> None:
    text = "---\ntitle: A\ndate: 2026-01-01\nsummary: S\n---\n\n[The report](../files/a.pdf)\n"
    write(tmp_path, "news/a.en.md", text)
    write(tmp_path, "files/a.pdf", pdf_content(4))
    load(tmp_path)
    assert pages_of(ContentDocument.objects.latest("pk")) == (4, False)


def test_looking_for_files_to_count_is_one_query_by_an_index() -> None:
    with CaptureQueriesContext(connection) as asked:
        assert not PageCounts()()
    assert len(asked) == 1

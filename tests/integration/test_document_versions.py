"""A document keeps the same address, and its earlier versions are kept."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, TestCase
from django.urls import reverse

from core.models import ContentDocument, DocumentVersion
from news.models import NewsPage
from publishing.models import PublishedDocument
from research.models import PublicationFile, PublicationPage
from tests.admin_forms import fields_of
from tests.editing import Editing
from tests.factories import make_page, pdf_content
from tests.integration.test_content_bundles import load, page_of, write
from tests.integration.test_public_files import answer, assert_never_existed, assert_public

pytestmark = pytest.mark.django_db

FIRST, SECOND = pdf_content(1, "the first"), pdf_content(2, "the second, longer")


@pytest.fixture
def document() -> ContentDocument:
    document: ContentDocument = ContentDocument.objects.create(
        title="Report", file=ContentFile(FIRST, name="report v1.pdf")
    )
    return document


@pytest.fixture
def publication(document: ContentDocument) -> Any:
    page = make_page(PublicationPage, "en")
    page.files = [PublicationFile(document=document, language="en", title="The report")]
    page.save_revision().publish()
    return page


def replace(document: ContentDocument, name: str, content: bytes = SECOND) -> ContentDocument:
    document.file = ContentFile(content, name=name)
    document.save()
    stored: ContentDocument = ContentDocument.objects.get(pk=document.pk)
    return stored


def test_a_file_that_is_replaced_stays_as_a_version(document: ContentDocument) -> None:
    before = document.file.name
    replaced = replace(document, "report v2.pdf")
    version = replaced.versions.get()
    assert (version.number, version.filename, version.file.name) == (1, "report_v1.pdf", before)
    assert (version.sha256, version.file_size) == (hashlib.sha256(FIRST).hexdigest(), len(FIRST))
    assert version.file.read() == FIRST
    version.file.close()
    assert (replaced.sha256, replaced.file_size) == (hashlib.sha256(SECOND).hexdigest(), len(SECOND))
    assert [version.number for version in replace(replaced, "report v3.pdf", b"%PDF- 3").versions.all()] == [2, 1]


def test_the_same_name_stays_the_same_address(client: Client, document: ContentDocument, publication: Any) -> None:
    address = document.url
    tag = answer(client, address)[1]["ETag"]
    assert replace(document, "report v1.pdf").url == address
    status, headers, body = answer(client, address)
    assert (status, body) == (200, SECOND)
    assert headers["ETag"] != tag


def test_the_same_file_once_more_is_no_version(document: ContentDocument) -> None:
    stored = document.file.name
    assert replace(document, "report v1.pdf", FIRST).file.name == stored
    assert not DocumentVersion.objects.exists()


def test_other_changes_make_no_version(document: ContentDocument) -> None:
    document.title = "Another title"
    document.save()
    document.save(update_fields=["title"])
    assert not DocumentVersion.objects.exists()


def test_an_old_name_leads_to_the_new_one_where_the_document_is_public(
    client: Client, editor_client: Client, document: ContentDocument, publication: Any
) -> None:
    old = document.url
    new = replace(document, "report v2.pdf").url
    newest = replace(ContentDocument.objects.get(pk=document.pk), "report v3.pdf", b"%PDF- 3").url
    for address in (old, new):
        response = client.get(address)
        assert (response.status_code, response["Location"]) == (301, newest)
        assert response["Cache-Control"] == "public, max-age=60"
    assert client.get(f"/documents/{document.pk}/report_v9.pdf").status_code == 404
    publication.unpublish()
    assert_never_existed(client, old)
    response = editor_client.get(old)
    assert (response.status_code, response["Location"]) == (301, newest)
    assert "no-store" in response["Cache-Control"]


def test_a_name_that_comes_back_is_no_circle(client: Client, document: ContentDocument, publication: Any) -> None:
    first = document.url
    second = replace(document, "report v2.pdf").url
    replace(ContentDocument.objects.get(pk=document.pk), "report v1.pdf", b"%PDF- 3")
    assert answer(client, first)[2] == b"%PDF- 3"
    assert client.get(second)["Location"] == first


def test_partners_and_readers_learn_of_the_new_file(
    client: Client, document: ContentDocument, publication: Any
) -> None:
    replaced = replace(document, "report v2.pdf")
    full = PublishedDocument.objects.get(content_id=publication.translation_key, locale="en").full
    assert replaced.sha256 in full
    assert replaced.url in full
    assert replaced.url in client.get(publication.url).content.decode()


@pytest.mark.slow
def test_an_earlier_version_is_for_staff_until_the_editor_says_so(
    client: Client, editor_client: Client, document: ContentDocument, publication: Any
) -> None:
    replace(document, "report v2.pdf")
    version = DocumentVersion.objects.get()
    assert_never_existed(client, version.url, version.file.url)
    for address in (version.url, version.file.url):
        assert answer(editor_client, address)[0::2] == (200, FIRST)
    version.is_public = True
    version.save()
    for address in (version.url, version.file.url):
        assert_public(client, address)
    page = client.get(publication.url).content.decode()
    assert version.url in page
    assert version.sha256 in page
    publication.unpublish()
    assert_never_existed(client, version.url, version.file.url)


@pytest.mark.parametrize(
    ("language", "heading"), [("ar", "الإصدارات السابقة"), ("en", "Earlier versions"), ("fr", "Versions antérieures")]
)
@pytest.mark.slow
def test_an_editor_replaces_a_file_and_sees_and_opens_its_versions(
    editing: Editing, client: Client, document: ContentDocument, publication: Any, language: str, heading: str
) -> None:
    editing.prefer(language)
    address = reverse("wagtaildocs:edit", args=[document.pk])
    assert heading not in editing.get(address)
    old, stored = document.url, document.file.name
    form = fields_of(editing.client.get(address), "w-editor-form") | {
        "file": SimpleUploadedFile("report v2.pdf", pdf_content(), "application/pdf")
    }
    assert editing.post(address, form).status_code == 302
    version = DocumentVersion.objects.get()
    assert version.file.storage.exists(stored)
    html = editing.get(address)
    assert heading in html
    assert version.url in html
    assert version.sha256 in html
    assert client.get(old).status_code == 301
    assert_never_existed(client, version.url)
    form = fields_of(editing.client.get(address), "w-editor-form") | {"public_versions": [str(version.pk)]}
    assert editing.post(address, form).status_code == 302
    assert_public(client, version.url)
    form = fields_of(editing.client.get(address), "w-editor-form")
    assert form.pop("public_versions") == str(version.pk)
    assert editing.post(address, form).status_code == 302
    assert_never_existed(client, version.url)


def test_versions_go_with_their_document(document: ContentDocument) -> None:
    replace(document, "report v2.pdf")
    storage = document.file.storage
    names = [document.file.name, DocumentVersion.objects.get().file.name]
    with TestCase.captureOnCommitCallbacks(execute=True):
        ContentDocument.objects.get(pk=document.pk).delete()
    assert not any(storage.exists(name) for name in names)
    assert not DocumentVersion.objects.exists()


def test_a_version_is_no_use_of_its_document(document: ContentDocument) -> None:
    assert replace(document, "report v2.pdf").get_usage().count() == 0


def test_a_bundle_whose_file_changed_replaces_the_file_of_the_same_document(tmp_path: Path, client: Client) -> None:
    write(tmp_path, "files/report.en.pdf", FIRST)
    write(
        tmp_path,
        "publications/a-report.en.md",
        "---\ntitle: A report\nsummary: x\ndate: 2025-01-02\nfiles: [files/report.en.pdf]\n---\n"
        "See [it](files/report.en.pdf).\n",
    )
    load(tmp_path)
    document = page_of("publications/a-report", "en").files.get().document
    write(tmp_path, "files/report.en.pdf", SECOND)
    assert "documents: 0 created, 1 updated" in load(tmp_path)
    assert page_of("publications/a-report", "en").files.get().document == document
    assert answer(client, document.url)[2] == SECOND
    assert document.versions.get().sha256 == hashlib.sha256(FIRST).hexdigest()
    assert "Nothing to change" in load(tmp_path)
    assert document.versions.count() == 1


def test_a_file_of_the_same_name_that_another_page_shows_is_another_document(tmp_path: Path) -> None:
    for name in ("a-report", "another-report"):
        folder = tmp_path / name
        write(folder, "files/report.pdf", pdf_content(title=name))
        text = "---\ntitle: A report\nsummary: x\ndate: 2025-01-02\nfiles: [files/report.pdf]\n---\nText.\n"
        write(folder, f"publications/{name}.en.md", text)
        load(folder)
    documents = {page_of(f"publications/{name}", "en").files.get().document for name in ("a-report", "another-report")}
    assert len(documents) == 2
    assert not DocumentVersion.objects.exists()


def test_a_file_that_is_in_the_library_under_another_name_is_a_document_of_its_own(tmp_path: Path) -> None:
    """A bundle does not take over a document that an editor has uploaded."""
    uploaded = ContentDocument.objects.create(title="x", file=ContentFile(FIRST, name="02-scan.pdf"))
    write(tmp_path, "files/report.pdf", FIRST)
    text = "---\ntitle: A report\nsummary: x\ndate: 2025-01-02\nfiles: [files/report.pdf]\n---\nText.\n"
    write(tmp_path, "publications/a-report.en.md", text)
    load(tmp_path)
    document = page_of("publications/a-report", "en").files.get().document
    assert (document.filename, document != uploaded) == ("report.pdf", True)
    assert "Nothing to change" in load(tmp_path)


def test_a_dry_run_replaces_nothing_and_leaves_no_file(tmp_path: Path) -> None:
    page = make_page(NewsPage, "en")
    document = ContentDocument.objects.create(title="x", file=ContentFile(FIRST, name="report.pdf"))
    page.body = [{"type": "rich_text", "value": f'<p><a linktype="document" id="{document.pk}">x</a></p>'}]
    page.save_revision().publish()
    before = {path for path in Path(document.file.storage.location).rglob("*") if path.is_file()}
    text = "---\ntitle: A report\nsummary: x\ndate: 2026-03-14\n---\nSee [it](files/report.pdf).\n"
    write(tmp_path, "news/a-story.en.md", text)
    write(tmp_path, "files/report.pdf", SECOND)
    load(tmp_path, "--dry-run")
    assert not DocumentVersion.objects.exists()
    assert {path for path in Path(document.file.storage.location).rglob("*") if path.is_file()} == before

"""Files to download: requests for parts of them, their headers, and the size that readers see."""

from __future__ import annotations

import pytest
from django.core.files.base import ContentFile
from django.test import Client

from core.files.downloads import part_of
from core.models import ContentDocument
from news.models import NewsPage
from tests.factories import make_page

pytestmark = pytest.mark.django_db
CONTENT = bytes(range(256)) * 1000


@pytest.fixture
def document() -> ContentDocument:
    """A document that a page links to."""
    document: ContentDocument = ContentDocument.objects.create(title="Data", file=ContentFile(CONTENT, name="data.zip"))
    text = f'<p><a linktype="document" id="{document.pk}">Data</a></p>'
    make_page(NewsPage, "en", body=[{"type": "rich_text", "value": text}])
    return document


def fetched(client: Client, document: ContentDocument, **headers: str) -> tuple[int, dict[str, str], bytes]:
    response = client.get(document.url, headers=headers)
    body = response.getvalue() if response.streaming else response.content
    return response.status_code, dict(response.items()), body


def test_a_broken_download_goes_on(client: Client, document: ContentDocument) -> None:
    status, whole, body = fetched(client, document)
    assert (status, body, whole["Accept-Ranges"]) == (200, CONTENT, "bytes")
    status, rest, body = fetched(client, document, **{"Range": "bytes=100000-", "If-Range": whole["ETag"]})
    assert status == 206
    assert CONTENT[:100000] + body == CONTENT
    assert rest["Content-Range"] == f"bytes 100000-{len(CONTENT) - 1}/{len(CONTENT)}"
    assert rest["Content-Length"] == str(len(body))
    assert rest["Content-Type"] == whole["Content-Type"]
    assert rest["Content-Disposition"] == whole["Content-Disposition"]


def test_no_encoding_is_named_for_a_file_that_has_none(client: Client, document: ContentDocument) -> None:
    for headers in ({}, {"Range": "bytes=0-9"}):
        assert "Content-Encoding" not in fetched(client, document, **headers)[1]


def test_a_file_that_has_changed_is_sent_whole(client: Client, document: ContentDocument) -> None:
    status, _, body = fetched(client, document, **{"Range": "bytes=100-", "If-Range": '"another"'})
    assert (status, body) == (200, CONTENT)


def test_a_part_beyond_the_end_is_refused(client: Client, document: ContentDocument) -> None:
    status, headers, body = fetched(client, document, Range=f"bytes={len(CONTENT)}-")
    assert (status, headers["Content-Range"], body) == (416, f"bytes */{len(CONTENT)}", b"")


@pytest.mark.parametrize(
    ("wanted", "part"),
    [
        ("bytes=0-0", range(1)),
        ("bytes=2-4", range(2, 5)),
        ("bytes=2-99", range(2, 10)),
        ("bytes=-3", range(7, 10)),
        ("bytes=-99", range(10)),
        ("bytes=-0", range(10, 10)),
        ("bytes=10-", range(10, 10)),
        ("bytes=4-2", None),
        ("bytes=-", None),
        ("bytes=0-1,3-4", None),
        ("pages=1-2", None),
        ("bytes=a-b", None),
    ],
)
def test_ranges_are_read_as_the_standard_says(wanted: str, part: range | None) -> None:
    found = part_of(wanted, 10)
    assert found == part if part is None or part else found is not None and not found


def test_readers_are_told_how_much_a_file_is(client: Client) -> None:
    page = client.get("/en/research/sample-migration-glossary/").content.decode()
    document = ContentDocument.objects.get(title="Sample glossary layout, in English")
    assert document.pages
    assert f"{document.pages} page" in page

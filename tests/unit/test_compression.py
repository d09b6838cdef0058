"""Pages are compressed; files, and parts of them, are not."""

from __future__ import annotations

import gzip

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from core.web.compression import CompressionMiddleware

TEXT = "الهجرة " * 100


def answer(status: int = 200, content_type: str = "text/html; charset=utf-8", accepted: str = "gzip") -> HttpResponse:
    request = RequestFactory().get("/ar/", headers={"Accept-Encoding": accepted})
    middleware = CompressionMiddleware(lambda _: HttpResponse(TEXT, status=status, content_type=content_type))
    response = middleware(request)
    assert isinstance(response, HttpResponse)
    return response


def test_pages_are_compressed() -> None:
    response = answer()
    assert response["Content-Encoding"] == "gzip"
    assert gzip.decompress(response.content).decode() == TEXT
    assert response["Vary"] == "Accept-Encoding"


def test_who_does_not_read_it_gets_the_text() -> None:
    assert answer(accepted="identity").content.decode() == TEXT


@pytest.mark.parametrize(("status", "content_type"), [(206, "text/html"), (200, "text/csv"), (200, "application/pdf")])
def test_files_and_parts_of_files_stay_as_they_are(status: int, content_type: str) -> None:
    response = answer(status, content_type)
    assert "Content-Encoding" not in response
    assert response.content.decode() == TEXT


def test_only_what_may_hold_a_secret_is_of_another_length_each_time() -> None:
    def lengths(content_type: str) -> set[int]:
        return {len(answer(content_type=content_type).content) for _ in range(20)}

    assert len(lengths("text/css; charset=utf-8")) == 1
    assert len(lengths("text/html; charset=utf-8")) > 1

"""Pages may be embedded by this site alone, what partners use by any; no page may use a device (core.web.policies)."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.http import HttpResponse, HttpResponseNotModified
from django.test import RequestFactory

from core.web.policies import PERMISSIONS, PoliciesMiddleware

NAME = "core.web.policies.PoliciesMiddleware"


@pytest.mark.parametrize(
    ("path", "kind", "embedders"),
    [
        ("/ar/", "text/html; charset=utf-8", "same-origin"),
        ("/admin/api/main/pages/", "application/json", "same-origin"),
        ("/api/v1/news", "application/json", "cross-origin"),
        ("/en/news/feed.atom", "application/atom+xml", "cross-origin"),
        ("/media/images/a.width-400.jpg", "image/jpeg", "cross-origin"),
        ("/documents/1/report.pdf", "application/pdf", "cross-origin"),
        ("/static/css/site.css", "text/css", "cross-origin"),
    ],
)
def test_who_may_embed_an_answer(path: str, kind: str, embedders: str) -> None:
    response = PoliciesMiddleware(lambda request: HttpResponse(content_type=kind))(RequestFactory().get(path))
    assert response["Cross-Origin-Resource-Policy"] == embedders
    assert response["Permissions-Policy"] == PERMISSIONS
    assert "camera=()" in PERMISSIONS


def test_an_answer_that_only_confirms_a_copy_does_not_change_who_may_embed_it() -> None:
    response = PoliciesMiddleware(lambda request: HttpResponseNotModified())(RequestFactory().get("/api/v1/news"))
    assert "Cross-Origin-Resource-Policy" not in response


def test_files_and_the_api_have_them_too() -> None:
    """They are answered by middleware of their own, so this one must come before."""
    order = settings.MIDDLEWARE
    for later in ("whitenoise.middleware.WhiteNoiseMiddleware", "api.middleware.ApiMiddleware"):
        assert order.index(NAME) < order.index(later)

"""Nothing that a visitor can type into an address or a form causes a server error."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import html

from press.inquiries.page import InquiryPage

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

ANY_TEXT = st.text(max_size=300)
RELAXED = settings(
    max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@RELAXED
@given(path=ANY_TEXT, language=st.sampled_from(["ar", "en", "fr", "de", "admin", "feeds", "documents", "media", ""]))
def test_any_address_gets_an_answer(client: Client, path: str, language: str) -> None:
    response = client.get(f"/{language}/{quote(path)}")
    assert response.status_code < 500


@RELAXED
@given(query=st.dictionaries(st.sampled_from(["q", "page", "sent", "x"]), ANY_TEXT, max_size=4))
def test_any_query_gets_an_answer(client: Client, query: dict[str, str]) -> None:
    for address in ("/en/search/", "/ar/الأخبار/", "/fr/espace-presse/", "/en/press/inquiry/", "/"):
        assert client.get(address, query).status_code < 500


@pytest.mark.parametrize(
    "query",
    ["%00", "a%00b", "%ff%fe", "%ED%A0%80", "'", '"', '"unclosed', "(((", "a AND", "NOT", "*", "a* OR b", "\\", ":",
     "a:b", "-", "^", "٢٠٢٦", "\u202e", "x" * 5000, "NEAR(a b)", "{a b}", "😀", "&amp;", "<script>alert(1)</script>"],
)  # fmt: skip
@pytest.mark.parametrize("language", ["ar", "en"])
def test_search_takes_any_words(client: Client, language: str, query: str) -> None:
    address = {"ar": "/ar/البحث/", "en": "/en/search/"}[language]
    response = client.get(address, query_string=f"q={query}") if "%" in query else client.get(address, {"q": query})
    assert response.status_code in (200, 400)
    assert b"<script>" not in response.content


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch", "options", "head", "trace"])
@pytest.mark.parametrize(
    "address",
    ["/", "/en/", "/ar/feeds/news.atom", "/sitemap.xml", "/sitemap-1.xml", "/en/press/inquiry/", "/robots.txt"],
)
def test_any_method_gets_an_answer(client: Client, method: str, address: str) -> None:
    assert getattr(client, method)(address).status_code < 500


@pytest.mark.parametrize("language", ["ar", "en", "fr"])
def test_form_of_another_site_is_refused_in_the_readers_language(language: str) -> None:
    page = InquiryPage.objects.get(locale__language_code=language)
    response = Client(enforce_csrf_checks=True).post(page.url, {"name": "A"}, HTTP_ORIGIN="https://evil.example")
    assert response.status_code == 403
    assert html.fromstring(response.content).get("lang") == language


@pytest.mark.parametrize("origin", ["http://[", "http://[::1", "http://a]b"])
@pytest.mark.parametrize(
    "address", ["/en/press/inquiry/", "/en/press-inquiry/", "/en/press-releases-by-email/", "/en/no/"]
)
def test_origin_that_is_no_address_is_another_site(client: Client, address: str, origin: str) -> None:
    client.raise_request_exception = False
    answer = client.post(address, {"name": "A"}, headers={"origin": origin})
    assert answer.status_code == (405 if address == "/en/" else 403)


def test_error_of_ours_is_explained_in_the_readers_language(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*args: object, **kwargs: object) -> None:
        raise RuntimeError("a bug")

    monkeypatch.setattr("core.pages.views.find_page", broken)
    client.raise_request_exception = False
    for language, direction in (("ar", "rtl"), ("en", "ltr"), ("fr", "ltr")):
        response = client.get(f"/{language}/")
        document = html.fromstring(response.content)
        assert response.status_code == 500
        assert (document.get("lang"), document.get("dir")) == (language, direction)
        assert b"a bug" not in response.content


def test_unknown_host_is_refused(client: Client) -> None:
    assert client.get("/en/", headers={"host": "evil.example"}).status_code == 400

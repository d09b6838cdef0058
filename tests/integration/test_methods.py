"""Every public address answers the methods that it has, and 405 to every other, before it does anything."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from lxml import html
from wagtail.models import PageViewRestriction

from core.checks.pages import page_types
from core.models import ContentImage
from press.inquiries.page import InquiryPage
from tests.factories import CREATED_TYPES, LANGUAGES, SINGLE_TYPES, the_page
from tests.public_routes import public_addresses

pytestmark = pytest.mark.django_db

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT", "PROPFIND")
READ = ["GET", "HEAD"]
FORM = [*READ, "POST"]
FORMS = {
    "admin/login/",
    "admin/login/second-factor/",
    "admin/login/second-factor/first/",
    "admin/login/second-factor/first/passkey/",
    "admin/login/second-factor/passkey/",
    "admin/password_reset/",
    "documents/authenticate_with_password/<int:restriction_id>/",
    "_util/authenticate_with_password/<int:page_view_restriction_id>/<int:page_id>/",
    "press-inquiry/",
    "press-releases-by-email/",
    "press-releases-by-email/confirm/<str:token>/",
    "press-releases-by-email/end/<str:token>/",
}
TITLES = {
    "ar": "هذا العنوان لا يقبل طلبا كهذا",
    "en": "This address does not take such a request",
    "fr": "Cette adresse n’accepte pas une telle requête",
}
refused_methods = pytest.mark.parametrize("method", METHODS[2:])
in_every_language = pytest.mark.parametrize("language", LANGUAGES)


def assert_refused(response: Any, allowed: Iterable[str], language: str) -> None:
    address = response.wsgi_request.path
    assert (response.status_code, response["Allow"]) == (405, ", ".join(allowed)), address
    document = html.fromstring(response.content)
    assert (document.get("lang"), document.findtext(".//h1")) == (language, TITLES[language]), address
    assert not response.cookies, address


@in_every_language
def test_every_route_answers_its_methods_and_no_other(client: Client, language: str) -> None:
    client.raise_request_exception = False
    routes = {route: address for route, address in public_addresses(language).items() if not route.startswith("api/")}
    assert routes.keys() >= FORMS
    for route, address in routes.items():
        allowed = FORM if route in FORMS else READ
        for method in METHODS:
            response = client.generic(method, address, headers={"Accept-Language": language})
            if method in allowed:
                assert response.status_code < 500, (method, address)
                assert response.status_code != 405, (method, address)
            else:
                assert_refused(response, allowed, language)


@pytest.mark.slow
def test_page_of_every_type_answers_its_methods_and_no_other(client: Client) -> None:
    assert set(page_types()) == {*CREATED_TYPES, *SINGLE_TYPES}
    for model in page_types():
        allowed = FORM if model is InquiryPage else READ
        for language in LANGUAGES:
            address = the_page(model, language).url
            for method in METHODS:
                response = client.generic(method, address)
                if method in allowed:
                    assert response.status_code in (200, 422), (method, address)
                else:
                    assert_refused(response, allowed, language)


def test_every_address_of_the_api_refuses_with_a_problem_and_answers_preflights(client: Client) -> None:
    routes = {route: address for route, address in public_addresses("en").items() if route.startswith("api/")}
    assert len(routes) > 30
    for route, address in routes.items():
        allowed = [*(FORM if route == "api/v1/search" else READ), "OPTIONS"]
        for method in METHODS:
            response = client.generic(method, address, content_type="application/json")
            if method == "OPTIONS":
                assert (response.status_code, response["Allow"]) == (204, ", ".join(allowed)), address
            elif method in allowed:
                assert response.status_code not in (405, 500), (method, address)
            else:
                assert (response.status_code, response["Allow"]) == (405, ", ".join(allowed)), (method, address)
                assert response["Content-Type"] == "application/problem+json"


@refused_methods
def test_refusal_costs_no_more_than_to_find_the_page(client: Client, method: str) -> None:
    page = the_page(CREATED_TYPES[0], "fr")
    for address, most in (("/robots.txt", 0), ("/fr/feeds/events.ics", 0), (page.url, 6)):
        with CaptureQueriesContext(connection) as asked:
            client.generic(method, address)
        assert len(asked) <= most, [query["sql"] for query in asked]


@refused_methods
def test_what_is_restricted_or_not_there_is_not_told_by_a_method(client: Client, method: str) -> None:
    page = the_page(CREATED_TYPES[0], "en")
    PageViewRestriction.objects.create(page=page, restriction_type="login")
    assert_refused(client.generic(method, page.url), READ, "en")
    answers = {client.generic(method, f"/en/{slug}/").status_code for slug in ("nothing-is-here", "nor-here")}
    assert answers == {404 if method == "POST" else 405}


def test_files_answer_reading_alone(client: Client) -> None:
    image = ContentImage.objects.earliest("pk")
    for address in (image.file.url, f"{settings.STATIC_URL}css/site.css"):
        for method in METHODS[2:]:
            assert client.generic(method, address).status_code == 405, (method, address)


@refused_methods
def test_those_who_watch_the_site_only_read(client: Client, method: str) -> None:
    for address in ("/live", "/ready"):
        response = client.generic(method, address)
        assert (response.status_code, response["Allow"], response.content) == (405, "GET, HEAD", b"")

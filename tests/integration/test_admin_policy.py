"""Every page of the admin has a Content-Security-Policy; those with words of strangers run no script of a page."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from news.models import NewsPage
from tests.admin_views import SCRIPT_IN_PAGE
from tests.press_inquiries import make_inquiry

pytestmark = pytest.mark.django_db

HANDLER = re.compile(r"<[^>]+\son[a-z]+=\"", re.IGNORECASE)
WITHOUT_SCRIPTS = (
    "/admin/",
    "/admin/account/",
    "/admin/press-desk/",
    "/admin/press-desk/{inquiry}/",
    "/admin/press-desk/new/",
    "/admin/press-desk/statistics/",
)
FOR_ALL = ("/admin/login/", "/admin/password_reset/", "/admin/password_reset/confirm/MQ/a-token/")


def policy_of(response: Any) -> dict[str, str]:
    parts = (part.strip().partition(" ") for part in response["Content-Security-Policy"].split(";"))
    return {name: sources for name, _, sources in parts}


@pytest.fixture
def administrator() -> Client:
    client = Client()
    client.force_login(User.objects.create_superuser("an-administrator", "a@example.org", "a password of the tests"))
    return client


@pytest.mark.parametrize("address", [*WITHOUT_SCRIPTS, *FOR_ALL])
def test_page_that_passwords_or_strangers_write_to_runs_no_script_of_its_own(
    administrator: Client, client: Client, address: str
) -> None:
    inquiry = make_inquiry(1, question="<script>alert(1)</script>")
    reader = client if address in FOR_ALL else administrator
    response = reader.get(address.format(inquiry=inquiry.pk))
    assert response.status_code == 200
    assert policy_of(response)["default-src"] == "'self'"
    assert "script-src" not in policy_of(response)
    page = response.content.decode()
    assert not SCRIPT_IN_PAGE.findall(page)
    assert not HANDLER.findall(page)


def test_form_of_wagtail_runs_its_scripts_and_loads_nothing_from_elsewhere(administrator: Client) -> None:
    page = NewsPage.objects.earliest("pk")
    response = administrator.get(f"/admin/pages/{page.pk}/edit/")
    assert SCRIPT_IN_PAGE.findall(response.content.decode())
    assert policy_of(response) == {
        "default-src": "'self'",
        "img-src": "'self' data: blob:",
        "script-src": "'self' 'unsafe-inline'",
        "style-src": "'self' 'unsafe-inline'",
        "object-src": "'none'",
        "form-action": "'self'",
        "base-uri": "'self'",
        "frame-ancestors": "'self'",
    }


def test_answers_that_are_no_pages_have_it_too(administrator: Client, client: Client) -> None:
    for response in (
        administrator.get("/admin/nothing/here/"),
        client.get("/admin/"),
        administrator.get("/admin/paste/"),
    ):
        assert policy_of(response)["object-src"] == "'none'"


def test_public_pages_keep_their_own(client: Client) -> None:
    assert policy_of(client.get("/en/"))["default-src"] == "'none'"

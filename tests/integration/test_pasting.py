"""The blocks that the editor's form gets for the content of a clipboard, and the users who may request them."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.test import Client
from django.urls import reverse
from wagtail.models import GroupPagePermission, Page

from accounts.models import User
from core.blocks.body import BodyBlock
from core.pasting.clipboard import LARGEST_CLIPBOARD
from core.pasting.converter import read_clipboard
from home.models import HomePage, StandardPage
from tests import clipboards
from tests.editing import Editing, edit_address

pytestmark = pytest.mark.django_db
HTML = "text/html; charset=utf-8"


def home(language: str) -> Page:
    return HomePage.objects.get(locale__language_code=language)


def paste(client: Client, html: str, into: str = "body", page: Page | None = None, **headers: Any) -> Any:
    address = f"{reverse('paste')}?into={into}&page={page.pk if page else ''}"
    return client.post(address, html.encode(), content_type=HTML, **headers)


def only_arabic() -> Client:
    """Return the client of a user who may edit Arabic pages and no others."""
    user = User.objects.create_user("arabic", "arabic@example.org", "a password of the tests")
    group = Group.objects.create(name="Arabic")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    GroupPagePermission.objects.create(
        group=group, page=home("ar"), permission=Permission.objects.get(codename="change_page")
    )
    user.groups.add(group)
    client = Client()
    client.force_login(user)
    return client


def test_blocks_come_as_the_editor_takes_them(editor_client: Client) -> None:
    answer = paste(editor_client, clipboards.WORD_ARABIC, page=home("ar")).json()
    names = ["heading", "heading", "rich_text", "heading", "rich_text", "table", "heading", "rich_text"]
    assert [block["type"] for block in answer["blocks"]] == names
    assert all(block["id"] for block in answer["blocks"])
    assert json.loads(answer["blocks"][2]["value"])["blocks"][0]["text"].startswith("عاد 1,250")


@pytest.mark.parametrize(("language", "expected"), [("ar", "الحواشي"), ("en", "Notes"), ("fr", "Notes")])
def test_notes_stand_under_a_heading_in_the_language_of_the_page(
    editor_client: Client, editor: User, language: str, expected: str
) -> None:
    Editing(editor_client, editor).prefer("fr")
    answer = paste(editor_client, clipboards.LIBREOFFICE, page=home(language)).json()
    assert answer["blocks"][-2]["value"]["text"] == expected
    assert any("note" in remark for remark in answer["remarks"])


@pytest.mark.parametrize("source", ["WORD_ARABIC", "WORD_ONLINE", "LIBREOFFICE", "GOOGLE_DOCS", "PAGES"])
def test_what_was_pasted_is_saved_as_it_came(editor_client: Client, editor: User, source: str) -> None:
    """Draft.js and the form return the converter's output unchanged."""
    made = read_clipboard(getattr(clipboards, source), "ar").blocks
    page = Editing(editor_client, editor).create(StandardPage, home("ar"), title="صفحة", body=made)
    stored = page.get_latest_revision_as_object().body.raw_data
    assert [block["type"] for block in stored] == [block["type"] for block in made]
    kept = BodyBlock().to_python(list(stored))
    for block, original in zip(kept, made, strict=True):
        if block.block_type == "rich_text":
            assert _without_keys(block.value.source) == original["value"]


def _without_keys(html: str) -> str:
    return re.sub(r' data-block-key="\w+"', "", html)


def test_only_text_comes_back_where_only_text_can_stand(editor_client: Client) -> None:
    answer = paste(editor_client, "<h2>One</h2><table><tr><td>a<td>b</table>", into="text").json()
    assert [block["type"] for block in answer["blocks"]] == ["rich_text"]


def test_nobody_else_may_ask(client: Client, editor_client: Client) -> None:
    assert paste(client, "<p>x</p>").status_code == 302
    assert editor_client.get(reverse("paste")).status_code == 405
    with_right = only_arabic()
    assert paste(with_right, "<p>x</p>", page=home("ar")).status_code == 200
    assert paste(with_right, "<p>x</p>", page=home("en")).status_code in (302, 403)
    assert paste(with_right, "<p>x</p>").status_code == 200
    GroupPagePermission.objects.filter(group__name="Arabic").delete()
    assert paste(with_right, "<p>x</p>").status_code in (302, 403)


@pytest.mark.parametrize("page", ["x", "99999999", "9" * 40, "-1"])
def test_page_that_is_none_is_refused(editor_client: Client, page: str) -> None:
    answer = editor_client.post(f"{reverse('paste')}?page={page}", b"<p>x</p>", content_type=HTML)
    assert answer.status_code in (302, 403)


def test_request_from_elsewhere_is_refused(editor: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(editor)
    assert paste(client, "<p>x</p>").status_code == 403
    client.get(edit_address(home("ar")))
    key = client.cookies["csrftoken"].value
    assert paste(client, "<p>x</p>", headers={"X-CSRFToken": key}).status_code == 200


def test_too_much_is_refused_in_the_language_of_the_editor(editor_client: Client, editor: User) -> None:
    Editing(editor_client, editor).prefer("ar")
    answer = paste(editor_client, "x" * (LARGEST_CLIPBOARD + 1))
    assert answer.status_code == 413
    assert "ألصق" in answer.json()["message"]
    deep = paste(editor_client, "<div>" * 1000)
    assert deep.status_code == 422
    assert "ألصق" in deep.json()["message"]


@pytest.mark.parametrize("kind", ["multipart/form-data; boundary=a", "application/x-www-form-urlencoded"])
def test_form_is_no_clipboard(editor_client: Client, kind: str) -> None:
    editor_client.raise_request_exception = False
    assert editor_client.post(reverse("paste"), b"<p>a</p>", content_type=kind).status_code == 400


def test_nothing_that_runs_comes_back(editor_client: Client) -> None:
    html = "<p>a</p><script>alert(1)</script><iframe src=//x></iframe><style>alert{}</style>"
    html += "<a href='javascript:alert'>b</a>"
    html += "<svg onload=alert(1)></svg><img src=x onerror=alert(1)><p onclick=alert(1) style='x:alert'>c</p>"
    for into in ("body", "text"):
        answer = paste(editor_client, html, into=into)
        assert answer["Content-Type"] == "application/json"
        assert "alert" not in answer.content.decode()
        assert "<" not in answer.content.decode()


def test_form_of_a_page_brings_the_script(editor_client: Client) -> None:
    form = editor_client.get(edit_address(home("ar"))).content.decode()
    assert "js/paste" in form
    assert reverse("paste") in form

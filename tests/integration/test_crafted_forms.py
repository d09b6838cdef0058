"""An admin form that arrives incomplete, or was forged by a program, is refused with a message.

No address of the admin answers it with a server error, and nothing is stored.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from html import unescape
from typing import Any

import pytest
from django.apps import apps
from django.test import Client
from django.urls import NoReverseMatch, reverse
from django.utils import translation
from lxml import html
from wagtail.admin.viewsets import viewsets
from wagtail.models import Page, Revision

from accounts.models import User
from core.checks.pages import page_types
from core.editing.block_forms import INCOMPLETE
from core.middleware import INCOMPLETE_FORM
from core.models import OfficeSettings
from news.models import NewsPage
from tests.admin_forms import Data, field_data
from tests.editing import Editing, edit_address
from tests.factories import LANGUAGES, every_block, make_page

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def form_addresses() -> Iterator[str]:
    """Yield the addresses of the forms of a page of every type, and of everything else that has forms."""
    page_type: Any
    for page_type in page_types():
        page = Page.objects.type(page_type).first()
        if page:
            names = [page_type._meta.app_label, page_type._meta.model_name, page.get_parent().pk]
            yield reverse("wagtailadmin_pages:edit", args=[page.pk])
            yield reverse("wagtailadmin_pages:add", args=names)
    for viewset in viewsets.viewsets:
        model: Any = getattr(viewset, "model", None)
        model = apps.get_model(model) if isinstance(model, str) else model
        instance = model._default_manager.first() if model else None
        for name, arguments in (("add", []), ("edit", [instance and instance.pk])):
            try:
                yield reverse(viewset.get_url_name(name), args=arguments)
            except NoReverseMatch:
                continue
    for name in ("wagtailredirects:add", "wagtailadmin_account", "wagtailadmin_collections:add", "wagtaildocs:add"):
        yield reverse(name)


def fields_in(response: Any) -> Data:
    """Return every field of the forms of a page with its value, except those drawn by scripts (blocks and counts)."""
    data: Data = {}
    for form in html.fromstring(response.content).xpath("//form[translate(@method, 'POST', 'post')='post']"):
        for field in form.xpath(".//*[self::input or self::select or self::textarea][@name]"):
            data |= field_data(field)
    return data


WAYS: dict[str, Callable[[Data], Data]] = {
    "without what scripts draw": lambda data: data | {"action-publish": "x"},
    "nothing": lambda data: {},
    "words for everything": lambda data: dict.fromkeys(data, "x") | {"body-count": "x"},
}


@pytest.fixture
def administrator(client: Client) -> Client:
    client.force_login(User.objects.create_superuser("administrator", "a@example.org", "a password of the tests"))
    client.raise_request_exception = False
    return client


def test_no_form_of_the_admin_fails_on_what_it_is_sent(administrator: Client) -> None:
    failed = {}
    addresses = list(dict.fromkeys(form_addresses()))
    assert len(addresses) > 30
    for address in addresses:
        shown = administrator.get(address)
        if shown.status_code != 200 or "<form" not in shown.content.decode():
            continue
        data = fields_in(shown)
        for way, change in WAYS.items():
            status = administrator.post(address, change(data)).status_code
            if status >= 500:
                failed[address, way] = status
    assert failed == {}


def test_new_object_has_no_expression_of_the_database_in_its_form(administrator: Client) -> None:
    for address in dict.fromkeys(form_addresses()):
        shown = administrator.get(address)
        assert " object at 0x" not in shown.content.decode(), address


@pytest.mark.parametrize("kind", ["core/topic", "core/officesettings", "press/spokesperson"])
def test_chooser_without_a_form_refuses_to_create(administrator: Client, kind: str) -> None:
    address = f"/admin/snippets/choose/{kind}/create/"
    assert administrator.post(address, {"name": "A"}).status_code == 302
    assert administrator.get(address).status_code == 302


@pytest.mark.parametrize("address", ["/admin/redirects/import/process/", "/admin/choose-external-link/"])
def test_checks_of_a_form_do_not_fail_on_fields_that_are_missing(administrator: Client, address: str) -> None:
    answer = administrator.post(address, {"a-field": "none of its own"}, headers={"referer": "http://["})
    assert (answer.status_code, answer["Location"]) == (302, reverse("wagtailadmin_home"))


@pytest.mark.parametrize("method", ["get", "post"])
def test_words_where_a_number_is_expected_are_refused(administrator: Client, method: str) -> None:
    answer = getattr(administrator, method)("/admin/bulk/wagtailcore/page/delete/?id=75=")
    assert answer.status_code == 400
    assert html.fromstring(answer.content).get("lang") == "en"


def crafted(kind: str, value: Any) -> Data:
    return {
        "body-count": "1",
        "body-0-deleted": "",
        "body-0-order": "0",
        "body-0-type": kind,
        "body-0-id": "",
        "body-0-value": value,
    }


BLOCKS: dict[str, Data] = {
    "no count": {},
    "no number": {"body-count": "many"},
    "more than are sent": {"body-count": "3"},
    "no place": {**crafted("rich_text", "{}"), "body-0-order": "first"},
    "no JSON of rich text": crafted("rich_text", "no JSON"),
    "other JSON of rich text": crafted("rich_text", json.dumps(["a"])),
    "no JSON of a table": crafted("table", "no JSON"),
    "no counts of a list": {**crafted("documents", "x"), "body-0-value-title": "x"},
}


@pytest.mark.parametrize("case", BLOCKS)
def test_blocks_that_do_not_arrive_whole_are_refused_at_their_field(editing: Editing, case: str) -> None:
    page = make_page(NewsPage, "en", body=every_block("en"))
    before = Revision.objects.count()
    form = {name: value for name, value in editing.edit_form(page).items() if not name.startswith("body-")}
    response = editing.post(edit_address(page), form | {"title": "A title that was typed"} | BLOCKS[case])
    assert response.status_code == 200
    assert response.context["form"].errors["body"] == [str(INCOMPLETE)]
    assert response.context["form"]["title"].value() == "A title that was typed"
    assert len(response.context["form"]["body"].value()) == len(page.body), "the form shows the stored blocks"
    assert Revision.objects.count() == before


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_refusal_is_in_the_editors_language(editing: Editing, language: str) -> None:
    editing.prefer(language)
    office: Any = OfficeSettings.objects.get(locale__language_code="en")
    address = reverse(office.snippet_viewset.get_url_name("edit"), args=[office.pk])
    with translation.override(language):
        sentences = [str(INCOMPLETE), str(INCOMPLETE_FORM)]
    if language != "en":
        assert set(sentences).isdisjoint({str(INCOMPLETE), str(INCOMPLETE_FORM)}), "not translated"
    answer = editing.post(address, fields_in(editing.client.get(address)), follow=True)
    said = unescape(answer.content.decode())
    # A script shows the errors of blocks next to them.
    assert any(sentence in said or json.dumps(sentence)[1:-1] in said for sentence in sentences)

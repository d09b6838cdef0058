"""What `make fuzz` found: addresses and bodies that no browser of the staff sends cause no server error."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from wagtail_localize.models import StringSegment, StringTranslation, Translation

from accounts.models import User
from news.models import NewsPage
from tests.editing import Editing
from tests.factories import make_page

pytestmark = pytest.mark.django_db

WRONG = ["1", "pk", "9999-12-31T23:59", '"', "م" * 400, "admin:index", "../"]


@pytest.fixture
def manager(client: Client, admin_user: User) -> Client:
    client.force_login(admin_user)
    return client


@pytest.mark.parametrize("wrong", WRONG)
def test_wrong_address_to_go_to_next_is_forgotten(manager: Client, wrong: str) -> None:
    assert manager.get("/admin/login/", {"next": wrong})["Location"] == "/admin/"
    page = make_page(NewsPage, "en")
    page.lock = page.locked = True
    page.save()
    parent = page.get_parent().pk
    for posted in ({"next": wrong}, {}):
        address = reverse("wagtailadmin_pages:unlock", args=[page.pk])
        answer = manager.post(address if posted else f"{address}?next={wrong}", posted)
        assert (answer.status_code, answer["Location"]) == (302, f"/admin/pages/{parent}/")
    page.refresh_from_db()
    assert not page.locked


@pytest.mark.parametrize("right", ["/admin/reports/", "http://testserver/admin/reports/"])
def test_right_address_to_go_to_next_is_gone_to(manager: Client, right: str) -> None:
    assert manager.get("/admin/login/", {"next": right})["Location"] == right


@pytest.fixture
def segment(manager: Client, admin_user: User) -> str:
    """The address of the translation of a text."""
    page = make_page(NewsPage, "en")
    Editing(manager, admin_user).translate(page, "fr")
    translation = Translation.objects.get(source__object_id=page.translation_key)
    text = StringSegment.objects.filter(source=translation.source)[0]
    return reverse("wagtail_localize:edit_string_translation", args=[translation.pk, text.pk])


def test_json_that_is_nested_too_deeply_is_refused(manager: Client, segment: str) -> None:
    answer = manager.put(segment, "[" * 100_000, content_type="application/json")
    assert answer.status_code == 400
    assert not StringTranslation.objects.filter(locale__language_code="fr", data__contains="[[").exists()


@pytest.mark.parametrize(("accepted", "status"), [("text/html", 406), ("application/json", 201), ("*/*", 201)])
def test_answer_for_scripts_is_json_alone(manager: Client, segment: str, accepted: str, status: int) -> None:
    form = "application/x-www-form-urlencoded"
    answer = manager.put(segment, "value=Un+mot", content_type=form, headers={"Accept": accepted})
    assert answer.status_code == status
    assert answer["Content-Type"] == "application/json"
    assert StringTranslation.objects.filter(data="Un mot").exists() == (status == 201)

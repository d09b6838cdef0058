"""Invalid input is refused with a message in the editor's language, and scheduled content waits for its time."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from html import unescape
from typing import Any

import pytest
from django.core.management import call_command
from django.db.models.signals import post_save
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext
from wagtail.models import Page

from core.languages.versions import language_versions
from news.models import NewsPage
from press.releases.page import PressReleasePage
from research.models import PublicationAuthor, PublicationPage
from tests.editing import PUBLISH, Editing, add_address, edit_address
from tests.factories import (
    CREATED_TYPES_IN_A_LANGUAGE,
    LANGUAGES,
    TITLES,
    make_image,
    make_page,
    parent_of_new,
    the_page,
)

pytestmark = pytest.mark.django_db

in_every_language = pytest.mark.parametrize("language", LANGUAGES)

FIGURES = {
    "data": [["a", "b"], ["1", "2"]],
    "table_caption": "Figures",
    "table_header_choice": "row",
    "first_row_is_table_header": True,
    "first_col_is_header": False,
}
CALL = {"text": "", "label": "Go", "page": None, "url": "", "email": ""}


def refused(editing: Editing, model: type[Page], fields: dict[str, Any]) -> Any:
    """Return the answer to the form of a new page; fail unless it is refused."""
    parent = parent_of_new(model, "ar")
    data = editing.new_form(model, parent, {"title": TITLES["ar"]} | fields)
    response = editing.post(add_address(model, parent), data | PUBLISH)
    assert response.status_code == 200, "accepted"
    assert not parent.get_children().filter(title=TITLES["ar"]).exists()
    return response


def assert_says(response: Any, language: str, message: str, **values: str) -> None:
    """Fail unless the answer contains a message in this language; messages of blocks are in a script's data."""
    with translation.override(language):
        text = gettext(message) % values
    assert (text == message % values) == (language == "en"), "not translated"
    content = unescape(response.content.decode())
    assert text in content or json.dumps(text).strip('"') in content


@pytest.mark.parametrize(("model", "language"), CREATED_TYPES_IN_A_LANGUAGE)
def test_picture_that_nobody_describes_is_refused(editing: Editing, model: type[Page], language: str) -> None:
    editing.prefer(language)
    page = make_page(model, "ar")
    data = editing.edit_form(page, lead_image=make_image()) | PUBLISH
    response = editing.post(edit_address(page), data)
    assert set(response.context["form"].errors) == {"lead_image_alt"}
    assert_says(response, language, "Say what the picture shows, or mark it as decoration only.")


def test_picture_that_is_decoration_needs_no_description(editing: Editing, client: Client) -> None:
    page = editing.change(
        make_page(NewsPage, "ar"), publish=True, lead_image=make_image(), lead_image_is_decorative=True
    )
    assert 'alt=""' in client.get(page.url).content.decode()


def test_picture_in_the_text_needs_a_description_too(editing: Editing) -> None:
    value = {"image": {"image": make_image().pk, "alt_text": "", "decorative": False}, "caption": ""}
    response = refused(editing, NewsPage, {"body": [{"type": "image", "value": value}]})
    assert "Please add some alt text" in response.content.decode()


@in_every_language
@pytest.mark.parametrize("caption", ["", " "])
def test_table_without_a_caption_is_not_published(editing: Editing, language: str, caption: str) -> None:
    editing.prefer(language)
    body = [{"type": "table", "value": FIGURES | {"table_caption": caption}}]
    response = refused(editing, NewsPage, {"body": body})
    assert_says(response, language, "Give the table a caption that says what it shows.")
    # A draft may wait for its caption.
    assert editing.create(NewsPage, parent_of_new(NewsPage, "ar"), title=TITLES["ar"], body=body)


@in_every_language
@pytest.mark.parametrize("targets", [{}, {"url": "https://example.org", "email": "a@example.org"}])
def test_call_to_action_leads_to_one_place(editing: Editing, language: str, targets: dict[str, str]) -> None:
    editing.prefer(language)
    response = refused(editing, NewsPage, {"body": [{"type": "call_to_action", "value": CALL | targets}]})
    assert_says(response, language, "Choose one of: a page, a web address, an e-mail address.")


@pytest.mark.parametrize("target", ["page", "url", "email"])
def test_call_to_action_may_lead_to_a_page_an_address_or_a_mail(editing: Editing, client: Client, target: str) -> None:
    contact = the_page(NewsPage, "ar")
    value: Any = {"page": contact.pk, "url": "https://example.org/", "email": "a@example.org"}[target]
    body = [{"type": "call_to_action", "value": CALL | {target: value}}]
    page = editing.create(NewsPage, parent_of_new(NewsPage, "ar"), publish=True, title=TITLES["ar"], body=body)
    address = {"page": contact.url, "url": value, "email": f"mailto:{value}"}[target]
    assert f'href="{address}"' in client.get(page.url).content.decode()


@in_every_language
@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("isbn", "978-92-9278-000-4", "%(value)s is not an ISBN: check the digits."),
        ("doi", "doi:10.1/a", "%(value)s is not a DOI. It starts with 10. and has a slash, such as 10.1234/abc."),
    ],
)
def test_wrong_identifier_of_a_publication_is_refused(
    editing: Editing, language: str, field: str, value: str, message: str
) -> None:
    editing.prefer(language)
    response = refused(editing, PublicationPage, {"date_issued": "2026-03-01", field: value})
    assert set(response.context["form"].errors) == {field}
    assert_says(response, language, message, value=value)


@in_every_language
def test_wrong_identifier_of_an_author_is_refused(editing: Editing, language: str) -> None:
    editing.prefer(language)
    orcid = "0000-0002-1825-0098"
    authors = [PublicationAuthor(name="A name", orcid=orcid)]
    response = refused(editing, PublicationPage, {"date_issued": "2026-03-01", "authors": authors})
    assert_says(response, language, "%(value)s is not an ORCID iD such as 0000-0002-1825-0097.", value=orcid)


def test_country_that_does_not_exist_is_refused(editing: Editing) -> None:
    response = refused(editing, NewsPage, {"countries": ["XXX"]})
    assert set(response.context["form"].errors) == {"countries"}


def test_countries_and_topics_can_be_taken_away_again(editing: Editing) -> None:
    page = make_page(NewsPage, "ar", countries=["EGY", "LBN"])
    assert editing.change(page, publish=True, countries=["LBN"]).countries == ["LBN"]
    assert editing.change(page, publish=True, countries=[]).countries == []


def test_slug_that_a_sibling_has_is_refused(editing: Editing) -> None:
    make_page(NewsPage, "ar", slug="خبر")
    parent = parent_of_new(NewsPage, "ar")
    data = editing.new_form(NewsPage, parent, {"title": "خبر"})
    assert set(editing.post(add_address(NewsPage, parent), data).context["form"].errors) == {"slug"}


def in_the_future(**distance: int) -> datetime:
    return (timezone.now() + timedelta(**distance)).replace(second=0, microsecond=0)


def as_typed(moment: datetime | None) -> str:
    """Return a moment in the format of the admin's form, in Cairo time."""
    return timezone.localtime(moment).strftime("%Y-%m-%d %H:%M") if moment else ""


def make_embargoed_release(editing: Editing, language: str, end: datetime) -> Any:
    """Create a release with an embargo, and publish it, as an editor."""
    return editing.create(
        PressReleasePage,
        parent_of_new(PressReleasePage, language),
        publish=True,
        title=TITLES[language],
        dateline="Cairo",
        embargo_until=as_typed(end),
    )


@in_every_language
def test_release_under_embargo_is_scheduled_when_it_is_published(
    editing: Editing, client: Client, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    states: list[bool] = []

    def remember(sender: type, instance: Any, **kwargs: Any) -> None:
        states.append(PressReleasePage.objects.filter(live=True, pk=instance.pk).exists())

    end = in_the_future(hours=5)
    post_save.connect(remember, sender=PressReleasePage)
    release = make_embargoed_release(editing, language, end)
    post_save.disconnect(remember, sender=PressReleasePage)

    assert (release.live, release.go_live_at) == (False, end)
    assert states
    assert not any(states)
    assert client.get(release.url).status_code == 404
    assert TITLES[language] not in client.get(release.get_parent().url).content.decode()

    monkeypatch.setattr(timezone, "now", lambda: end + timedelta(minutes=1))
    call_command("publish_scheduled")
    assert client.get(release.url).status_code == 200


def test_embargo_holds_for_the_translations_of_a_release(editing: Editing, client: Client) -> None:
    end = in_the_future(hours=5)
    release = make_embargoed_release(editing, "en", end)
    [page] = editing.translate(release, "ar")
    page = editing.change(page, publish=True, title=TITLES["ar"])

    assert (page.live, page.go_live_at, page.embargo_until) == (False, end, end)
    assert client.get(page.url).status_code == 404
    assert language_versions(release) == {}


def test_later_of_embargo_and_schedule_counts(editing: Editing) -> None:
    release = make_page(PressReleasePage, "en", live=False)
    embargo, schedule = in_the_future(hours=5), in_the_future(hours=9)
    release = editing.change(release, publish=True, embargo_until=as_typed(embargo), go_live_at=as_typed(schedule))
    assert release.go_live_at == schedule


@pytest.mark.parametrize("hours", [2, 9, None])
def test_schedule_follows_an_embargo_that_is_moved_or_lifted_in_a_draft(editing: Editing, hours: int | None) -> None:
    release = make_page(PressReleasePage, "en", live=False)
    release = editing.change(release, embargo_until=as_typed(in_the_future(hours=5)))

    end = in_the_future(hours=hours) if hours else None
    release = editing.change(release, publish=True, embargo_until=as_typed(end))
    assert (release.live, release.go_live_at) == (end is None, end)


@pytest.mark.parametrize("hours", [2, 9, None])
def test_schedule_follows_an_embargo_that_is_moved_or_lifted(editing: Editing, hours: int | None) -> None:
    release = make_embargoed_release(editing, "en", in_the_future(hours=5))
    # Wagtail keeps what is scheduled as it is until somebody cancels the schedule.
    cancel = reverse("wagtailadmin_pages:revisions_unschedule", args=[release.pk, release.scheduled_revision.pk])
    editing.get(cancel)
    assert editing.post(cancel).status_code == 302

    end = in_the_future(hours=hours) if hours else None
    release = editing.change(release, publish=True, embargo_until=as_typed(end))
    assert (release.live, release.go_live_at) == (end is None, end)


def test_embargo_that_is_over_holds_nothing_back(editing: Editing, client: Client) -> None:
    release = make_embargoed_release(editing, "fr", in_the_future(hours=-5))
    assert release.live
    assert client.get(release.url).status_code == 200

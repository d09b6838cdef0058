"""What caches of pages break: the kept pages of two processes show what is public now, to everybody the same."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django.plugin import DjangoDbBlocker
from wagtail.models import Page, PageViewRestriction

from accounts.models import User
from accounts.roles import communications_group
from caching.models import Generation
from core.models import OfficeSettings, Topic
from events.models import EventPage
from home.models import HomePage, SectionPage
from news.models import NewsIndexPage, NewsPage
from tests.factories import make_page
from tests.kept_pages import KeptSite, kept_site
from tests.sitemaps import sitemap_file_of

HOME, NEWS = "/en/", "/en/news/"


@pytest.fixture(scope="module")
def site(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[KeptSite]:
    with django_db_blocker.unblock(), kept_site(tmp_path_factory.mktemp("kept")) as running:
        yield running


@pytest.fixture
def session(site: KeptSite) -> str:
    """The cookie of a member of staff who is signed in."""
    user, _ = User.objects.get_or_create(username="of-the-cache", email="staff@example.org")
    user.groups.add(communications_group())
    client = Client()
    client.force_login(user)
    return f"sessionid={client.cookies['sessionid'].value}"


def number() -> int:
    return Generation.objects.get(pk=1).number


def publish(page: Any, **values: Any) -> None:
    page = page.specific_class.objects.get(pk=page.pk)
    for name, value in values.items():
        setattr(page, name, value)
    page.save_revision().publish()


@pytest.mark.slow
def test_a_page_is_kept_whoever_asks_and_in_each_encoding(site: KeptSite) -> None:
    plain, packed = site.ask(HOME), site.ask(HOME, Accept_Encoding="gzip, br;q=0")
    assert site.ask(HOME, Accept_Encoding="gzip, br").headers["Content-Encoding"] == "br"
    assert packed.headers["Content-Encoding"] == "gzip"
    assert packed.text == plain.text
    assert len({plain.headers["ETag"], packed.headers["ETag"]}) == 2
    assert site.ask(HOME, Cookie="_ga=1; other=2").body == plain.body
    for answer in (plain, packed):
        assert answer.headers["Cache-Control"] == "public, no-cache"
        assert answer.headers["Vary"] == "Save-Data, Accept-Encoding"
        assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize("method", ["POST", "DELETE", "OPTIONS"])
def test_other_methods_are_refused_whether_or_not_there_is_a_copy(site: KeptSite, method: str) -> None:
    for address in (HOME, f"{NEWS}?by={method}"):
        refused = site.ask(address, method)
        assert (refused.status, refused.headers["Allow"]) == (405, "GET, HEAD")
        assert site.ask(address).status == 200
        assert site.is_kept(address)
        assert site.ask(address, method).status == 405


def test_what_is_unchanged_is_not_sent_again(site: KeptSite) -> None:
    whole = site.ask(HOME)
    tag = whole.headers["ETag"]
    for known in (tag, f"W/{tag}", f'"other", {tag}'):
        again = site.ask(HOME, If_None_Match=known)
        assert (again.status, again.body, again.headers["ETag"]) == (304, b"", tag)
    assert site.ask(HOME, If_None_Match='"other"').status == 200
    head = site.ask(HOME, "HEAD")
    assert (head.status, head.body, head.headers["Content-Length"]) == (200, b"", str(len(whole.body)))
    assert site.ask("/en/about/", "HEAD").headers["ETag"] == site.ask("/en/about/").headers["ETag"]


def test_languages_and_readers_who_save_data_get_their_own(site: KeptSite) -> None:
    pages = {site.text(address) for address in ("/ar/", "/en/", "/fr/")}
    assert len(pages) == 3
    assert site.ask("/en/", Accept_Language="fr").text == site.text("/en/")
    saving = site.ask(HOME, Save_Data="on")
    assert "<picture" in site.text(HOME)
    assert saving.status == 200
    assert "<picture" not in saving.text
    assert site.ask(HOME, Save_Data="on").text == saving.text


def test_staff_are_never_answered_with_a_copy_nor_others_with_theirs(site: KeptSite, session: str) -> None:
    site.warm(HOME)
    seen = site.ask(HOME, Cookie=session)
    assert "ETag" not in seen.headers
    assert "wagtail-userbar" not in site.text(HOME)


def test_forms_are_made_for_each_reader(site: KeptSite) -> None:
    address = "/en/press/inquiry/"
    stamps = {re.findall(r'name="stamp"[^>]*value="([^"]+)"', site.text(address))[0] for _ in range(3)}
    assert len(stamps) == 3
    answer = site.ask(address)
    assert "ETag" not in answer.headers
    assert "no-store" in answer.headers["Cache-Control"]
    assert not site.is_kept("/en/press-releases-by-email/")
    signing_in = [site.ask("/admin/login/") for _ in range(3)]
    assert len({re.findall(r'csrfmiddlewaretoken" value="(\w+)"', answer.text)[0] for answer in signing_in}) == 3


def test_searches_are_counted_and_not_kept(site: KeptSite) -> None:
    assert not site.is_kept("/en/search/?q=migration")
    assert site.is_kept("/en/search/")


def test_drafts_and_who_signs_in_change_no_page(site: KeptSite, session: str) -> None:
    page = make_page(NewsPage, "en", title="Before the draft")
    before = number()
    page.title = "Only a draft"
    page.save_revision()
    draft = make_page(NewsPage, "en", title="Never published", live=False)
    draft.save_revision()
    site.ask("/admin/", Cookie=session)
    site.ask("/en/search/?q=words")
    assert number() == before
    assert "Only a draft" not in site.text(page.url)


@pytest.mark.slow
def test_what_is_published_shows_everywhere_within_a_second(site: KeptSite) -> None:
    page = make_page(NewsPage, "en", title="As it was")
    shown = (page.url, NEWS, HOME)
    site.warm(*shown, "/sitemap.xml", sitemap_file_of(page))
    publish(page, title="As it is now")
    for address in shown:
        site.soon(address, lambda answer: "As it is now" in answer.text and "As it was" not in answer.text)
    added = make_page(NewsPage, "en", title="Quite new")
    for address in (added.url, NEWS, HOME):
        site.soon(address, lambda answer: "Quite new" in answer.text)
    site.soon(sitemap_file_of(added), lambda answer: added.url in answer.text)


@pytest.mark.slow
def test_what_is_withdrawn_moved_or_made_private_is_gone_within_a_second(site: KeptSite) -> None:
    gone, private, moved = (make_page(NewsPage, "en", title=f"Withdrawn {each}") for each in range(3))
    elsewhere = NewsIndexPage.objects.get(locale__language_code="en")
    site.warm(gone.url, private.url, moved.url, NEWS)
    old = moved.url
    gone.unpublish()
    PageViewRestriction.objects.create(page=private, restriction_type="login")
    moved = NewsPage.objects.get(pk=moved.pk)
    moved.slug = "at-another-address"
    publish(moved, slug="at-another-address")
    site.soon(gone.url, lambda answer: answer.status == 404)
    site.soon(private.url, lambda answer: answer.status in (302, 404))
    site.soon(old, lambda answer: answer.status in (301, 302, 404))
    site.soon(f"{elsewhere.url}at-another-address/", lambda answer: answer.status == 200)
    for withdrawn in ("Withdrawn 0", "Withdrawn 1"):
        site.soon(NEWS, lambda answer, title=withdrawn: title not in answer.text)  # type: ignore[misc]


@pytest.mark.slow
def test_the_frame_of_every_page_follows_within_a_second(site: KeptSite) -> None:
    address = make_page(NewsPage, "en").url
    site.warm(address, HOME)
    office = OfficeSettings.objects.get(locale__language_code="en")
    office.address = "1 Street of the tests"
    office.save()
    section = SectionPage.objects.filter(locale__language_code="en", show_in_menus=True, live=True).first()
    assert section
    publish(section, title="A menu of the tests")
    for shown in ("1 Street of the tests", "A menu of the tests"):
        site.soon(address, lambda answer, words=shown: words in answer.text)  # type: ignore[misc]
    OfficeSettings.objects.filter(pk=office.pk).update(address="2 Street of the tests")
    site.soon(HOME, lambda answer: "2 Street of the tests" in answer.text)


def test_a_topic_that_is_renamed_shows_its_name_within_a_second(site: KeptSite) -> None:
    page = NewsPage.objects.filter(live=True, locale__language_code="en", topics__isnull=False).first()
    assert page
    topic: Any = Topic.objects.get(pk=page.topics.first().pk)
    site.warm(page.url, NEWS)
    topic.texts.filter(language="en").update(name="A topic of the tests")
    site.soon(page.url, lambda answer: "A topic of the tests" in answer.text)


@pytest.mark.slow
def test_a_page_does_not_outlive_the_moment_at_which_it_changes(site: KeptSite) -> None:
    page = make_page(NewsPage, "en", title="Soon expired", expire_at=timezone.now() + timedelta(seconds=5))
    site.warm(page.url, NEWS)
    assert "Soon expired" in site.text(NEWS)
    over = EventPage.objects.filter(live=True, over_at__gt=timezone.now(), locale__language_code="en").first()
    time.sleep(5)
    assert site.everywhere(page.url, lambda answer: answer.status == 404)
    assert site.everywhere(NEWS, lambda answer: "Soon expired" not in answer.text)
    if over:
        EventPage.objects.filter(pk=over.pk).update(over_at=timezone.now() + timedelta(seconds=3))
        site.soon("/en/events/", lambda answer: answer.status == 200)
        before = site.text("/en/events/")
        time.sleep(3)
        assert site.text("/en/events/") != before


def test_a_change_that_is_rolled_back_changes_nothing(site: KeptSite) -> None:
    from django.db import transaction

    before = number()
    with transaction.atomic():
        Page.objects.filter(pk=HomePage.objects.first().pk).update(title="Undone")
        transaction.set_rollback(True)
    assert number() == before


def test_a_page_is_made_once_however_many_ask(site: KeptSite) -> None:
    publish(HomePage.objects.get(locale__language_code="en"))
    time.sleep(1)
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: site.ask(HOME), range(24)))
    assert {answer.status for answer in answers} == {200}
    assert len({answer.body for answer in answers}) == 1


@pytest.mark.slow
def test_copies_outlive_a_restart(site: KeptSite) -> None:
    address = make_page(NewsPage, "en").url
    site.soon(address, lambda answer: answer.status == 200)
    files = {path: path.stat().st_mtime_ns for path in (site.folder / "pages").glob("*/*")}
    site.server.stop()
    site.server.start()
    site.warm(address)
    assert {path: path.stat().st_mtime_ns for path in (site.folder / "pages").glob("*/*")} == files

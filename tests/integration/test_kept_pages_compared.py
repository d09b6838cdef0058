"""Whatever editors do, a kept page is byte for byte what the application would make of it now."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from random import Random
from typing import Any

import pytest
from django.test import Client
from pytest_django.plugin import DjangoDbBlocker
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, PageViewRestriction

from core.models import OfficeSettings
from core.models.topic import TopicName
from events.models import EventPage
from home.models import SectionPage, StandardPage
from news.models import NewsIndexPage, NewsPage
from press.hours.models import Holiday, HolidayName
from press.releases.page import PressReleasePage
from tests.factories import LANGUAGES, make_page
from tests.kept_pages import WITHIN, KeptSite, kept_site
from tests.sitemaps import addresses_in, sitemap_text

pytestmark = pytest.mark.slow

SEED, ROUNDS, OPERATIONS_A_ROUND, COMPARED_A_ROUND = 8, 10, 3, 12
EACH_ROUND = ["/sitemap.xml", "/sitemap-1.xml", "/en/", "/en/news/", "/ar/press/"]
TYPES = (NewsPage, PressReleasePage, EventPage, StandardPage, SectionPage)


@pytest.fixture(scope="module")
def site(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[KeptSite]:
    with django_db_blocker.unblock(), kept_site(tmp_path_factory.mktemp("compared")) as running:
        yield running


class Editors:
    """Does what editors do, chosen by chance. Numbers in texts make each change another one."""

    def __init__(self, chance: Random) -> None:
        self.chance = chance
        self.done: list[str] = []

    def work(self) -> None:
        ways: list[Callable[[], object]] = [
            self.edit, self.edit, self.add, self.add, self.withdraw, self.move, self.restrict, self.open, self.draft,
            self.rename_topic, self.change_office, self.change_menu, self.redirect, self.close_office, self.delete,
        ]  # fmt: skip
        way = self.chance.choice(ways)
        self.done.append(way.__name__)
        way()

    def word(self) -> str:
        return f"Words {self.chance.randrange(10**6)}"

    def page(self, *types: Any) -> Any:
        pages = self.chance.choice(types or TYPES).objects.filter(live=True, alias_of=None).order_by("pk")
        return self.chance.choice(list(pages))

    def edit(self) -> None:
        page = self.page()
        page.title = self.word()
        page.save_revision().publish()

    def draft(self) -> None:
        page = self.page()
        page.title = self.word()
        page.save_revision()

    def add(self) -> None:
        make_page(self.chance.choice((NewsPage, PressReleasePage, EventPage)), self.chance.choice(LANGUAGES))

    def withdraw(self) -> None:
        self.page(NewsPage, EventPage, StandardPage).unpublish()

    def delete(self) -> None:
        self.page(NewsPage, PressReleasePage).delete()

    def move(self) -> None:
        page = self.page(NewsPage)
        page.slug = f"moved-{self.chance.randrange(10**6)}"
        page.save_revision().publish()

    def restrict(self) -> None:
        PageViewRestriction.objects.get_or_create(page=self.page(NewsPage, StandardPage), restriction_type="login")

    def open(self) -> None:
        for restriction in PageViewRestriction.objects.all():
            restriction.delete()

    def rename_topic(self) -> None:
        name = self.chance.choice(list(TopicName.objects.order_by("pk")))
        name.name = self.word()
        name.save()

    def change_office(self) -> None:
        office = self.chance.choice(list(OfficeSettings.objects.order_by("pk")))
        office.address = self.word()
        office.save()

    def change_menu(self) -> None:
        page = self.page(SectionPage, StandardPage)
        page.show_in_menus = not page.show_in_menus
        page.save_revision().publish()

    def redirect(self) -> None:
        target = self.page(NewsPage)
        Redirect.add_redirect(f"/en/from-{self.chance.randrange(10**6)}", target, is_permanent=False)

    def close_office(self) -> None:
        holiday = Holiday.objects.create(first_day=f"2027-01-{self.chance.randrange(1, 28):02d}")
        HolidayName.objects.create(owner=holiday, language="en", name=self.word())


def addresses(client: Client) -> list[str]:
    return addresses_in(sitemap_text(client))


def test_kept_pages_are_what_the_application_would_make_of_them_now(site: KeptSite) -> None:
    chance = Random(SEED)  # noqa: S311 -- the same operations each time
    client = Client(headers={"host": site.server.place})
    editors = Editors(chance)

    def compare(chosen: list[str]) -> None:
        for address in chosen:
            made: Any = client.get(address)
            kept = site.ask(address)
            assert kept.status == made.status_code, (address, editors.done)
            if "ETag" in kept.headers:
                assert kept.body == made.content, (address, editors.done)

    known = addresses(client)
    site.warm("/en/", "/ar/", "/fr/")
    for _ in range(ROUNDS):
        for _ in range(OPERATIONS_A_ROUND):
            editors.work()
        time.sleep(WITHIN)
        known = list(dict.fromkeys([*known, *addresses(client)]))
        compare([*EACH_ROUND, *chance.sample(known, COMPARED_A_ROUND)])
    assert NewsIndexPage.objects.exists()
    assert Page.objects.filter(live=True).count() > 100

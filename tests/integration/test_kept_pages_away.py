"""The database is away: readers keep what was asked for, the rest says so in three languages, and all recovers."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator

import pytest
from pytest_django.plugin import DjangoDbBlocker

from core.models import OfficeSettings
from news.models import NewsPage
from tests.factories import LANGUAGES, make_page
from tests.kept_pages import WITHIN, KeptSite, kept_site, without_database

pytestmark = pytest.mark.postgresql

HOME, NEWS, FORM = "/en/", "/en/news/", "/{}/press/inquiry/"
TELEPHONE, MAIL = "+20 2 0000 0000", "office@example.org"
# What the page says where the form cannot take anything in.
SORRY = {
    "ar": "لا تستطيع الاستمارة استلام الأسئلة الآن",
    "en": "the form cannot take in questions now",
    "fr": "le formulaire ne peut pas recevoir de questions",
}


@pytest.fixture(scope="module")
def site(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[KeptSite]:
    with django_db_blocker.unblock(), kept_site(tmp_path_factory.mktemp("away")) as running:
        OfficeSettings.objects.update(contact_phone=TELEPHONE, contact_email=MAIL)
        time.sleep(1)
        yield running


def test_readers_keep_every_page_that_was_asked_for(site: KeptSite) -> None:
    kept = [HOME, NEWS, "/ar/", "/fr/", "/sitemap.xml", "/sitemap-1.xml"]
    before = {address: site.ask(address) for address in kept}
    changed_unseen = make_page(NewsPage, "en", title="Published, and asked for by nobody since")
    with without_database():
        for address in kept:
            assert site.everywhere(address, lambda answer: answer.status == 200), address
            assert site.ask(address).body == before[address].body
            tag = before[address].headers["ETag"]
            assert site.ask(address, If_None_Match=tag).status == 304
        assert site.ask(HOME, Cookie="sessionid=of-a-session").status == 200
        assert site.ask(changed_unseen.url).status == 503
    site.soon(NEWS, lambda answer: "asked for by nobody" in answer.text)


def test_what_has_no_copy_says_so_and_names_the_office(site: KeptSite) -> None:
    site.warm(HOME)
    with without_database():
        for language in LANGUAGES:
            for address in (f"/{language}/never-asked-for/", FORM.format(language)):
                answer = site.ask(address)
                assert (answer.status, answer.headers["Retry-After"]) == (503, "30")
                assert "no-store" in answer.headers["Cache-Control"]
                assert f'<html lang="{language}"' in answer.text
                assert SORRY[language] in answer.text
                assert TELEPHONE in answer.text
                assert MAIL in answer.text


def test_a_form_that_cannot_be_stored_is_given_back(site: KeptSite) -> None:
    with without_database():
        answer = site.ask(FORM.format("fr"), "POST", "question=Combien+%3F&stamp=secret-stamp&name=%3Cb%3EAda")
        assert answer.status == 503
        assert "Combien ?" in answer.text
        assert "&lt;b&gt;Ada" in answer.text
        assert "secret-stamp" not in answer.text


def test_the_api_answers_with_a_problem(site: KeptSite) -> None:
    with without_database():
        answer = site.ask("/api/v1/news")
        assert (answer.status, answer.headers["Retry-After"]) == (503, "30")
        assert answer.headers["Content-Type"] == "application/problem+json"
    assert site.ask("/api/v1/news").status == 200


def test_what_was_withdrawn_is_not_shown_while_the_database_is_away(site: KeptSite) -> None:
    withdrawn = make_page(NewsPage, "en", title="Withdrawn before the failure")
    in_arabic = make_page(NewsPage, "ar", slug="خبر-سحب")
    renamed = make_page(NewsPage, "fr", slug="avant")
    addresses = [page.url for page in (withdrawn, in_arabic, renamed)]
    site.warm(*addresses)
    withdrawn.unpublish()
    in_arabic.unpublish()
    renamed.slug = "apres"
    renamed.save_revision().publish()
    renamed.unpublish()
    with without_database():
        time.sleep(WITHIN)
        for address in addresses:
            assert site.everywhere(address, lambda answer: answer.status == 503), address


def test_copies_outlive_a_restart_without_a_database(site: KeptSite) -> None:
    site.warm(HOME)
    with without_database():
        for process in site.server.workers():
            os.kill(process, signal.SIGKILL)
        time.sleep(5)
        assert site.everywhere(HOME, lambda answer: answer.status == 200)
    site.soon("/en/about/", lambda answer: answer.status == 200)

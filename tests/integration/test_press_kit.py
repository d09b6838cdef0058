"""Press releases: pictures that are cleared, corrections, and the press kit."""

from __future__ import annotations

import io
import zipfile
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from core.models import ContentImage, OfficeSettings
from core.text.plain_text import plain_text
from press.releases.page import PressReleasePage
from press.releases.parts import ReleaseCorrection, ReleasePicture
from publishing.models import PublishedDocument
from publishing.publish import rebuild
from tests.factories import make_image, make_page

pytestmark = pytest.mark.django_db

TITLES = {"ar": "شروط الاستعمال", "en": "Terms of use", "fr": "Conditions d’utilisation"}


def cleared_image(**fields: Any) -> ContentImage:
    return make_image(credit="IOM 2026 / Name", copyright_notice="© IOM 2026", cleared_for_press=True, **fields)


def release(language: str = "en", **fields: Any) -> PressReleasePage:
    page = make_page(PressReleasePage, language, **fields)
    page.pictures = [ReleasePicture(image=cleared_image(), alt="What it shows", caption="A caption")]
    page.save_revision().publish()
    found: PressReleasePage = PressReleasePage.objects.get(pk=page.pk)
    return found


def fetched(client: Client, page: PressReleasePage, **headers: str) -> tuple[Any, bytes]:
    """Return the answer and its content, read to the end: closing it earlier would end the test's transaction."""
    response: Any = client.get(page.press_kit_url, headers=headers)
    assert response.status_code == 200
    return response, b"".join(response.streaming_content)


def kit_of(client: Client, page: PressReleasePage) -> tuple[bytes, dict[str, bytes]]:
    _, content = fetched(client, page)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        return content, {name.partition("/")[2]: archive.read(name) for name in archive.namelist()}


def document(client: Client, page: PressReleasePage) -> dict[str, Any]:
    found: dict[str, Any] = client.get(
        f"/api/v1/items/{page.translation_key}?locale={page.locale.language_code}"
    ).json()
    return found


@pytest.mark.parametrize("language", ["ar", "en", "fr"])
def test_the_kit_holds_text_pictures_and_terms_in_its_language(client: Client, language: str) -> None:
    page = PressReleasePage.objects.get(
        dateline__in=["القاهرة", "Cairo", "Le Caire"], date=date(2026, 9, 14), locale__language_code=language
    )
    _, files = kit_of(client, page)
    office = OfficeSettings.objects.get(locale__language_code=language)
    text, rights, html = (files[name].decode() for name in ("release.txt", "RIGHTS.txt", "release.html"))
    assert page.title in text
    assert office.boilerplate in text
    assert "34" in text
    assert "<" not in text.replace(" <http", "")
    assert TITLES[language] in rights
    assert office.press_picture_terms in rights
    pictures = [name for name in files if name.startswith("pictures/")]
    assert len(pictures) == 2
    assert all(name in rights and name in html for name in pictures)
    first = page.press_pictures()[0].image
    with first.file.open("rb") as original:
        assert files[pictures[0]] == original.read()
    assert f'lang="{language}" dir="{"rtl" if language == "ar" else "ltr"}"' in html


def test_the_same_content_makes_the_same_kit_and_is_not_sent_twice(client: Client) -> None:
    page = release()
    first, second = kit_of(client, page)[0], kit_of(client, page)[0]
    assert first == second
    response, _ = fetched(client, page)
    assert response["Content-Disposition"].isascii()
    unchanged = client.get(page.press_kit_url, headers={"If-None-Match": response["ETag"]})
    assert unchanged.status_code == 304
    page.dateline = "Tunis"
    page.save_revision().publish()
    assert fetched(client, page, **{"If-None-Match": response["ETag"]})[1] != first


def test_an_embargoed_release_has_no_kit_no_pictures_and_no_mail_in_any_language(client: Client) -> None:
    page = make_page(PressReleasePage, "en", live=False, embargo_until=timezone.now() + timedelta(hours=1))
    for language in ("ar", "en", "fr"):
        assert client.get(f"/{language}/press-kits/{page.translation_key}.zip").status_code == 404
    assert client.get("/en/press-kits/nonsense.zip").status_code == 404


def test_the_name_of_an_arabic_kit_is_one_that_every_computer_takes(client: Client) -> None:
    page = release("ar", slug="بيان-صحفي")
    response, _ = fetched(client, page)
    assert response["Content-Disposition"].isascii()
    assert "-ar.zip" in response["Content-Disposition"]


def test_a_picture_whose_clearance_is_taken_back_is_gone_everywhere_at_once(client: Client) -> None:
    page = release()
    picture = page.press_pictures()[0].image
    assert picture.file.url in client.get(page.url).content.decode()
    assert document(client, page)["pictures"][0]["original"]["url"].endswith(picture.file.url)
    picture.cleared_for_press = False
    picture.save()
    assert picture.file.url not in client.get(page.url).content.decode()
    assert document(client, page)["pictures"] == []
    assert not [name for name in kit_of(client, page)[1] if name.startswith("pictures/")]
    assert picture.file.url not in client.get("/en/press/").content.decode()


def test_a_picture_that_is_not_cleared_is_refused_and_a_cleared_one_needs_its_credit() -> None:
    with pytest.raises(ValidationError, match="not cleared"):
        ReleasePicture(image=make_image(), alt="x").clean()
    with pytest.raises(ValidationError, match="who made the picture"):
        ContentImage(title="x", cleared_for_press=True).clean()


def test_a_correction_stands_in_the_kit(client: Client) -> None:
    page = release()
    page.corrections = [ReleaseCorrection(date=date(2026, 11, 3), text="The figure was <34>.")]
    page.save_revision().publish()
    assert "3 November 2026: The figure was <34>." in kit_of(client, page)[1]["release.txt"].decode()


@pytest.mark.slow
def test_the_boilerplate_is_that_of_the_settings_in_every_release_of_the_language(client: Client) -> None:
    english, french = release("en"), release("fr")
    office = OfficeSettings.objects.get(locale__language_code="en")
    office.boilerplate = "What we are, written anew."
    office.save()
    assert document(client, english)["boilerplate"] == "What we are, written anew."
    assert "written anew" in client.get(english.url).content.decode()
    assert "written anew" not in document(client, french)["boilerplate"]
    assert rebuild() == 0
    assert PublishedDocument.objects.filter(full__contains="written anew", locale="en").count() > 1


def test_queries_of_a_kit_do_not_grow_with_its_pictures(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    page = release()
    for number in (1, 5):
        page.pictures = [ReleasePicture(image=cleared_image(), alt="What it shows") for _ in range(number)]
        page.save_revision().publish()
        fetched(client, page)  # queries whose results a process caches are not counted
        with django_assert_num_queries(10):
            fetched(client, page)


def test_html_becomes_text_that_keeps_lists_and_addresses() -> None:
    html = '<div><h2>Head</h2><p>One\n two <a href="https://example.org/x">there</a>.</p><ol><li>a</li><li>b</li></ol></div>'
    assert plain_text(html) == "Head\n\nOne two there <https://example.org/x>.\n\n1. a\n2. b"


@pytest.mark.parametrize(
    ("language", "quote"),
    [("ar", "«نص.»\n— ل. حداد"), ("en", "“نص.”\n— ل. حداد"), ("fr", "«\u202fنص.\u202f»\n— ل. حداد")],
)
def test_quote_has_the_marks_of_its_language_and_its_speaker(language: str, quote: str) -> None:
    html = (
        f'<div lang="{language}"><p>x</p><figure class="quote"> <blockquote> <p>نص.</p> </blockquote>'
        " <figcaption> <bdi>ل. حداد</bdi> </figcaption> </figure><p>y</p></div>"
    )
    assert plain_text(html) == f"x\n\n{quote}\n\ny"


def test_quote_that_has_marks_already_gets_no_others() -> None:
    for typed in ('"Yes"', "“Yes”", "«\u202fYes\u202f»"):
        assert plain_text(f'<div lang="en"><blockquote><p>{typed}</p></blockquote></div>') == "“Yes”"


def test_key_figures_stand_before_what_they_count() -> None:
    figures = '<dl class="key-figures"> <div> <dt>people</dt> <dd> <bdi>34</bdi> </dd> </div></dl>'
    html = f"{figures}<dl><dt>a</dt><dd>b</dd></dl>"
    assert [line for line in plain_text(html).splitlines() if line] == ["34", "people", "a", "b"]


def test_arabic_kit_has_arabic_commas_and_numbers_in_order(client: Client) -> None:
    page = release("ar")
    page.corrections = [ReleaseCorrection(date=date(2026, 11, 3), text="اتصلوا بالرقم +20 2 2736 5140")]
    page.save_revision().publish()
    text = kit_of(client, page)[1]["release.txt"].decode()
    assert "تصويب، 3 نوفمبر 2026" in text
    assert "\u2068+20 2 2736 5140\u2069" in text
    assert "تصويب," not in text

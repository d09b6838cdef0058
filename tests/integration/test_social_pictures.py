"""The picture that social networks show next to a link to a page."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.test import Client
from lxml import html
from PIL import Image, ImageChops
from wagtail.models import Page, PageViewRestriction

from core.social.drawing import HEIGHT, WIDTH, SocialText, draw

pytestmark = pytest.mark.django_db
HEALTH = "/en/what-we-do/migration-health/"


def head(client: Client, address: str) -> dict[str, str]:
    tree = html.fromstring(client.get(address).content.decode())
    return {meta.get("property", ""): meta.get("content", "") for meta in tree.iter("meta")}


def path(address: str) -> str:
    return "/" + address.split("/", 3)[3]


def body(response: Any) -> bytes:
    content: bytes = response.getvalue()
    return content


def test_each_page_names_its_picture(client: Client) -> None:
    said = head(client, HEALTH)
    assert (said["og:image:width"], said["og:image:height"]) == ("1200", "630")
    assert said["og:image:alt"] == said["og:title"]
    response = client.get(path(said["og:image"]))
    assert response["Content-Type"] == "image/jpeg"
    assert "immutable" in response["Cache-Control"]
    assert Image.open(BytesIO(body(response))).size == (WIDTH, HEIGHT)


def test_a_picture_is_drawn_once(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    address = path(head(client, HEALTH)["og:image"])
    first = body(client.get(address))
    monkeypatch.setattr("core.social.views.draw", None)
    assert body(client.get(address)) == first


def test_a_new_title_has_a_new_picture_and_the_old_one_goes(client: Client) -> None:
    old = path(head(client, HEALTH)["og:image"])
    body(client.get(old))
    page = Page.objects.get(locale__language_code="en", slug="migration-health")
    page.title = "Health"
    page.save()
    new = path(head(client, HEALTH)["og:image"])
    assert new != old
    assert client.get(old)["Location"] == new
    assert body(client.get(new))
    kept = default_storage.listdir(f"social/{page.translation_key}")[1]
    assert [name for name in kept if name.startswith("en-")] == [f"en-{new.split('/')[-1].removesuffix('.jpg')}.jpg"]


def test_a_page_that_is_not_public_has_none(client: Client) -> None:
    address = path(head(client, HEALTH)["og:image"])
    page = Page.objects.get(locale__language_code="en", slug="migration-health")
    PageViewRestriction.objects.create(page=page, restriction_type="login")
    assert client.get(address).status_code == 404


def test_languages_have_pictures_of_their_own(client: Client) -> None:
    tree = html.fromstring(client.get(HEALTH).content.decode())
    versions = [link.get("href") for link in tree.xpath("//link[@rel='alternate'][string-length(@hreflang)=2]")]
    assert len({head(client, path(address))["og:image"] for address in versions}) == 3


def written(title: str, language: str = "ar") -> Image.Image:
    text = SocialText(title, "", language, "rtl" if language == "ar" else "ltr")
    return Image.open(BytesIO(draw(text, None))).convert("L").point(lambda value: 255 if value > 200 else 0)


def test_arabic_stands_at_the_right_and_english_at_the_left() -> None:
    arabic, english = written("الهجرة").getbbox(), written("Migration", "en").getbbox()
    assert arabic is not None
    assert english is not None
    assert arabic[0] > WIDTH / 2 > english[2]


def test_arabic_letters_join() -> None:
    """The same letters look different with non-joiners between them."""
    joined, apart = written("هجرة"), written("ه\u200cج\u200cر\u200cة")
    assert ImageChops.difference(joined, apart).getbbox() is not None


def test_a_very_long_title_stays_within_the_picture() -> None:
    box = written("كلمة " * 200).getbbox()
    assert box is not None
    assert box[3] < HEIGHT - 112

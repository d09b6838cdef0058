"""Pictures as partners get them: in JPEG, the same in WebP, and a square around the focal point."""

from __future__ import annotations

import json
from io import BytesIO
from typing import Any
from urllib.parse import urlsplit

import pytest
import willow
from django.core.files.base import ContentFile
from django.test import Client
from PIL import Image

from core.models import ContentImage
from core.pictures.renditions import ALL_RENDITIONS
from news.models import NewsPage
from press.releases.page import PressReleasePage
from press.releases.parts import ReleasePicture
from publishing.models import PublicText, PublishedDocument
from publishing.publish import rebuild
from tests.factories import make_page

pytestmark = pytest.mark.django_db


def half_red_picture(**fields: Any) -> ContentImage:
    """Create a picture of 1600 x 900 pixels, red on the left and blue on the right."""
    drawn = Image.new("RGB", (1600, 900), (0, 0, 200))
    drawn.paste((200, 0, 0), (0, 0, 800, 900))
    file = BytesIO()
    drawn.save(file, "PNG")
    image: ContentImage = ContentImage.objects.create(
        title="Halves", file=ContentFile(file.getvalue(), "halves.png"), **fields
    )
    return image


def news_with(image: ContentImage) -> NewsPage:
    picture = {"image": image.pk, "alt_text": "Two halves", "decorative": False}
    body = [{"type": "image", "value": {"image": picture, "caption": "Red and blue"}}]
    page = make_page(NewsPage, "en", live=False, lead_image=image, lead_image_alt="Two halves", body=body)
    page.save_revision().publish()
    found: NewsPage = NewsPage.objects.get(pk=page.pk)
    return found


def item(client: Client, page: Any) -> Any:
    return client.get(f"/api/v1/items/{page.translation_key}").json()


def opened(client: Client, address: str) -> Image.Image:
    answer = client.get(urlsplit(address).path)
    assert answer.status_code == 200
    return Image.open(BytesIO(b"".join(answer)))


def test_every_picture_has_each_size_as_webp_and_a_square(client: Client) -> None:
    image = half_red_picture(credit="IOM 2026 / Name", cleared_for_press=True)
    news = item(client, news_with(image))
    release = make_page(PressReleasePage, "en", live=False)
    release.pictures = [ReleasePicture(image=image, alt="Two halves")]
    release.save_revision().publish()
    pictures = [news["lead_image"], news["body"][0]["image"], item(client, release)["pictures"][0]]
    for picture in pictures:
        assert len(picture["renditions"]) == 5
        assert (picture["square"]["width"], picture["square"]["height"]) == (480, 480)
        for rendition in [*picture["renditions"], picture["square"]]:
            for address, kind in ((rendition["url"], "JPEG"), (rendition["webp_url"], "WEBP")):
                file = opened(client, address)
                assert (file.format, file.size) == (kind, (rendition["width"], rendition["height"]))


@pytest.mark.parametrize("middle", [100, 1500])
def test_square_is_cut_around_the_focal_point_and_follows_it(client: Client, middle: int) -> None:
    image = half_red_picture()
    page = news_with(image)
    before = item(client, page)["lead_image"]["square"]
    image.focal_point_x, image.focal_point_y, image.focal_point_width, image.focal_point_height = middle, 450, 50, 50
    image.save()
    after = item(client, page)["lead_image"]["square"]
    assert after["webp_url"] != before["webp_url"]
    for address in (after["url"], after["webp_url"]):
        red, _green, blue = opened(client, address).convert("RGB").resize((1, 1)).getpixel((0, 0))  # type: ignore[misc]
        assert (red > blue) == (middle < 800)


def test_pictures_are_ready_before_anybody_asks_and_decoded_once(monkeypatch: pytest.MonkeyPatch) -> None:
    image = half_red_picture()
    opened_files: list[str] = []
    real = willow.Image.open

    def noted(file: Any) -> Any:
        opened_files.append(file.name)
        return real(file)

    monkeypatch.setattr(willow.Image, "open", noted)
    page = news_with(image)
    # Once for the partners' formats, once for AVIF in the text, and once for AVIF on the site's own cards.
    assert opened_files.count(image.file.name) == 3
    made = set(image.renditions.values_list("filter_spec", flat=True))
    wanted = {name for name in ALL_RENDITIONS if "avif" not in name}
    assert wanted <= made
    opened_files.clear()
    page.save_revision().publish()
    assert opened_files == []


@pytest.mark.slow
def test_document_of_before_is_read_as_it_is_and_made_again_without_new_words(client: Client) -> None:
    page = news_with(half_red_picture())
    words = PublicText.objects.get(content_id=page.translation_key)
    row = PublishedDocument.objects.get(content_id=page.translation_key)
    for name in ("card", "full"):
        document = json.loads(getattr(row, name))
        for picture in (document["lead_image"], *(block["image"] for block in document.get("body", []))):
            del picture["square"]
            for rendition in picture["renditions"]:
                del rendition["webp_url"]
        setattr(row, name, json.dumps(document))
    row.digest = "of before"
    row.save()
    assert "square" not in item(client, page)["lead_image"]
    for address in (
        "/api/v1/feeds/news.json",
        f"/api/v1/items/{page.translation_key}.jsonld",
        "/api/v1/news?format=csv",
    ):
        assert client.get(address).status_code == 200
    rebuild()
    assert item(client, page)["lead_image"]["square"]
    again = PublicText.objects.get(content_id=page.translation_key)
    assert (again.said, again.words, again.changed_at) == (words.said, words.words, words.changed_at)

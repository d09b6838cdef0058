"""Pages for readers who may be in danger from somebody near: advice comes first, and they can leave quickly."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from lxml import html

from core.languages.declared import LANGUAGE_CODES
from core.models import OfficeSettings, Topic
from home.models import ProgrammePage
from tests.factories import make_page

pytestmark = pytest.mark.django_db
in_every_language = pytest.mark.parametrize("language", LANGUAGE_CODES)
TEXT = {"type": "rich_text", "value": "<p>Long text</p>"}


def warning(title: str, kind: str = "warning") -> dict[str, Any]:
    return {"type": "notice", "value": {"kind": kind, "title": title, "text": f"<p>Text of {title}</p>"}}


def assistance(language: str) -> ProgrammePage:
    page: ProgrammePage = ProgrammePage.objects.get(
        topics__slug="counter-trafficking", locale__language_code=language, alias_of=None
    )
    return page


def main_of(client: Client, page: ProgrammePage) -> Any:
    return html.fromstring(client.get(page.url).content).xpath("//main")[0]


def exits(client: Client, language: str) -> list[Any]:
    document = html.fromstring(client.get(assistance(language).url).content)
    return list(document.xpath("//nav[@class='exit']/a"))


@in_every_language
def test_what_to_do_in_danger_stands_before_title_picture_and_text(client: Client, language: str) -> None:
    main = main_of(client, assistance(language))
    assert "notice--warning" in main[0].get("class")
    assert main[0].text_content().strip()
    assert len(main.xpath(".//*[contains(@class, 'notice--warning')]")) == 1, "it stands once"
    assert main.xpath(".//header//img"), "the page has a picture, before which it stands"


def test_first_warning_stands_first_wherever_it_is_in_the_text(client: Client) -> None:
    body = [TEXT, warning("note", "info"), warning("first"), warning("second")]
    page = make_page(ProgrammePage, "en", body=body, topics=[Topic.objects.get(slug="migrant-assistance")])
    main = main_of(client, page)
    titles = [title.text_content() for title in main.xpath(".//*[@class='notice__title']")]
    assert titles == ["first", "note", "second"]
    assert main[0].text_content().split()[0] == "first"


def test_warnings_of_other_areas_stay_in_their_text(client: Client) -> None:
    page = make_page(
        ProgrammePage, "en", body=[TEXT, warning("of it")], topics=[Topic.objects.get(slug="migration-health")]
    )
    main = main_of(client, page)
    assert "notice" not in main[0].get("class")
    assert main.xpath(".//*[@class='body']/*[last()]")[0].text_content().split()[:2] == ["of", "it"]


@in_every_language
def test_second_way_out_is_a_plain_link_that_says_where_it_leads(client: Client, language: str) -> None:
    assert len(exits(client, language)) == 1
    OfficeSettings.objects.filter(locale__language_code=language).update(exit_address="https://www.weather.example/x")
    first, second = exits(client, language)
    assert first.get("href") == "https://www.wikipedia.org/"
    assert second.get("href") == "https://www.weather.example/x"
    assert second.xpath("string(bdi)") == "weather.example"
    assert "noreferrer" in second.get("rel")


@in_every_language
def test_keys_are_promised_only_where_the_script_runs(client: Client, language: str) -> None:
    hint = html.fromstring(client.get(assistance(language).url).content).get_element_by_id("exit-key")
    assert "hidden" in hint.attrib
    assert "Esc" in hint.text_content() or "Échap" in hint.text_content()


@pytest.mark.parametrize("address", ["javascript:alert(1)", "ftp://example.org/", "example", "data:text/html,x"])
def test_only_an_address_of_the_web_is_a_way_out(address: str) -> None:
    office = OfficeSettings.objects.get(locale__language_code="en")
    office.exit_address = address
    with pytest.raises(ValidationError) as refused:
        office.full_clean()
    assert set(refused.value.message_dict) == {"exit_address"}

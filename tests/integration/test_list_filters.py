"""The filters of lists, and the values that they offer."""

from __future__ import annotations

import pytest
from django.test import Client
from lxml import html

pytestmark = [pytest.mark.django_db, pytest.mark.every_engine]


def counts(client: Client, address: str, name: str) -> dict[str, int]:
    tree = html.fromstring(client.get(address).content.decode())
    options = tree.xpath(f"//select[@name='{name}']/option[@value!='']")
    return {option.get("value"): int(option.text_content().rsplit("(")[-1].rstrip(")")) for option in options}


def titles(client: Client, address: str) -> list[str]:
    tree = html.fromstring(client.get(address).content.decode())
    return [title.text_content().strip() for title in tree.xpath("//*[contains(@class, 'card__title')]")]


def test_a_list_is_narrowed_to_what_another_language_has_too(client: Client) -> None:
    everything, arabic, french = (
        titles(client, f"/en/news/?{choice}") + titles(client, f"/en/news/?{choice}&page=2")
        for choice in ("", "language=ar", "language=fr")
    )
    only_here = set(everything) - set(arabic)
    assert only_here == {"Sample: Why migration concerns the whole of government"}
    assert counts(client, "/en/news/", "language") == {"ar": len(arabic), "fr": len(french)}


def test_the_language_of_the_reader_is_not_offered(client: Client) -> None:
    assert "ar" not in counts(client, "/ar/الأخبار/", "language")


@pytest.mark.parametrize("wanted", ["language=xx", "language=%00", "language=ar&language=fr", "topic=none&language=ar"])
def test_a_choice_that_nothing_has_is_answered(client: Client, wanted: str) -> None:
    assert client.get(f"/en/news/?{wanted}").status_code in (200, 400)

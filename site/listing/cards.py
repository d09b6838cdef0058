"""Cards of contents in the site's lists, built from the published documents without loading any page."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from django.conf import settings

from core.content_types.registry import day_of_card
from core.design.icons import icon_template
from core.pictures.markup import Picture, stored_card_picture

from .parts import documents_with

_CARD_SIZE = "fill-480x270"


class Card:
    """The data that a content's card shows. `icon` is the icon template of its first topic that has one."""

    def __init__(self, card: dict[str, Any], card_picture: str) -> None:
        self.url: str = _here(card["html_url"])
        self.title: str = card["title"]
        self.summary: str = card["summary_text"]
        self.series: str | None = card.get("series")
        day = day_of_card(card)
        self.date = date.fromisoformat(day) if day else None
        self.icon = icon_template(topic["code"] for topic in card["topics"])
        self.has_picture = card["lead_image"] is not None
        self.picture, self.average = _picture(card["lead_image"], card_picture)


def cards_of(numbers: tuple[int, ...]) -> list[Card]:
    """Return the cards of the documents with these primary keys. One query."""
    return cards_by_name(listed=numbers)["listed"]


def cards_by_name(**numbers: tuple[int, ...]) -> dict[str, list[Card]]:
    """Return the cards of several lists, keyed by the name of the list. One query."""
    wanted = dict.fromkeys(number for listed in numbers.values() for number in listed)
    rows = documents_with(tuple(wanted), "card", "card_picture")
    cards = {row.pk: Card(json.loads(row.card), row.card_picture) for row in rows}
    return {name: [cards[number] for number in listed if number in cards] for name, listed in numbers.items()}


def _picture(image: dict[str, Any] | None, stored: str) -> tuple[Picture | None, str]:
    """Return the picture and its average colour. A document of an earlier release has only a JPEG until rebuilt."""
    if stored:
        shown = json.loads(stored)
        return stored_card_picture(shown), shown["average"]
    sizes = {rendition["name"]: rendition for rendition in image["renditions"]} if image else {}
    if _CARD_SIZE not in sizes:
        return None, ""
    size = sizes[_CARD_SIZE]
    url = _here(size["url"])
    return stored_card_picture({**size, "url": url, "jpeg": f"{url} {size['width']}w", "avif": ""}), ""


def _here(address: str) -> str:
    """Return an address of this site in the relative form that its own pages use."""
    return address.removeprefix(settings.BASE_URL)

"""Every route of the site with an address that leads to something: public, API, files, pages, admin."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from wagtail.documents import get_document_model
from wagtail.models import PageViewRestriction

from core.checks.pages import page_types
from core.models import ContentImage
from core.pages.routing import SHORT_CODE_LENGTH
from events.models import EventPage
from press.releases.page import PressReleasePage
from press.room.page import PressRoomPage
from publishing.models import PublishedDocument
from tests.admin_objects import addresses_of_the_admin
from tests.admin_rules import LEFT_OUT
from tests.factories import LANGUAGES, the_page
from tests.public_routes import public_addresses


class Route(NamedTuple):
    """A pattern of an address, and an address of it that leads to something."""

    name: str
    address: str


def all_routes() -> list[Route]:
    """Return every route of the site, in a fixed order. It creates what the admin's addresses are for."""
    found: dict[str, Route] = {}
    for route in [*_public(), *_pages(), *_admin()]:
        found.setdefault(route.address, route)
    return list(found.values())


def _public() -> Iterator[Route]:
    facts = _facts()
    for language in LANGUAGES:
        for route, made_up in public_addresses(language).items():
            yield Route(route, _with_facts(route, made_up, language, facts))


def _facts() -> dict[str, Any]:
    document = get_document_model().objects.earliest("pk")
    restriction = PageViewRestriction.objects.create(
        page=the_page(PressRoomPage, "fr"), restriction_type="password", password="a password of the tests"
    )
    contents = PublishedDocument.objects.filter(removal="").order_by("pk")
    return {
        "document": document,
        "restriction": restriction,
        "content": str(contents.values_list("content_id", flat=True)[0]),
        "release": str(the_page(PressReleasePage, "en").translation_key),
        "event": str(the_page(EventPage, "en").translation_key),
        "picture": ContentImage.objects.earliest("pk").file.url,
    }


def _with_facts(route: str, made_up: str, language: str, facts: dict[str, Any]) -> str:
    """Return an address of a route that leads to what there is, where a made-up one does not."""
    document, restriction = facts["document"], facts["restriction"]
    if route.startswith("documents/") and "document_id" in route:
        return re.sub(r"^/documents/1/(.*/)?a-name", rf"/documents/{document.pk}/\1{document.filename}", made_up)
    if "page_view_restriction_id" in route:
        return f"/{language}/_util/authenticate_with_password/{restriction.pk}/{restriction.page_id}/"
    if route.startswith("media/"):
        return str(facts["picture"])
    if "p/(?P<code>" in route:
        return f"/{language}/p/{facts['content'].replace('-', '')[:SHORT_CODE_LENGTH]}/"
    kind = "event" if "events/" in route else "release" if "press-kits" in route else "content"
    return re.sub(r"3f0c1f9e[-0-9a-f]+|(?<=items/)a-name", str(facts[kind]), made_up)


def _pages() -> Iterator[Route]:
    """Yield a page of every type in every language, and an address below each."""
    for model in page_types():
        for language in LANGUAGES:
            address = str(the_page(model, language).url)
            yield Route(f"page {model.__name__} {language}", address)
            yield Route(f"below {model.__name__} {language}", f"{address}nothing-is-here/")


def _admin() -> Iterator[Route]:
    for route, address in addresses_of_the_admin().items():
        if route not in LEFT_OUT:
            yield Route(f"admin/{route}", str(address))

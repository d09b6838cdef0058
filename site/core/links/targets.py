"""Resolve links from text to pages: to the version in the reader's language, in one query for any number of links."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any
from uuid import UUID

from wagtail.documents import get_document_model

from core.languages.versions import for_reader, language_versions_of, remember_versions
from core.web.keys import key_in
from core.web.request_memory import remembered

if TYPE_CHECKING:
    from wagtail.models import Page

    from core.models import BasePage, ContentDocument

# Remembered during a request: the content (translation key) of a page id, None for a page that is gone.
_CONTENTS = "contents_of_pages"
_LINK = re.compile(
    r'linktype=\\?"(page|document)\\?"[^>]*? id=\\?"(\d+)|id=\\?"(\d+)\\?"[^>]*? linktype=\\?"(page|document)'
)


def remember_links(page: BasePage) -> None:
    """Fetch together, and remember, everything that the body of `page` links to and the page's own versions."""
    remembered(_CONTENTS, dict[int, UUID | None]).update(remember_versions(page, _linked_in(page)[0]))


def remember_links_of(pages: Iterable[BasePage]) -> None:
    """Fetch together, and remember, everything that the bodies of these pages link to, public or not."""
    linked = [_linked_in(page) for page in pages]
    language_versions_of(contents_of({number for numbers, _ in linked for number in numbers}).values())
    linked_documents({number for _, numbers in linked for number in numbers})


def linked_pages(ids: Iterable[int]) -> dict[int, Page]:
    """Return the public page to link to for this reader, by page id; none for a content that the public cannot read."""
    contents = contents_of(set(ids))
    versions = language_versions_of(contents.values())
    found = {number: for_reader(versions[key]) for number, key in contents.items() if key in versions}
    return {number: page for number, page in found.items() if page}


def contents_of(ids: set[int]) -> dict[int, UUID]:
    """Return the content (translation key) of each page id."""
    from wagtail.models import Page

    known = remembered(_CONTENTS, dict[int, UUID | None])
    wanted = ids - known.keys()
    if wanted:
        found = dict(Page.objects.filter(pk__in=wanted).values_list("pk", "translation_key"))
        known.update({number: found.get(number) for number in wanted})
    return {number: content for number in ids if (content := known.get(number))}


def linked_documents(ids: Iterable[int]) -> dict[int, ContentDocument]:
    """Return the documents with these ids, private ones too."""
    known = remembered("linked_documents", dict[int, "ContentDocument | None"])
    wanted = set(ids) - known.keys()
    if wanted:
        found = get_document_model().objects.in_bulk(wanted)
        known.update({number: found.get(number) for number in wanted})
    return {number: document for number in ids if (document := known.get(number))}


def _linked_in(page: BasePage) -> tuple[set[int], set[int]]:
    """Return the ids of the pages that the body links to, and those of the documents."""
    raw = list(page.body.raw_data)
    found: dict[str, set[int]] = {"page": _chosen_pages(raw), "document": set()}
    for kind, number, number_before, kind_before in _LINK.findall(json.dumps(raw, default=str)):
        found[kind or kind_before].add(key_in(number or number_before))
    return found["page"], found["document"]


def _chosen_pages(raw: Any) -> set[int]:
    """Return the ids of the pages chosen in blocks: a related page, the target of a call to action."""
    found: set[int] = set()
    for block in raw:
        value = block.get("value")
        if block.get("type") == "call_to_action" and value.get("page"):
            found.add(int(value["page"]))
        elif block.get("type") == "related_pages":
            pages = [item.get("value") if isinstance(item, dict) else item for item in value.get("pages", [])]
            found |= {int(page) for page in pages if page}
    return found

"""Resolve links from text to pages: to the version in the reader's language, in one query for any number of links."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any
from uuid import UUID

from core.languages.versions import for_reader, language_versions_of, remember_versions
from core.web.request_memory import remembered

if TYPE_CHECKING:
    from wagtail.models import Page

    from core.models import BasePage

# Remembered during a request: the content (translation key) of a page id.
_CONTENTS = "contents_of_pages"
_LINK = re.compile(r'linktype=\\?"page\\?"[^>]*? id=\\?"(\d+)|id=\\?"(\d+)\\?"[^>]*? linktype=\\?"page')


def remember_links(page: BasePage) -> None:
    """Fetch together, and remember, everything that the body of `page` links to and the page's own versions."""
    ids = {int(first or second) for first, second in _LINK.findall(json.dumps(list(page.body.raw_data), default=str))}
    ids |= _chosen_pages(list(page.body.raw_data))
    remembered(_CONTENTS, dict[int, UUID]).update(remember_versions(page, ids))


def linked_pages(ids: Iterable[int]) -> dict[int, Page]:
    """Return the public page to link to for this reader, by page id; none for a content that the public cannot read."""
    contents = contents_of(set(ids))
    versions = language_versions_of(contents.values())
    found = {number: for_reader(versions[key]) for number, key in contents.items() if key in versions}
    return {number: page for number, page in found.items() if page}


def contents_of(ids: set[int]) -> dict[int, UUID]:
    """Return the content (translation key) of each page id."""
    from wagtail.models import Page

    known = remembered(_CONTENTS, dict[int, UUID])
    wanted = ids - known.keys()
    if wanted:
        known.update(Page.objects.filter(pk__in=wanted).values_list("pk", "translation_key"))
    return {number: known[number] for number in ids if number in known}


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

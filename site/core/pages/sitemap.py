"""The sitemap: an index of files, each with up to 5,000 addresses and their languages.

A file holds the pages whose primary keys lie in one range. A new page therefore changes only the last file, and no file
costs more the more pages there are. (https://www.sitemaps.org/protocol.html,
https://developers.google.com/search/docs/specialty/international)
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple
from urllib.parse import quote
from uuid import UUID
from xml.sax.saxutils import escape

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import cache_control
from wagtail.models import Page

from core.languages.declared import LANGUAGE_CODES
from core.languages.versions import public_pages, x_default
from core.pages.moments import note_moments
from core.pages.routing import site_roots
from core.publication.last_changes import last_changes

PAGES_OF_A_FILE = 5000
_SCHEMA = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'


class Version(NamedTuple):
    """A public page: its primary key, its whole address, and when it was last published."""

    pk: int
    url: str
    published_at: datetime | None


@cache_control(public=True, no_cache=True)
def index(request: HttpRequest) -> HttpResponse:
    """List the files that have pages."""
    note_moments()
    urls = (settings.BASE_URL + reverse("sitemap_file", args=[number]) for number in _numbers())
    entries = "".join(f"  <sitemap><loc>{escape(url)}</loc></sitemap>\n" for url in urls)
    return _xml(f"<sitemapindex {_SCHEMA}>\n{entries}</sitemapindex>\n")


@cache_control(public=True, no_cache=True)
def file(request: HttpRequest, number: int) -> HttpResponse:
    """List the public pages of one file, each with the addresses of its translations."""
    note_moments()
    entries = "".join(_entries((number - 1) * PAGES_OF_A_FILE)) if number else ""
    if not entries:
        raise Http404
    return _xml(f'<urlset {_SCHEMA} xmlns:xhtml="http://www.w3.org/1999/xhtml">\n{entries}</urlset>\n')


def _numbers() -> Iterator[int]:
    """Yield the numbers of the files that have pages. Each costs one look at the index of primary keys."""
    pages = public_pages(Page.objects.filter(depth__gt=1)).order_by("pk").values_list("pk", flat=True)
    first = pages.first()
    while first is not None:
        number = first // PAGES_OF_A_FILE + 1
        yield number
        first = pages.filter(pk__gte=number * PAGES_OF_A_FILE).first()


def _entries(first: int) -> Iterator[str]:
    """Yield an entry for each public page whose primary key is in the range that begins with `first`."""
    keys = range(first, first + PAGES_OF_A_FILE)
    contents = Page.objects.filter(depth__gt=1, pk__gte=keys.start, pk__lt=keys.stop).values("translation_key")
    changes = last_changes(contents)
    for content, versions in _versions(contents).items():
        links = _links(versions)
        for language, version in versions.items():
            if version.pk in keys:
                changed_at = changes.get((content, language), version.published_at)
                moment = f"<lastmod>{timezone.localtime(changed_at).isoformat()}</lastmod>" if changed_at else ""
                yield f"  <url><loc>{escape(version.url)}</loc>{moment}{links}</url>\n"


def _versions(contents: object) -> dict[UUID, dict[str, Version]]:
    """Return the public pages of these contents, given as a query, by content and by language in their order."""
    pages = public_pages(Page.objects.filter(depth__gt=1, translation_key__in=contents)).order_by("pk")
    roots = site_roots()
    rows = pages.values_list("locale__language_code", "translation_key", "pk", "url_path", "last_published_at")
    found: dict[UUID, dict[str, Version]] = {}
    for language, content, pk, url_path, published_at in sorted(rows, key=lambda row: LANGUAGE_CODES.index(row[0])):
        url = settings.BASE_URL + quote(f"/{language}/{url_path.removeprefix(roots[language])}")
        found.setdefault(content, {})[language] = Version(pk, url, published_at)
    return found


def _links(versions: dict[str, Version]) -> str:
    """Return the links from each version of a content to all of them, and to the one for any other language."""
    return "".join(
        f'<xhtml:link rel="alternate" hreflang="{language}" href="{escape(version.url)}"/>'
        for language, version in (*versions.items(), ("x-default", x_default(versions)))
        if version
    )


def _xml(body: str) -> HttpResponse:
    return HttpResponse(_DECLARATION + body, content_type="application/xml")

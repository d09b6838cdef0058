"""Views about the site as a whole: addresses, vocabularies, navigation, and the service document."""

from __future__ import annotations

import json
import unicodedata
from typing import Any
from urllib.parse import SplitResult, quote, unquote, urlsplit

from django.conf import settings
from django.db.models import Max
from django.http import HttpRequest, HttpResponse
from django.http.request import validate_host
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from core.content_types.builder import absolute_url, api_url
from core.content_types.registry import content_types as declared_types
from core.content_types.rights import rights_in
from core.languages.declared import LANGUAGE_CODES, direction
from core.languages.language import only_own
from core.languages.versions import public_pages
from core.models import Topic
from core.pages.routing import site_roots
from core.places.countries import country_name
from listing.counts import values_of
from publishing.documents import path_digest
from publishing.models import TOMBSTONES_KEPT, PublishedDocument
from publishing.visible import is_public

from .problems import Culprit, Problem
from .responses import etag_of, json_response, not_modified
from .schemas import LocaleParameters, Parameters, ResolveParameters

_LINKS = {
    "items": "items",
    "changes": "changes",
    "search": "search",
    "navigation": "navigation",
    "topics": "vocabularies/topics",
    "countries": "vocabularies/countries",
    "types": "vocabularies/types",
    "news_feed": "feeds/news.json",
    "press_releases_feed": "feeds/press-releases.json",
    "publications_feed": "feeds/publications.json",
    "openapi": "openapi.json",
    "docs": "docs",
}


def resolve(request: HttpRequest, parameters: ResolveParameters) -> HttpResponse:
    """Return the content that is, or was, at an address of this site in any language."""
    path = _path_of(parameters.url)
    row, status = _standing_at(path), "found"
    if row is None:
        moved_to = _redirected(path)
        row, status = _standing_at(moved_to) if moved_to else None, "moved"
    if row is None:
        raise _nothing_stands_at(path)
    etag = etag_of("resolve", status, row.digest)
    unchanged = not_modified(request, etag, row.updated_at)
    if unchanged:
        return unchanged
    body = {
        "status": status,
        "content_id": str(row.content_id),
        "locale": row.locale,
        "html_url": _page_url(row),
        "api_url": api_url(row.content_id, row.locale),
    }
    return json_response(body, etag=etag, modified=row.updated_at)


def _path_of(url: str) -> str:
    """Return the path of an address of this site, whatever its scheme, in the form that pages have: with a trailing
    slash, in composed letters (NFC). Raise Problem for an address of another site.
    """
    try:
        parts = urlsplit(url)
        ours = _is_ours(parts)
    except ValueError:
        ours = False
    if not ours:
        detail = f"Send an address of {settings.BASE_URL}, or a path that begins with /."
        raise Problem("invalid-parameter", detail, [Culprit("foreign-address", detail, parameter="url")])
    path = quote(unicodedata.normalize("NFC", unquote(parts.path)))
    return path if path.endswith("/") else f"{path}/"


def _is_ours(parts: SplitResult) -> bool:
    """Return whether it is a path, or an address with one of the site's host names. The port is ignored: the site may
    be behind a proxy. Raise ValueError if the host is not valid.
    """
    if not parts.netloc:
        return not parts.scheme and parts.path.startswith("/")
    host = (parts.hostname or "").rstrip(".")
    return host == urlsplit(settings.BASE_URL).hostname or validate_host(host, settings.ALLOWED_HOSTS)


def _nothing_at(kind: str, detail: str) -> Problem:
    return Problem(kind, detail, [Culprit(kind, detail, parameter="url")])


def _nothing_stands_at(path: str) -> Problem:
    stood = _document_at(path)
    if stood is None or stood.removal == "restricted":
        return _nothing_at("not-found", "No public content stands at this address.")
    return _nothing_at("gone", "The content that stood at this address is gone.")


def _standing_at(path: str) -> PublishedDocument | None:
    row = _document_at(path)
    if row is None or not is_public(row):
        row = _document_of_page_at(path)
    return row if row and is_public(row) else None


def _document_at(path: str) -> PublishedDocument | None:
    rows = PublishedDocument.objects.filter(path_digest=path_digest(path)).order_by("removal", "-seq")
    return rows.first()


def _document_of_page_at(path: str) -> PublishedDocument | None:
    """Return the document of the page now at this path. After a large change (publishing.large_changes), documents
    give the page's earlier address for a while.
    """
    language, _, below = unquote(path).lstrip("/").partition("/")
    root = site_roots().get(language)
    page = Page.objects.filter(url_path=f"{root}{below}", alias_of=None).first() if root else None
    return page and PublishedDocument.objects.filter(content_id=page.translation_key, locale=language).first()


def _page_url(row: PublishedDocument) -> str:
    return str(json.loads(row.card)["html_url"])


def _redirected(path: str) -> str | None:
    redirect = Redirect.objects.filter(old_path=Redirect.normalise_path(path)).select_related("redirect_page").first()
    if redirect is None:
        return None
    address = redirect.redirect_page.url if redirect.redirect_page else redirect.redirect_link
    return urlsplit(address or "").path


def countries(request: HttpRequest, parameters: Parameters) -> HttpResponse:
    """Return the countries that public content is about."""
    terms = [
        {"code": code, "labels": only_own({language: country_name(code, language) for language in LANGUAGE_CODES})}
        for code in values_of("country")
    ]
    return _vocabulary(request, terms)


def topics(request: HttpRequest, parameters: Parameters) -> HttpResponse:
    terms = [{"code": topic.slug, "labels": topic.names} for topic in Topic.objects.order_by("slug")]
    return _vocabulary(request, terms)


def content_types(request: HttpRequest, parameters: Parameters) -> HttpResponse:
    return _vocabulary(
        request, [{"code": declared.name, "labels": dict(declared.labels)} for declared in declared_types()]
    )


def _vocabulary(request: HttpRequest, terms: list[dict[str, Any]]) -> HttpResponse:
    etag = etag_of("vocabulary", terms)
    return not_modified(request, etag) or json_response({"terms": terms}, etag=etag)


def navigation(request: HttpRequest, parameters: LocaleParameters) -> HttpResponse:
    """Return the public pages of a language down to the third level, as a tree."""
    pages = Page.objects.filter(depth__gte=2, depth__lte=4, locale__language_code=parameters.locale)
    nodes: dict[str, dict[str, Any]] = {}
    top: list[dict[str, Any]] = []
    for page in public_pages(pages).order_by("path"):
        node = {
            "content_id": str(page.translation_key),
            "title": page.title,
            "html_url": absolute_url(page.url),
            "api_url": api_url(page.translation_key, parameters.locale),
            "in_menu": page.show_in_menus,
            "children": [],
        }
        nodes[page.path] = node
        parent = nodes.get(page.path[: -Page.steplen])
        (parent["children"] if parent else top).append(node)
    body = {"locale": parameters.locale, "dir": direction(parameters.locale), "items": top}
    etag = etag_of("navigation", body)
    return not_modified(request, etag) or json_response(body, etag=etag, language=parameters.locale)


def service(request: HttpRequest, parameters: Parameters) -> HttpResponse:
    """Return the service document: where to begin, and the API's languages, types and limits."""
    latest = PublishedDocument.objects.aggregate(seq=Max("seq"))["seq"]
    base = f"{settings.BASE_URL}/api/v1"
    quotas = settings.API_REQUESTS_PER_MINUTE
    links = {name: f"{base}/{path}" for name, path in _LINKS.items()}
    body = {
        "name": "Content API",
        "version": "1",
        "as_of_seq": latest or 0,
        "locales": list(LANGUAGE_CODES),
        "types": [declared.name for declared in declared_types()],
        "limits": {
            "items_per_page": 100,
            "changes_per_page": 500,
            "requests_per_minute": quotas["anonymous"],
            "requests_per_minute_with_key": quotas["key"],
            "tombstones_kept_days": TOMBSTONES_KEPT.days,
        },
        "deprecations": [],
        "rights": rights_in("en"),
        "links": links,
    }
    etag = etag_of("service", body)
    described = [(links["openapi"], 'rel="service-desc"'), (links["docs"], 'rel="service-doc"')]
    return not_modified(request, etag) or json_response(body, etag=etag, links=described)

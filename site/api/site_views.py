"""What is about the site as a whole: addresses, vocabularies, navigation, the service document."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Count, Max
from django.http import HttpRequest, HttpResponse
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from core.countries import country_name
from core.documents import absolute_url, api_url
from core.languages import LANGUAGE_CODES, direction, public_pages
from core.models import Topic
from publishing.documents import path_digest
from publishing.models import DocumentFacet, PublishedDocument

from .facets import TYPE_LABELS
from .problems import Culprit, Problem
from .responses import etag_of, json_response, not_modified
from .schemas import LocaleParameters, ResolveParameters


def resolve(request: HttpRequest, parameters: ResolveParameters) -> HttpResponse:
    """The content that stands, or stood, at an address of this site in any language."""
    path = _path_of(parameters.url)
    row = _document_at(path)
    status = "found"
    if row is None or row.removal:
        moved_to = _redirected(path)
        moved = _document_at(moved_to) if moved_to else None
        if moved is not None and not moved.removal:
            row, status = moved, "moved"
    if row is None or row.removal == "restricted":
        raise Problem("not-found", "No public content stands at this address.")
    if row.removal:
        raise Problem("gone", "The content that stood at this address is gone.")
    page_url = _page_url(row)
    body = {
        "status": status,
        "content_id": str(row.content_id),
        "locale": row.locale,
        "html_url": page_url,
        "api_url": api_url(row.content_id, row.locale),
    }
    return json_response(body, etag=etag_of("resolve", status, row.digest), modified=row.updated_at)


def _path_of(url: str) -> str:
    try:
        parts = urlsplit(url)
    except ValueError as error:
        raise _foreign_address() from error
    site = urlsplit(settings.BASE_URL)
    if (parts.scheme or parts.netloc) and (parts.scheme, parts.netloc) != (site.scheme, site.netloc):
        raise _foreign_address()
    return parts.path if parts.path.endswith("/") else f"{parts.path}/"


def _foreign_address() -> Problem:
    detail = f"No address of {settings.BASE_URL}, and no path beginning with /."
    return Problem("not-found", detail, [Culprit("not-of-this-site", detail, parameter="url")])


def _document_at(path: str) -> PublishedDocument | None:
    rows = PublishedDocument.objects.filter(path_digest=path_digest(path)).order_by("removal", "-seq")
    return rows.first()


def _page_url(row: PublishedDocument) -> str:
    return str(json.loads(row.card)["html_url"])


def _redirected(path: str) -> str | None:
    redirect = Redirect.objects.filter(old_path=Redirect.normalise_path(path)).select_related("redirect_page").first()
    if redirect is None:
        return None
    return redirect.redirect_page.url if redirect.redirect_page else urlsplit(redirect.redirect_link).path


def countries(request: HttpRequest) -> HttpResponse:
    """The countries that public content is about."""
    rows = DocumentFacet.objects.filter(name="country", document__removal="")
    codes = sorted(set(rows.values_list("value", flat=True)))
    terms = [
        {"code": code, "labels": {language: country_name(code, language) for language in LANGUAGE_CODES}}
        for code in codes
    ]
    return _vocabulary(request, terms)


def topics(request: HttpRequest) -> HttpResponse:
    terms = [
        {"code": topic.slug, "labels": {language: topic.name(language) for language in LANGUAGE_CODES}}
        for topic in Topic.objects.order_by("slug")
    ]
    return _vocabulary(request, terms)


def content_types(request: HttpRequest) -> HttpResponse:
    return _vocabulary(request, [{"code": code, "labels": labels} for code, labels in TYPE_LABELS.items()])


def _vocabulary(request: HttpRequest, terms: list[dict[str, Any]]) -> HttpResponse:
    etag = etag_of("vocabulary", terms)
    return not_modified(request, etag) or json_response({"terms": terms}, etag=etag)


def navigation(request: HttpRequest, parameters: LocaleParameters) -> HttpResponse:
    """The public pages of a language down to the third level, as the tree of the site."""
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


def service(request: HttpRequest) -> HttpResponse:
    """What this API is: where to begin, its languages, types and limits."""
    state = PublishedDocument.objects.aggregate(seq=Max("seq"), total=Count("pk"))
    base = f"{settings.BASE_URL}/api/v1"
    body = {
        "name": "Content API",
        "version": "1",
        "as_of_seq": state["seq"] or 0,
        "locales": list(LANGUAGE_CODES),
        "types": list(TYPE_LABELS),
        "limits": {"items_per_page": 100, "changes_per_page": 500},
        "deprecations": [],
        "links": {
            "items": f"{base}/items",
            "changes": f"{base}/changes",
            "search": f"{base}/search",
            "navigation": f"{base}/navigation",
            "topics": f"{base}/vocabularies/topics",
            "countries": f"{base}/vocabularies/countries",
            "types": f"{base}/vocabularies/types",
            "openapi": f"{base}/openapi.json",
        },
    }
    etag = etag_of("service", body)
    return not_modified(request, etag) or json_response(body, etag=etag)

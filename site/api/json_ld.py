"""A content as schema.org describes it, for search engines and libraries (JSON-LD 1.1)."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from core.content_types.builder import Json
from core.content_types.registry import declared_type
from core.content_types.rights import rights_of

from .items import chosen_row
from .responses import etag_of, json_response, not_modified
from .schemas import ItemParameters


def json_ld(request: HttpRequest, parameters: ItemParameters, content_id: UUID) -> HttpResponse:
    """Return the linked data of one content in one language."""
    row, _ = chosen_row(content_id, parameters)
    etag = etag_of("jsonld", row.digest, parameters.locale)
    return not_modified(request, etag, row.updated_at) or json_response(
        linked_data(json.loads(row.full)),
        etag=etag,
        modified=row.updated_at,
        language=row.locale,
        content_type="application/ld+json",
    )


def linked_data(item: Json) -> Json:
    """Return the linked data for the document of a content, without properties that have no value."""
    declared = declared_type(item["type"])
    data = {
        "@context": "https://schema.org",
        "@type": declared.linked_data.type,
        "@id": item["html_url"],
        "url": item["html_url"],
        "name": item["title"],
        "description": item["summary_text"],
        "inLanguage": item["locale"],
        "datePublished": declared.day_of(item),
        "dateModified": item["content_updated_at"],
        "correction": [
            {"@type": "CorrectionComment", "datePublished": correction["date"], "text": correction["text"]}
            for correction in item.get("corrections", [])
        ],
        "image": [_image(item["lead_image"])] if item["lead_image"] else None,
        "about": [
            {"@type": "DefinedTerm", "termCode": topic["code"], "name": topic["label"]} for topic in item["topics"]
        ],
        "spatialCoverage": [
            {"@type": "Country", "identifier": country["code"], "name": country["label"]}
            for country in item["countries"]
        ],
        "publisher": {"@type": "Organization", "@id": f"{settings.BASE_URL}/#organization", "url": settings.BASE_URL},
        "identifier": _identifiers(item),
        # A document written by an earlier release has no rights until it is rebuilt.
        **_rights(item.get("rights") or rights_of(None)),
        **_translations(item),
        **declared.linked_data.properties(item),
    }
    return {name: value for name, value in data.items() if value not in (None, "", [])}


def _rights(rights: Json) -> dict[str, Any]:
    holder, licence = rights["copyright_holder"], rights["license"]
    return {
        "license": (licence["url"] or licence["name"]) if licence else None,
        "usageInfo": rights["terms_url"],
        "copyrightHolder": {"@type": "Organization", "name": holder} if holder else None,
        "creditText": rights["credit_line"],
    }


def _image(image: Json) -> Json:
    largest = max(image["renditions"], key=lambda rendition: rendition["width"])
    shown = {
        "@type": "ImageObject",
        "contentUrl": largest["url"],
        "width": largest["width"],
        "height": largest["height"],
        "encodingFormat": largest["mime"],
        "caption": image["caption"] or image["alt"],
        "creditText": image["credit"],
    }
    return {name: value for name, value in shown.items() if value}


def _identifiers(item: Json) -> list[Json]:
    values = {"UUID": f"urn:uuid:{item['content_id']}", "DOI": item.get("doi"), "ISBN": item.get("isbn")}
    return [{"@type": "PropertyValue", "propertyID": name, "value": value} for name, value in values.items() if value]


def _translations(item: Json) -> dict[str, Any]:
    """Return links between translations: a source lists its translations; a translation names its source if public."""
    others = {
        alternate["locale"]: {"@id": alternate["html_url"], "inLanguage": alternate["locale"]}
        for alternate in item["alternates"]
    }
    if item["translation_status"] == "source":
        return {"workTranslation": list(others.values())}
    return {"translationOfWork": others.get(item["source_locale"])}

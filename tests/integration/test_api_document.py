"""The OpenAPI document is valid, reviewed when it changes, and never breaks a client within version 1."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from jsonschema_rs import Draft202012Validator
from lxml import html
from openapi_spec_validator import OpenAPIV31SpecValidator

from api.openapi import openapi
from api.problems import KINDS
from tests.api.breaking_changes import breaking_changes
from tests.api.snapshots import FOLDER, assert_same_as_file, without_examples

pytestmark = pytest.mark.django_db

Json = dict[str, Any]


def document() -> Json:
    found: Json = json.loads(json.dumps(openapi()))
    return found


def test_document_is_valid_openapi() -> None:
    assert list(OpenAPIV31SpecValidator(document()).iter_errors()) == []


def test_document_is_the_reviewed_one() -> None:
    assert_same_as_file("openapi.json", without_examples(document()))


def test_document_breaks_no_client_of_version_1() -> None:
    """released.json is what partners have been promised. It changes only when a version is released."""
    released = json.loads(Path(FOLDER / "released.json").read_text(encoding="utf-8"))
    assert breaking_changes(released, document()) == []


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda new: new["paths"].pop("/items"), "GET /items is gone"),
        (lambda new: new["paths"]["/items"]["get"]["parameters"].pop(0), "parameter locale is gone"),
        (lambda new: _parameter(new, "limit")["schema"].update(maximum=50), "maximum is narrower"),
        (lambda new: _parameter(new, "view")["schema"]["enum"].remove("full"), "no longer takes full"),
        (lambda new: _parameter(new, "topic").update(required=True), "parameter topic is now required"),
        (lambda new: _properties(new, "NewsItem").pop("title"), "NewsItem: property title is gone"),
        (lambda new: new["components"]["schemas"]["NewsItem"]["required"].remove("title"), "no longer always there"),
        (lambda new: _properties(new, "NewsItem")["seq"].update(type="string"), "NewsItem.seq: type is another"),
        (lambda new: new["components"]["schemas"].pop("Alternate"), "schema Alternate is gone"),
        (lambda new: _properties(new, "NewsItem")["dir"]["enum"].append("auto"), "NewsItem.dir has new values"),
    ],
)
def test_a_breaking_change_is_found(change: Callable[[Json], Any], said: str) -> None:
    new = copy.deepcopy(document())
    change(new)
    assert any(said in line for line in breaking_changes(document(), new))


def test_an_addition_breaks_nothing() -> None:
    new = copy.deepcopy(document())
    new["paths"]["/more"] = new["paths"]["/items"]
    _properties(new, "NewsItem")["more"] = {"type": "string"}
    new["components"]["schemas"]["More"] = {"type": "object"}
    assert breaking_changes(document(), new) == []


def _parameter(new: Json, name: str) -> Json:
    found: Json = next(item for item in new["paths"]["/items"]["get"]["parameters"] if item.get("name") == name)
    return found


def _properties(new: Json, name: str) -> Json:
    found: Json = new["components"]["schemas"][name]["properties"]
    return found


def test_every_operation_documents_every_status_with_schema_and_headers() -> None:
    for path, methods in document()["paths"].items():
        assert {"get", "head"} <= methods.keys()
        for method, operation in methods.items():
            statuses = operation["responses"].keys()
            assert {"200", "400", "401", "405", "406", "414", "429", "500"} <= statuses, (path, method)
            good = operation["responses"]["200"]
            assert {"RateLimit", "RateLimit-Policy", "Cache-Control"} <= good["headers"].keys()
            assert ("content" in good) == (method != "head")


def test_every_operation_has_a_name_of_its_own() -> None:
    names = [operation["operationId"] for methods in document()["paths"].values() for operation in methods.values()]
    assert len(names) == len(set(names))


def test_items_are_exemplified_in_every_language() -> None:
    examples = document()["paths"]["/items/{content_id}"]["get"]["responses"]["200"]["content"]["application/json"]
    assert {example["value"]["locale"] for example in examples["examples"].values()} == {"ar", "en", "fr"}


def test_every_example_is_valid() -> None:
    whole = document()
    media = list(_media_types(whole))
    assert sum(len(item["examples"]) for item in media) > 40
    for item in media:
        validator = Draft202012Validator({**item["schema"], "components": whole["components"]})
        for name, example in item["examples"].items():
            assert [error.message for error in validator.iter_errors(example["value"])] == [], name


def _media_types(node: Any) -> Any:
    """Return every place of the document that has a schema and examples for it."""
    if isinstance(node, dict):
        if "schema" in node and "examples" in node:
            yield node
        for value in node.values():
            yield from _media_types(value)
    elif isinstance(node, list):
        for value in node:
            yield from _media_types(value)


def test_document_names_no_host_of_an_installation() -> None:
    assert "testserver" not in json.dumps(openapi())
    assert document()["servers"] == [{"url": "/api/v1"}]


def test_webhooks_are_documented() -> None:
    assert document()["webhooks"].keys() == {"content.upserted", "content.deleted"}


@pytest.mark.parametrize("address", ["/api/v1/docs", *(f"/api/problems/{kind}" for kind in KINDS)])
def test_pages_need_no_script_and_nothing_from_elsewhere(client: Client, address: str) -> None:
    response = client.get(address)
    assert response["Content-Type"] == "text/html; charset=utf-8"
    page = html.fromstring(response.content)
    assert not page.xpath("//script | //style | //@style | //iframe | //img")
    sources = page.xpath("//link/@href | //@src")
    assert sources
    assert all(source.startswith("/static/") for source in sources)
    assert "script-src 'self'" in response["Content-Security-Policy"]


def test_docs_page_shows_every_operation_and_parameter(client: Client) -> None:
    page = html.fromstring(client.get("/api/v1/docs").content)
    text = " ".join(page.text_content().split())
    for path, methods in document()["paths"].items():
        assert f"/api/v1{path}" in text
        for parameter in methods["get"]["parameters"]:
            assert parameter.get("name", "") in text


def test_docs_page_links_lead_somewhere(client: Client) -> None:
    page = html.fromstring(client.get("/api/v1/docs").content)
    ids = set(page.xpath("//@id"))
    links = page.xpath("//a/@href")
    assert all(link[1:] in ids for link in links if link.startswith("#"))
    assert len(ids) == len(page.xpath("//@id"))


def test_problem_types_lead_to_their_pages(client: Client) -> None:
    kind = client.get("/api/v1/items?x=1").json()["type"]
    assert re.fullmatch("http://testserver/api/problems/[a-z-]+", kind)
    assert client.get(kind.removeprefix("http://testserver")).status_code == 200

"""Wrong, hostile and huge input is refused with a problem that names the culprit, at every address."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client

from api.api import OPERATIONS

pytestmark = pytest.mark.django_db

ABSENT = "00000000-0000-4000-8000-000000000000"
READS = [operation for operation in OPERATIONS if operation.method == "GET"]
ADDRESSES = [f"/api/v1{operation.path}".format(content_id=ABSENT, token="x") for operation in READS]
HOSTILE = [
    "", "%00", "a%00b", "%ff%fe", "%ED%A0%80", "%C0%AF", "'", '"', "' OR 1=1--", "-1", "1e9", "0x10", "١٢", "NaN",
    "null", "[]", "{}", "../../etc/passwd", "%F0%9F%98%80", "a" * 3500, "%u0041", "\u202e", "0001-01-01T00:00:00Z",
    "2026-02-30", "20260101", "99999999999999999999", "*", ",", "-", "--EGY", "_none,_none,,",
]  # fmt: skip


def problem(response: Any, status: int | None = None) -> dict[str, Any]:
    """Return the problem document of a response; fail unless it is one, with this status if given."""
    assert 400 <= response.status_code < 500, (response.status_code, response.content[:200])
    assert status is None or response.status_code == status
    assert response["Content-Type"] == "application/problem+json"
    assert response["Access-Control-Allow-Origin"] == "*"
    found: dict[str, Any] = json.loads(response.content)
    assert found["status"] == response.status_code
    return found


def named(found: dict[str, Any]) -> set[str]:
    return {error.get("parameter", error.get("pointer")) for error in found["errors"]}


def with_query(address: str, query: str) -> str:
    """Return the address with a query, which is neither encoded nor decoded."""
    return f"{address}?{query}"


def parameters_of(operation: Any) -> dict[str, Any]:
    return dict(operation.parameters.model_fields)


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("name", ["bogus", "date__gte", "Locale", "limit[]", "format", "_", "é"])
def test_an_undeclared_parameter_is_refused_by_its_name(client: Client, address: str, name: str) -> None:
    assert named(problem(client.get(address, {name: "1"}), 400)) >= {name}


@pytest.mark.parametrize("operation", READS, ids=lambda operation: operation.name)
def test_hostile_values_are_refused_by_name_or_mean_text(client: Client, operation: Any) -> None:
    address = f"/api/v1{operation.path}".format(content_id=ABSENT, token="x")
    for name in parameters_of(operation):
        for value in HOSTILE:
            given = value if "%" in value else quote(value)
            more = "&q=x" if "q" in parameters_of(operation) and name != "q" else ""
            response = client.get(with_query(address, f"{name}={given}{more}"))
            if name == "q" and response.status_code == 200:
                continue
            assert named(problem(response)) & {name, "content_id", "token"}, (name, value, response.content)


@pytest.mark.parametrize("operation", READS, ids=lambda operation: operation.name)
def test_a_parameter_given_twice_is_refused_where_it_means_one(client: Client, operation: Any) -> None:
    address = f"/api/v1{operation.path}".format(content_id=ABSENT, token="x")
    for name in parameters_of(operation).keys() - {"topic", "country", "year", "type"}:
        query = f"{name}=en&{name}=fr"
        assert name in named(problem(client.get(with_query(address, query)), 400))


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_huge_address_is_refused(client: Client, address: str) -> None:
    assert problem(client.get(address, {"x": "y" * 70_000}), 414)
    assert problem(client.get(address, {f"p{number}": "y" for number in range(300)}))
    assert problem(client.get(f"/api/v1/{'x' * 70_000}"), 414)


def test_several_wrong_parameters_are_all_named(client: Client) -> None:
    found = problem(client.get("/api/v1/items?limit=500&sort=up&published_from=yesterday&x=1"), 400)
    assert named(found) == {"limit", "sort", "published_from", "x"}


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("topic=no-such-topic", "topic"),
        ("country=QQQ", "country"),
        ("country=-QQQ", "country"),
        ("cursor=abc", "cursor"),
    ],
)
def test_a_value_that_names_nothing_is_404_not_an_empty_list(client: Client, query: str, name: str) -> None:
    assert named(problem(client.get(f"/api/v1/items?{query}"), 404)) == {name}


def test_a_cursor_of_another_query_is_refused(client: Client) -> None:
    cursor = client.get("/api/v1/items?limit=1").json()["meta"]["next_cursor"]
    for query in ("locale=ar", "topic=migration-health", "sort=title", "fallback=fr"):
        assert named(problem(client.get(f"/api/v1/items?limit=1&{query}&cursor={cursor}"), 409)) == {"cursor"}
    assert named(problem(client.get(f"/api/v1/changes?since={cursor}"), 409)) == {"since"}
    assert named(problem(client.get(f"/api/v1/changes?since={cursor}x"), 404)) == {"since"}


@pytest.mark.parametrize(
    "content_id", ["1", "abc", ABSENT.replace("-", ""), f"{{{ABSENT}}}", f"urn:uuid:{ABSENT}", "%00"]
)
@pytest.mark.parametrize("rest", ["", ".jsonld", "/translations"])
def test_what_is_no_content_id_is_refused(client: Client, content_id: str, rest: str) -> None:
    assert problem(client.get(f"/api/v1/items/{content_id}{rest}"))


def test_a_content_id_may_be_in_capitals(client: Client) -> None:
    item = client.get("/api/v1/items?limit=1").json()["items"][0]
    assert client.get(f"/api/v1/items/{item['content_id'].upper()}").json()["content_id"] == item["content_id"]


@pytest.mark.parametrize(
    "path", ["/api", "/api/", "/api/v1", "/api/v2/", "/api/v1/items/", "/api/v1//items", "/api/nix",
             "/api/v1/feeds/x.json",
             "/api/problems/", "/api/v1/%ff", "/api/v1/%00", "/api/v1/admin"],
)  # fmt: skip
@pytest.mark.parametrize("method", ["get", "head", "post", "options", "delete"])
def test_an_address_where_nothing_is_gets_a_problem_and_no_redirect(client: Client, path: str, method: str) -> None:
    response = getattr(client, method)(path)
    assert response.status_code in (400, 404)
    assert response["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("address", [*ADDRESSES, "/api/problems/not-found"])
@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "TRACE", "PROPFIND", "NONSENSE"])
def test_another_method_is_405_with_those_allowed(client: Client, address: str, method: str) -> None:
    if method == "POST" and address.endswith("/search"):
        return
    response = client.generic(method, address)
    problem(response, 405)
    more = ", POST" if address.endswith("/search") else ""
    assert response["Allow"] == f"GET, HEAD{more}, OPTIONS"


@pytest.mark.parametrize("address", [*ADDRESSES, "/api/problems/not-found"])
def test_options_says_what_any_site_may_do(client: Client, address: str) -> None:
    response = client.options(address, headers={"Origin": "https://partner.example"})
    assert (response.status_code, response.content) == (204, b"")
    assert response["Access-Control-Allow-Origin"] == "*"
    assert response["Access-Control-Allow-Methods"] == response["Allow"]
    assert "Authorization" in response["Access-Control-Allow-Headers"]
    assert "Access-Control-Allow-Credentials" not in response


@pytest.mark.parametrize("address", ADDRESSES)
def test_head_is_get_without_the_body(client: Client, address: str) -> None:
    query = {"q": "news"} if address.endswith("/search") else {"url": "/en/"} if address.endswith("/resolve") else {}
    got, head = client.get(address, query), client.head(address, query)
    assert (head.status_code, head.content) == (got.status_code, b"")
    assert head.get("ETag") == got.get("ETag")
    if got.status_code == 200:
        assert head["Content-Length"] == str(len(got.content))


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_answer_in_another_form_is_406(client: Client, address: str) -> None:
    for accept in ("image/png", "application/json;q=0, text/html;q=0, application/*;q=0", "nonsense"):
        assert named(problem(client.get(address, headers={"Accept": accept}), 406)) == {"Accept"}


def test_a_form_that_the_client_rules_out_is_406_whatever_else_it_takes(client: Client) -> None:
    accept = "application/json;q=0, text/csv;q=0, */*"
    assert named(problem(client.get("/api/v1/items", headers={"Accept": accept}), 406)) == {"Accept"}


@pytest.mark.parametrize(
    "accept", ["*/*", "application/json", "application/*;q=0.5", "text/html, */*;q=0.1", "", "APPLICATION/JSON ; q=1",
               "application/json; charset=utf-8", 'application/json;profile="https://example.org/x"'],
)  # fmt: skip
def test_what_browsers_and_programs_accept_is_answered(client: Client, accept: str) -> None:
    assert client.get("/api/v1/items", headers={"Accept": accept}).status_code == 200


@pytest.mark.parametrize(
    "kind", ["", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "text/json"]
)
def test_a_body_that_is_not_json_by_its_type_is_415(client: Client, kind: str) -> None:
    response = client.generic("POST", "/api/v1/search", '{"q": "x"}', content_type=kind)
    assert named(problem(response, 415)) == {"Content-Type"}


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ("{", ""), ("[]", ""), ("null", ""), ('"q"', ""), ('{"q": "\\ud800"}', ""), (b'{"q": "\xff"}', ""),
        ("[" * 30_000, ""), ("{}", "/q"), ('{"q": ""}', "/q"), ('{"q": null}', "/q"),
        ('{"q": 1}', "/q"), ('{"q": ["x"]}', "/q"),
        ('{"q": "a\\u0000b"}', "/q"), (json.dumps({"q": "x" * 201}), "/q"), ('{"q": "x", "bogus": 1}', "/bogus"),
        ('{"q": "x", "a/b~c": 1}', "/a~1b~0c"), ('{"q": "x", "limit": "20"}', "/limit"),
        ('{"q": "x", "limit": 1e99}', "/limit"),
        ('{"q": "x", "limit": true}', "/limit"), ('{"q": "x", "limit": NaN}', "/limit"),
        ('{"q": "x", "topic": "a"}', "/topic"),
        ('{"q": "x", "topic": ["A B"]}', "/topic/0"), ('{"q": "x", "published_from": 1}', "/published_from"),
        ('{"q": "x", "published_from": "2026-02-30"}', "/published_from"), ('{"q": "x", "locale": "de"}', "/locale"),
        (json.dumps({"q": "x", "topic": ["a"] * 21}), "/topic"),
    ],
)  # fmt: skip
def test_a_wrong_body_is_refused_by_the_place(client: Client, body: str | bytes, pointer: str) -> None:
    response = client.generic("POST", "/api/v1/search", body, content_type="application/json")
    assert pointer in named(problem(response, 400))


def test_a_body_that_is_too_large_is_refused(client: Client) -> None:
    body = json.dumps({"q": "x", "topic": ["a" * 70_000]})
    problem(client.generic("POST", "/api/v1/search", body, content_type="application/json"), 413)


def test_parameters_of_a_search_by_body_do_not_stand_in_the_address(client: Client) -> None:
    response = client.generic("POST", "/api/v1/search?q=x", '{"q": "x"}', content_type="application/json")
    assert named(problem(response, 400)) == {"q"}


@pytest.mark.parametrize("length", [201, 3000])
def test_search_words_have_a_limit(client: Client, length: int) -> None:
    assert named(problem(client.get("/api/v1/search", {"q": "x" * length}), 400)) == {"q"}
    assert client.get("/api/v1/search", {"q": "x" * 200}).status_code == 200


def test_a_host_of_another_site_is_refused(client: Client) -> None:
    assert named(problem(client.get("/api/v1/items", headers={"Host": "evil.example"}), 400)) == {"Host"}


def test_no_answer_depends_on_cookies_or_the_visitors_language(client: Client) -> None:
    plain = client.get("/api/v1/items")
    other = client.get("/api/v1/items", headers={"Accept-Language": "ar", "Cookie": "django_language=fr; sessionid=x"})
    assert plain.content == other.content
    assert plain["Content-Language"] == other["Content-Language"] == "en"
    assert set(other["Vary"].split(", ")) == {"Accept", "Accept-Encoding"}
    assert not other.cookies

"""The generated types match the OpenAPI document, and the site's real answers match the types."""

from __future__ import annotations

import json
import subprocess
import types as python
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal, NotRequired, Union, get_args, get_origin, get_type_hints, is_typeddict

import pytest

from clients.generate import TYPESCRIPT, generated
from clients.generator.contract import read_contract
from clients.generator.python_types import python_types
from clients.generator.typescript_types import typescript_types
from mena_content import Client, MemoryStore, NotFound, types

from .javascript import COMPILER
from .operations import LANGUAGES, news, unpublish

pytestmark = pytest.mark.slow

ANSWERS = {
    "ItemList": types.ItemList,
    "Item": types.Item,
    "Translations": types.Translations,
    "Changes": types.Changes,
    "Resolution": types.Resolution,
    "Navigation": types.Navigation,
    "Vocabulary": types.Vocabulary,
    "ProblemDocument": types.ProblemDocument,
}


@pytest.mark.parametrize("path", list(generated()), ids=lambda path: str(path.name))
def test_committed_types_are_those_of_the_openapi_document(path: Path) -> None:
    assert path.read_text(encoding="utf-8") == generated()[path], "run make clients"


def answers(client: Client) -> Iterator[tuple[str, Any]]:
    """Yield real answers of every shape, each with the name of the type that it must match."""
    content_id = str(news().translation_key)
    for locale in LANGUAGES:
        yield "ItemList", client.list_items(locale=locale, facets="type,topic,country,year", limit=100)
        yield "ItemList", client.list_items(locale=locale, view="full", limit=100)
        yield "Navigation", client.navigation(locale=locale)
    yield "ItemList", client.list_items(fields="title,html_url")
    yield "Item", client.item(content_id)
    yield "Translations", {"items": client.translations(content_id)}
    yield "Resolution", client.resolve(client.item(content_id)["html_url"])
    for terms in (client.topics(), client.countries(), client.content_types()):
        yield "Vocabulary", {"terms": terms}
    store = MemoryStore()
    client.sync(store)
    position = store.position()
    assert position
    unpublish()
    yield "Changes", client.changes(include="full")
    yield "Changes", client.changes(since=position.cursor or "")
    with pytest.raises(NotFound) as caught:
        client.item(content_id)
    yield "ProblemDocument", caught.value.problem


def misfits(value: Any, kind: Any, place: str = "") -> list[str]:
    """Return the differences between a value and a type; a record must not have keys that its type does not name."""
    origin, arguments = get_origin(kind), get_args(kind)
    if is_typeddict(kind):
        return _misfits_of_record(value, kind, place)
    if origin is NotRequired:
        return misfits(value, arguments[0], place)
    if origin in (Union, python.UnionType):
        tried = [misfits(value, option, place) for option in arguments]
        return [] if [] in tried else min(tried, key=len)
    if origin in (list, dict) and isinstance(value, origin):
        pairs = value.items() if origin is dict else enumerate(value)
        return [text for name, item in pairs for text in misfits(item, arguments[-1], f"{place}/{name}")]
    fits = value in arguments if origin is Literal else kind is Any or (not origin and isinstance(value, kind))
    return [] if fits else [f"{place}: {value!r} is no {kind}"]


def _misfits_of_record(value: Any, kind: Any, place: str) -> list[str]:
    if not isinstance(value, dict):
        return [f"{place}: {value!r} is no {kind.__name__}"]
    hints = get_type_hints(kind, include_extras=True)
    required = {name for name, hint in hints.items() if get_origin(hint) is not NotRequired}
    wrong = [f"{place}/{name}: missing" for name in required - value.keys()]
    if kind is not types.ProblemDocument:
        wrong += [f"{place}/{name}: unknown to {kind.__name__}" for name in value.keys() - hints.keys()]
    known = {name: item for name, item in value.items() if name in hints}
    return wrong + [text for name, item in known.items() for text in misfits(item, hints[name], f"{place}/{name}")]


def test_real_answers_fit_the_python_types(client: Client) -> None:
    for name, answer in answers(client):
        assert misfits(answer, ANSWERS[name], name) == []


@pytest.mark.typescript
def test_real_answers_fit_the_typescript_types(client: Client, tmp_path: Path) -> None:
    lines = [f'import type * as api from "{TYPESCRIPT.with_suffix("")}";']
    for number, (name, answer) in enumerate(answers(client)):
        lines.append(f"export const answer{number}: api.{name} = {json.dumps(answer)};")
    assert compiled("\n".join(lines), tmp_path) == ""


@pytest.mark.typescript
@pytest.mark.parametrize(
    ("code", "complaint"),
    [
        ('const locale: api.Locale = "de";', "not assignable"),
        ("declare const item: api.Item; item.issued;", "does not exist"),
        ('declare const item: api.Item; if (item.type === "publication") item.issued.length;', ""),
        (
            'const query: api.Operations["GET /items"]["query"] = { sort: "title", topic: ["a"] };',
            "",
        ),
        (
            'const query: api.Operations["GET /items"]["query"] = { sort: "wrong" };',
            "not assignable",
        ),
    ],
)
def test_typescript_types_know_what_an_item_is(code: str, complaint: str, tmp_path: Path) -> None:
    output = compiled(f'import type * as api from "{TYPESCRIPT.with_suffix("")}";\n{code}', tmp_path)
    assert complaint in output
    assert bool(complaint) == bool(output)


def compiled(code: str, folder: Path) -> str:
    """Compile TypeScript code, and return the compiler's errors."""
    path = folder / "check.ts"
    path.write_text(code, encoding="utf-8")
    project = folder / "tsconfig.json"
    own = {"extends": str(TYPESCRIPT.parents[1] / "tsconfig.json"), "files": [str(path)], "include": []}
    options = {"noEmit": True, "rootDir": "/", "types": [], "module": "es2022", "moduleResolution": "bundler"}
    options |= {"noUnusedLocals": False}
    project.write_text(json.dumps({**own, "compilerOptions": options}), encoding="utf-8")
    command = ["node", str(COMPILER), "--project", str(project)]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False).stdout


def test_schemas_of_every_kind_become_types() -> None:
    """Tests features that the real document lacks: inline objects, webhooks, recursion, unusual names, bodies."""
    answer = {"application/json": {"schema": {"$ref": "#/components/schemas/Node"}}}
    inline = {
        "type": "object",
        "properties": {"at": {"type": ["string", "null"]}, "n": {"const": 1}},
        "required": ["n"],
    }
    document = {
        "components": {
            "schemas": {
                "Node": {
                    "type": "object",
                    "required": ["children"],
                    "additionalProperties": True,
                    "properties": {
                        "children": {"type": "array", "items": {"$ref": "#/components/schemas/Node"}},
                        "anything": {},
                        "detail": inline,
                        "sizes": {"type": "object", "additionalProperties": {"type": "number"}},
                        "kind": {"$ref": "#/components/schemas/Kind"},
                    },
                },
                "Kind": {"enum": ["a", "b"]},
            }
        },
        "paths": {
            "/nodes/{id}.json": {
                "get": {
                    "parameters": [
                        {"in": "path", "name": "id", "required": True, "schema": {"type": "integer"}},
                        {
                            "in": "query",
                            "name": "deep-er",
                            "schema": {"type": ["boolean", "null"]},
                        },
                    ],
                    "responses": {"200": {"content": answer}, "304": {}},
                },
                "post": {"requestBody": {"content": {"application/json": {"schema": inline}}}, "responses": {}},
            }
        },
        "webhooks": {"content": {"post": {"requestBody": {"content": {"application/json": {"schema": inline}}}}}},
    }
    contract = read_contract(document)
    assert set(contract.records) == {"Node", "NodeDetail", "NodesByIdJsonPostBody", "ContentPostBody"}
    typescript = typescript_types(contract)
    assert "  children: Array<Node>;" in typescript
    assert "  detail?: NodeDetail;" in typescript
    assert '    query: { "deep-er"?: boolean };' in typescript
    assert "  at?: string | null;" in typescript
    assert "[key: string]: unknown;" in typescript
    text = python_types(contract)
    assert "children: list[Node]" in text
    assert "sizes: NotRequired[dict[str, float]]" in text
    compile(text, "types.py", "exec")

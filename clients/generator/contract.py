"""The parts of an OpenAPI 3.1 document that the generated clients need, independent of any programming language."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

Schema = dict[str, Any]
_REFERENCE = "#/components/schemas/"
_METHODS = ("get", "post")
_SCALARS = ("string", "integer", "number", "boolean", "null")
# Names for sets of values that have none in the document, and the place of an example of each.
_UNNAMED = {"Locale": "Upsert/properties/locale", "ContentType": "Upsert/properties/type"}


@dataclass(frozen=True)
class Scalar:
    """One of string, integer, number, boolean, null; or `any` if the schema says nothing about the value."""

    name: str


@dataclass(frozen=True)
class Literals:
    values: tuple[str | int | bool, ...]


@dataclass(frozen=True)
class Named:
    name: str


@dataclass(frozen=True)
class ListOf:
    item: Type


@dataclass(frozen=True)
class MapOf:
    key: Type
    value: Type


@dataclass(frozen=True)
class AnyOf:
    options: tuple[Type, ...]


Type = Scalar | Literals | Named | ListOf | MapOf | AnyOf
ANY = Scalar("any")


@dataclass(frozen=True)
class Field:
    name: str
    type: Type
    required: bool
    text: str = ""


@dataclass(frozen=True)
class Record:
    """An object; `is_open` means that it may have other keys too."""

    name: str
    fields: tuple[Field, ...]
    text: str = ""
    is_open: bool = False


@dataclass(frozen=True)
class Operation:
    method: str
    path: str
    text: str
    path_fields: tuple[Field, ...]
    query: Record
    answer: Type


@dataclass
class Contract:
    records: dict[str, Record] = field(default_factory=dict)
    aliases: dict[str, Type] = field(default_factory=dict)
    operations: list[Operation] = field(default_factory=list)


def read_contract(document: Schema) -> Contract:
    """Return all operations, and every schema used in their answers and request bodies or in webhooks."""
    return _Reader(document).read()


class _Reader:
    def __init__(self, document: Schema) -> None:
        self.document = document
        self.schemas: dict[str, Schema] = document.get("components", {}).get("schemas", {})
        self.contract = Contract()
        self.unnamed: list[tuple[Type, str]] = []

    def read(self) -> Contract:
        for name, place in _UNNAMED.items():
            schema = self._at(place)
            if name not in self.schemas and isinstance(kind := self.type_of(schema, name), Literals):
                self.unnamed.append((kind, name))
                self.contract.aliases[name] = kind
        for path, method, description in self._descriptions("paths"):
            self.contract.operations.append(self._operation(path, method, description))
        for name, method, description in self._descriptions("webhooks"):
            self._bodies(description, f"{camel_case(name)}{method.title()}")
        return self.contract

    def _at(self, place: str) -> Schema:
        found = self.schemas
        for step in place.split("/"):
            found = found.get(step, {})
        return found

    def _descriptions(self, section: str) -> list[tuple[str, str, Schema]]:
        paths = self.document.get(section, {}).items()
        return [(path, method, item[method]) for path, item in paths for method in _METHODS if method in item]

    def _operation(self, path: str, method: str, description: Schema) -> Operation:
        parameters = [self._resolved(item) for item in description.get("parameters", [])]
        fields = {
            place: tuple(self._parameter(item) for item in parameters if item["in"] == place)
            for place in ("path", "query")
        }
        name = camel_case(re.sub(r"\{(\w+)\}", r"by_\1", path)) or "Service"
        if method != "get":
            name += method.title()
        answers = self._bodies(description, name)
        text = str(description.get("description") or description.get("summary", ""))
        query = Record(f"{name}Query", fields["query"], f"Parameters of {method.upper()} {path}.")
        return Operation(method.upper(), path, text, fields["path"], query, answers)

    def _resolved(self, item: Schema) -> Schema:
        reference = item.get("$ref")
        while reference:
            item = self.document
            for step in reference.removeprefix("#/").split("/"):
                item = item[step]
            reference = item.get("$ref")
        return item

    def _parameter(self, item: Schema) -> Field:
        kind = self.type_of(item["schema"], camel_case(item["name"]))
        options = kind.options if isinstance(kind, AnyOf) else (kind,)
        sent = _union(option for option in options if option != Scalar("null"))
        return Field(item["name"], sent, bool(item.get("required")), str(item.get("description", "")))

    def _bodies(self, description: Schema, name: str) -> Type:
        """Return the type of the 200 answer, after also reading the bodies of the request and of the other answers."""
        self._content(description.get("requestBody", {}), f"{name}Body")
        responses = description.get("responses", {}).items()
        answers = {str(status): self._content(item, name) for status, item in responses}
        return answers.get("200", ANY)

    def _content(self, holder: Schema, name: str) -> Type:
        contents = self._resolved(holder).get("content", {}).items()
        kinds = [self.type_of(item.get("schema", {}), name) for media, item in contents if "json" in media]
        return kinds[0] if kinds else Scalar("string") if contents else ANY

    def type_of(self, schema: Schema, context: str) -> Type:
        """Return the type of a schema; `context` becomes the name of an object that has none."""
        kind = self._type_of(schema, context)
        return next((Named(name) for known, name in self.unnamed if known == kind), kind)

    def _type_of(self, schema: Schema, context: str) -> Type:
        if "$ref" in schema:
            return self._reference(schema["$ref"].removeprefix(_REFERENCE))
        values = [schema["const"]] if "const" in schema else schema.get("enum")
        if values:
            return Literals(tuple(values))
        options = schema.get("oneOf") or schema.get("anyOf") or schema.get("allOf")
        if options:
            return _union(self.type_of(option, context) for option in options)
        names = schema.get("type")
        if isinstance(names, list):
            return _union(self.type_of({**schema, "type": name}, context) for name in names)
        if names == "array":
            return ListOf(self.type_of(schema.get("items", {}), context))
        if names == "object":
            return self._object(schema, context)
        return Scalar(names) if names in _SCALARS else ANY

    def _object(self, schema: Schema, context: str) -> Type:
        if schema.get("properties"):
            self._record(context, schema)
            return Named(context)
        keys = self.type_of(schema.get("propertyNames", {"type": "string"}), context)
        values = schema.get("additionalProperties")
        return MapOf(keys, self.type_of(values, context) if isinstance(values, dict) else ANY)

    def _reference(self, name: str) -> Type:
        schema = self.schemas[name]
        if name in self.contract.records or name in self.contract.aliases:
            return Named(name)
        if schema.get("type") == "object" and schema.get("properties"):
            self._record(name, schema)
        else:
            self.contract.aliases[name] = ANY
            self.contract.aliases[name] = self._type_of(schema, name)
        return Named(name)

    def _record(self, name: str, schema: Schema) -> None:
        text = str(schema.get("description", ""))
        is_open = bool(schema.get("additionalProperties"))
        self.contract.records[name] = Record(name, (), text, is_open)
        required = set(schema.get("required", ()))
        fields = tuple(
            Field(key, self.type_of(item, name + camel_case(key)), key in required, str(item.get("description", "")))
            for key, item in schema["properties"].items()
        )
        self.contract.records[name] = Record(name, fields, text, is_open)


def _union(kinds: Any) -> Type:
    flat: dict[Type, None] = {}
    for kind in kinds:
        flat.update(dict.fromkeys(kind.options if isinstance(kind, AnyOf) else (kind,)))
    return ANY if ANY in flat else next(iter(flat)) if len(flat) == 1 else AnyOf(tuple(flat))


def camel_case(text: str) -> str:
    """Convert to camel case: press-releases, /items/by_content_id -> PressReleases, ItemsByContentId."""
    return "".join(part[:1].upper() + part[1:] for part in re.split(r"[^A-Za-z0-9]+", text))

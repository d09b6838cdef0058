"""Finds the changes in a new OpenAPI document that would break a client written for an old one."""

from __future__ import annotations

import re
from typing import Any

Json = dict[str, Any]

# Reviewed parameter patterns (older, newer) of which the newer accepts everything that the older did, and more.
_WIDENED = {
    ("^-?[0-9]{4}(?:,-?[0-9]{4})*$", "^(?:-?[0-9]{4}|_none)(?:,(?:-?[0-9]{4}|_none))*$"),
}

# Reviewed values of answers (place, value) that only clients get that use the feature introduced with them.
_ASKED_FOR = {("Delete.reason", "not_selected")}
# Content types added since the release: a client skips types that it does not know (docs/partners/guide.md).
_NEW_TYPES = {"event", "Event", "JobPosting"}
_NAMES = re.compile(r"\(\?:([a-z_]+(?:\|[a-z_]+)+)\)")


def breaking_changes(old: Json, new: Json) -> list[str]:
    """Return a line for each breaking change; none if a client of the old document works with the new one."""
    found: list[str] = []
    for path, methods in old["paths"].items():
        for method, operation in methods.items():
            place = f"{method.upper()} {path}"
            other = new["paths"].get(path, {}).get(method)
            found += [f"{place} is gone"] if other is None else _of_operation(place, operation, other)
    schemas = new["components"]["schemas"]
    for name, schema in old["components"]["schemas"].items():
        if name not in schemas:
            found.append(f"schema {name} is gone")
        elif name == "SearchParameters":
            found += _of_request(name, schema, schemas[name])
        else:
            found += _of_answer(name, schema, schemas[name])
    return found


def _of_operation(place: str, old: Json, new: Json) -> list[str]:
    found = []
    before, after = _parameters(old), _parameters(new)
    for name, parameter in before.items():
        if name not in after:
            found.append(f"{place}: parameter {name} is gone")
        else:
            found += _of_request(f"{place}: parameter {name}", parameter["schema"], after[name]["schema"])
    found += [
        f"{place}: parameter {name} is now required"
        for name, parameter in after.items()
        if parameter["required"] and not before.get(name, {}).get("required")
    ]
    return found + [
        f"{place}: status {status} is gone" for status in old["responses"] if status not in new["responses"]
    ]


def _parameters(operation: Json) -> dict[str, Json]:
    return {parameter["name"]: parameter for parameter in operation["parameters"] if "name" in parameter}


def _of_request(place: str, old: Json, new: Json) -> list[str]:
    """Return the changes that forbid something that a client may send."""
    found = []
    lost = _values(old) - _values(new) if "enum" in new else set()
    found += [f"{place} no longer takes {value}" for value in sorted(lost)]
    if "enum" in new and "enum" not in old:
        found.append(f"{place} takes only some values now")
    for bound in ("maximum", "maxLength", "maxItems", "minimum", "minLength", "pattern", "type", "default"):
        if bound in new and (bound not in old or _is_narrower(bound, old[bound], new[bound])):
            found.append(f"{place}: {bound} is narrower")
    for name, schema in old.get("properties", {}).items():
        if name not in new.get("properties", {}):
            found.append(f"{place}: property {name} is gone")
        else:
            found += _of_request(f"{place}.{name}", schema, new["properties"][name])
    found += [
        f"{place}: {name} is now required" for name in set(new.get("required", [])) - set(old.get("required", []))
    ]
    if "items" in old:
        found += _of_request(f"{place}[]", old["items"], new.get("items", {}))
    return found


def _is_narrower(bound: str, old: Any, new: Any) -> bool:
    if bound.startswith("max"):
        return bool(new < old)
    if bound.startswith("min"):
        return bool(new > old)
    return bool(new != old) and (old, new) not in _WIDENED and not _takes_more_names(old, new)


def _takes_more_names(old: str, new: str) -> bool:
    """Return whether the only difference of the newer pattern is that its choices of names contain more names."""
    before, after = ([set(names.split("|")) for names in _NAMES.findall(pattern)] for pattern in (old, new))
    same_form = _NAMES.sub("", old) == _NAMES.sub("", new)
    return same_form and all(names <= others for names, others in zip(before, after, strict=True))


def _of_answer(place: str, old: Json, new: Json) -> list[str]:
    """Return the changes that remove something that a client may rely on."""
    found = []
    for name, schema in old.get("properties", {}).items():
        if name not in new.get("properties", {}):
            found.append(f"{place}: property {name} is gone")
        else:
            found += _of_answer(f"{place}.{name}", schema, new["properties"][name])
    optional = set(old.get("required", [])) - set(new.get("required", []))
    found += [f"{place}: {name} is no longer always there" for name in sorted(optional)]
    for key in ("type", "$ref", "const", "format"):
        if old.get(key) != new.get(key):
            found.append(f"{place}: {key} is another")
    if _alternatives(new) - _alternatives(old) and "discriminator" not in old:
        found.append(f"{place} may be of another type")
    added = _values(new) - _values(old) - _NEW_TYPES
    if "enum" in old and {(place, value) for value in added} - _ASKED_FOR:
        found.append(f"{place} has new values")
    if "items" in old:
        found += _of_answer(f"{place}[]", old["items"], new.get("items", {}))
    return found


def _alternatives(schema: Json) -> set[str]:
    kinds: list[Any] = schema.get("anyOf") or schema.get("oneOf") or []
    return {str(kind) for kind in kinds if kind.get("const") not in _NEW_TYPES}


def _values(schema: Json) -> set[str]:
    values: list[Any] = schema.get("enum") or []
    return {str(value) for value in values}

"""Writes the contract as TypeScript interfaces."""

from __future__ import annotations

import json
import re

from .contract import ANY, AnyOf, Contract, Field, ListOf, Literals, MapOf, Named, Operation, Record, Scalar, Type

_SCALARS = {"integer": "number", "any": "unknown"}
_HEAD = "/** The types of the content API, made from its OpenAPI document by `make clients`. Do not edit. */\n"


def typescript_types(contract: Contract) -> str:
    parts = [_HEAD]
    parts += [f"export type {name} = {_type(kind)};\n" for name, kind in sorted(contract.aliases.items())]
    parts += [_interface(contract.records[name]) for name in sorted(contract.records)]
    parts += [_operations(contract.operations)]
    return "\n".join(parts)


def _interface(record: Record) -> str:
    lines = [*_comment(record.text, ""), f"export interface {record.name} {{"]
    for field in record.fields:
        lines += [*_comment(field.text, "  "), f"  {_field(field)};"]
    if record.is_open:
        lines.append("  [key: string]: unknown;")
    return "\n".join([*lines, "}"]) + "\n"


def _operations(operations: list[Operation]) -> str:
    """Return an interface with an entry for each operation: its path parameters, its query and its answer."""
    lines = ["/** Every operation: parameters of the path and of the query, and the body of a 200 answer. */"]
    lines.append("export interface Operations {")
    for operation in operations:
        lines += _comment(operation.text, "  ")
        lines.append(f"  {_key(f'{operation.method} {operation.path}')}: {{")
        lines.append(f"    path: {_fields(operation.path_fields)};")
        lines.append(f"    query: {_fields(operation.query.fields, sent=True)};")
        lines += [f"    answer: {_type(operation.answer)};", "  };"]
    return "\n".join([*lines, "}"]) + "\n"


def _fields(fields: tuple[Field, ...], *, sent: bool = False) -> str:
    if not fields:
        return "Record<string, never>"
    return "{ " + "; ".join(_field(field, sent=sent) for field in fields) + " }"


def _field(field: Field, *, sent: bool = False) -> str:
    shown = _type(field.type)
    if sent and isinstance(field.type, ListOf):
        shown = f"{_type(field.type.item)} | {shown}"
    return f"{_key(field.name)}{'' if field.required else '?'}: {shown}"


def _key(name: str) -> str:
    return name if re.fullmatch(r"[A-Za-z_]\w*", name) else json.dumps(name)


def _type(kind: Type) -> str:
    match kind:
        case Scalar(name) | Named(name):
            return _SCALARS.get(name, name)
        case Literals(values):
            return " | ".join(json.dumps(value, ensure_ascii=False) for value in values)
        case ListOf(item):
            return f"Array<{_type(item)}>"
        case MapOf(key, value):
            record = f"Record<{_type(key)}, {_type(value)}>"
            return record if key == Scalar("string") else f"Partial<{record}>"
        case AnyOf(options):
            return " | ".join(_type(option) for option in options)
    return _type(ANY)


def _comment(text: str, indent: str) -> list[str]:
    shown = " ".join(text.split()).replace("*/", "* /")
    return [f"{indent}/** {shown} */"] if shown else []

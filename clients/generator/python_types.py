"""Writes the contract as TypedDicts."""

from __future__ import annotations

import keyword
import re
import subprocess
import sys
import textwrap
from pathlib import Path

from .contract import ANY, AnyOf, Contract, Field, ListOf, Literals, MapOf, Named, Record, Scalar, Type

_SCALARS = {"string": "str", "integer": "int", "number": "float", "boolean": "bool", "null": "None", "any": "Any"}
_TYPING = ("Any", "Literal", "NotRequired", "TypeAlias", "TypedDict")
_HEAD = '''"""The types of the content API, made from its OpenAPI document by `make clients`. Do not edit."""

from __future__ import annotations

from typing import {names}
'''


def python_types(contract: Contract) -> str:
    records = [contract.records[name] for name in sorted(contract.records)]
    queries = sorted((item.query for item in contract.operations if item.query.fields), key=lambda item: item.name)
    aliases = sorted(contract.aliases.items())
    parts: list[str] = []
    # Unions refer to records and are evaluated when the module is imported, so they come last.
    parts += [f"{name}: TypeAlias = {_type(kind)}\n" for name, kind in aliases if isinstance(kind, Literals)]
    parts += [_record(record) for record in records]
    parts += [_record(query, sent=True) for query in queries]
    parts += [f"{name}: TypeAlias = {_type(kind)}\n" for name, kind in aliases if not isinstance(kind, Literals)]
    text = "\n".join(parts)
    names = [name for name in _TYPING if re.search(rf"\b{name}\b", text)]
    return _formatted(_HEAD.format(names=", ".join(names)) + text)


def _record(record: Record, *, sent: bool = False) -> str:
    if not all(field.name.isidentifier() and not keyword.iskeyword(field.name) for field in record.fields):
        pairs = ", ".join(f"{field.name!r}: {_field(field, sent)!r}" for field in record.fields)
        return f'{record.name} = TypedDict("{record.name}", {{{pairs}}})\n'
    text = textwrap.fill(record.text or "An object of the API.", 112, subsequent_indent="    ").replace("\\", "\\\\")
    end = "\n    " if "\n" in text else ""
    lines = [f"class {record.name}(TypedDict):", f'    """{text}{end}"""', ""]
    lines += [f"    {field.name}: {_field(field, sent)}" for field in record.fields]
    return "\n".join(lines) + "\n"


def _field(field: Field, sent: bool) -> str:
    shown = _type(field.type)
    if sent and isinstance(field.type, ListOf):
        shown = f"{_type(field.type.item)} | {shown}"
    return shown if field.required else f"NotRequired[{shown}]"


def _type(kind: Type) -> str:
    match kind:
        case Scalar(name) | Named(name):
            return _SCALARS.get(name, name)
        case Literals(values):
            return f"Literal[{', '.join(map(_literal, values))}]"
        case ListOf(item):
            return f"list[{_type(item)}]"
        case MapOf(key, value):
            return f"dict[{_type(key)}, {_type(value)}]"
        case AnyOf(options):
            return " | ".join(_type(option) for option in options)
    return _type(ANY)


def _literal(value: str | int | bool) -> str:
    return f'"{value}"' if isinstance(value, str) else repr(value)


def _formatted(text: str) -> str:
    """Format a module with the project's formatter."""
    command = [str(Path(sys.executable).parent / "ruff"), "format", "--quiet", "--stdin-filename", "types.py", "-"]
    return subprocess.run(command, input=text, capture_output=True, text=True, check=True).stdout

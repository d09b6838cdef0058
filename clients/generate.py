"""`make clients`: write the types of the Python and TypeScript clients from the OpenAPI document."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import django

from clients.generator.contract import read_contract
from clients.generator.python_types import python_types
from clients.generator.typescript_types import typescript_types

FOLDER = Path(__file__).resolve().parent
PYTHON = FOLDER / "python" / "mena_content" / "types.py"
TYPESCRIPT = FOLDER / "typescript" / "src" / "types.ts"


def generated() -> dict[Path, str]:
    """Return the text of each generated file by its path."""
    from api.api import openapi

    contract = read_contract(openapi())
    return {PYTHON: python_types(contract), TYPESCRIPT: typescript_types(contract)}


def main() -> None:
    sys.path.insert(0, str(FOLDER.parent / "site"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
    django.setup()
    for path, text in generated().items():
        changed = not path.exists() or path.read_text(encoding="utf-8") != text
        path.write_text(text, encoding="utf-8")
        print(f"{'written  ' if changed else 'unchanged'} {path.relative_to(FOLDER.parent)}")


if __name__ == "__main__":
    main()

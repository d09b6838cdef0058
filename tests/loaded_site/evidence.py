"""Records what the result of a program depends on, to tell later whether the program would give the same result.

The record lists the functions of this checkout that were called and the files that were opened. The result stays the
same as long as the only changes are to bodies of functions that were not called and to texts that were not read. All
other code of a module counts, because it may decide what is called.
"""

from __future__ import annotations

import ast
import cProfile
import hashlib
import json
import os
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import CodeType, TracebackType
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
# Folders that do not count unless their code is called or their files are opened; tests/loaded_site always counts.
_NOT_THE_SITE = {"clients", "deploy", "docs", "examples", "static", "tests", "var"}
# Files that are read only when needed; all others that are not Python are assumed to have been read.
_READ_WHEN_NEEDED = {".html", ".txt", ".xml", ".po", ".mo"}


@dataclass(frozen=True)
class Evidence:
    """The record of a program.

    `files` are digests by path; `outlines` are those of Python files without the bodies of functions that were not
    called; `called` are the qualified names of called functions by path; `whole` are the files whose every byte counts.
    """

    machine: str
    files: dict[str, str]
    outlines: dict[str, str]
    called: dict[str, list[str]]
    whole: list[str]

    def holds(self) -> bool:
        """Return whether the program would give the same result now."""
        if self.machine != _machine():
            return False
        now = _files(self.whole)
        if now.keys() != self.files.keys():
            return False
        return not any(self._decides(path) for path, digest in now.items() if digest != self.files[path])

    def _decides(self, path: str) -> bool:
        if path in self.whole:
            return True
        if path.endswith(".py"):
            return _outline(path, self.called.get(path, [])) != self.outlines.get(path)
        return Path(path).suffix not in _READ_WHEN_NEEDED

    def write(self, path: Path) -> None:
        path.write_text(json.dumps(asdict(self)))

    @classmethod
    def read(cls, path: Path) -> Evidence:
        return cls(**json.loads(path.read_text()))


class Recording:
    """Records while its context is open: everything in this thread, and the modules that subprocesses run.

    Without `closely`, as in CI, where nothing changes, it records no calls and assumes that everything counts.
    """

    def __init__(self, earlier: Evidence | None = None, *, closely: bool = True) -> None:
        """Start from `earlier`, the evidence of the result that the program continues from."""
        self._closely = closely
        self.called: dict[str, set[str]] = defaultdict(set)
        self.whole: set[str] = set(earlier.whole) if earlier else set()
        for path, names in (earlier.called if earlier else {}).items():
            self.called[path] |= set(names)
        self._programs: set[str] = set()
        self._active = False

    def __enter__(self) -> Recording:
        self._files = _files(())
        self._active = True
        sys.addaudithook(self._hear)
        self._profile = cProfile.Profile(builtins=False)
        if self._closely:
            self._profile.enable()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._profile.disable()
        self._active = False
        for entry in self._profile.getstats():
            code = entry.code
            if isinstance(code, CodeType) and (path := _within(code.co_filename)):
                self.called[path].add(code.co_qualname)

    def evidence(self) -> Evidence:
        """Return the record. If a file changed in the meantime it is never valid: either version may have been read."""
        site = self._files.keys()
        everything = set() if self._closely else site
        whole = self.whole | (self.called.keys() - site) | everything | _sources_of(self._programs)
        called = {path: sorted(names) for path, names in self.called.items()}
        now = _files(whole)
        files = now | self._files
        outlines = {
            path: _outline(path, called.get(path, []))
            for path in files
            if path.endswith(".py") and files[path] == now.get(path)
        }
        return Evidence(_machine(), files, outlines, called, sorted(whole))

    def _hear(self, event: str, arguments: tuple[Any, ...]) -> None:
        if not self._active:
            return
        if event == "open" and isinstance(arguments[0], str) and not arguments[0].endswith((".py", ".pyc")):
            path = _within(arguments[0])
            if path and (ROOT / path).is_file():
                self.whole.add(path)
        elif event == "subprocess.Popen" and "-m" in arguments[1]:
            self._programs.add(arguments[1][list(arguments[1]).index("-m") + 1])


def _within(file: str) -> str:
    """Return the path of a file relative to this checkout, or an empty string if it does not belong to it."""
    path = os.path.relpath(os.path.abspath(file), ROOT)
    return "" if file.startswith("<") or path.startswith((".", "var/")) else path


def _files(whole: Iterable[str]) -> dict[str, str]:
    return {path: _digest(ROOT / path) for path in sorted({*_site_files(), *whole}) if (ROOT / path).exists()}


def _site_files() -> Iterator[str]:
    """Yield the paths of all files in the folders of the site and in this package."""
    folders = [path for path in ROOT.iterdir() if path.is_dir() and path.name not in _NOT_THE_SITE]
    for top in [*folders, ROOT / "tests" / "loaded_site"]:
        if top.name.startswith("."):
            continue
        for folder, below, files in os.walk(top):
            below[:] = [name for name in below if name != "__pycache__"]
            yield from (os.path.relpath(os.path.join(folder, name), ROOT) for name in files)


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _machine() -> str:
    """Return a digest of the Python version, installed packages, checkout path and date, on which the site depends."""
    installed = sorted(found.name for folder in sys.path for found in Path(folder).glob("*.dist-info"))
    today = datetime.now(UTC).date().isoformat()
    return hashlib.sha256(json.dumps([sys.version, installed, today, str(ROOT)]).encode()).hexdigest()


def _outline(path: str, called: Iterable[str]) -> str:
    """Return the digest of a Python file without the bodies of functions that are not in `called`."""
    tree = _Outline(set(called)).visit(ast.parse((ROOT / path).read_bytes()))
    return hashlib.sha256(ast.dump(tree).encode()).hexdigest()


class _Outline(ast.NodeTransformer):
    """Empties the functions of modules and classes that were not called; keeps all code inside those that were."""

    def __init__(self, called: set[str]) -> None:
        self._called = called
        self._names: list[str] = []

    def visit_ClassDef(self, node: ast.ClassDef) -> ast.AST:
        self._names.append(node.name)
        self.generic_visit(node)
        self._names.pop()
        return node

    def visit_FunctionDef(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> ast.AST:
        if ".".join([*self._names, node.name]) not in self._called:
            node.body = []
        return node

    visit_AsyncFunctionDef = visit_FunctionDef


def _sources_of(modules: set[str]) -> set[str]:
    """Return the files of this checkout that are imported when `python -m` runs one of the modules."""
    imports = ", ".join(["sys", *sorted(modules)])
    program = f"import {imports}; print(*(getattr(each, '__file__', '') for each in sys.modules.values()), sep='\\n')"
    found = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT / "site", capture_output=True, text=True, check=True
    )
    return {path for line in found.stdout.splitlines() if line and (path := _within(line))}

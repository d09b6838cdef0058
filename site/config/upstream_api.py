"""Keep Wagtail's own API out of web processes, which do not serve it.

Five of Wagtail's apps import version 3 of it when they start, whether it is installed or not, and with it two
frameworks: 28 MB of a fresh process, 15 after its first page. Delete this module once they ask first, as
`wagtail.users` does.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from importlib.util import spec_from_loader
from types import ModuleType

_NOT_SERVED = re.compile(r"wagtail\.([\w.]+\.)?api\.v3(\.\w+)*|wagtail\.contrib\.redirects\.api")


@contextmanager
def without_wagtails_api() -> Iterator[None]:
    """Give whoever imports that API a stand-in that ignores what is registered; afterwards it can be imported again."""
    finder = _Finder()
    sys.meta_path.insert(0, finder)
    try:
        yield
    finally:
        sys.meta_path.remove(finder)
        for name in [name for name, module in sys.modules.items() if isinstance(module, _StandIn)]:
            del sys.modules[name]


class _StandIn(ModuleType):
    def __getattr__(self, name: str) -> _Ignoring:
        if name.startswith("__"):
            raise AttributeError(name)
        return _Ignoring()


class _Ignoring:
    """Ignores every registration: `api.add_router(…)`, `register_content_types()`."""

    def __getattr__(self, name: str) -> _Ignoring:
        return self

    def __call__(self, *args: object, **kwargs: object) -> None:
        pass


class _Finder(MetaPathFinder, Loader):
    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        return spec_from_loader(fullname, self, is_package=True) if _NOT_SERVED.fullmatch(fullname) else None

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        return _StandIn(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        """Do nothing: the stand-in is complete."""

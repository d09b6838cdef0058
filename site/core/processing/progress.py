from __future__ import annotations

from types import TracebackType
from typing import Any


class Progress:
    """One line on a terminal that shows how far a command is; silent if the output is not a terminal."""

    def __init__(self, stream: Any, verbosity: int) -> None:
        self.stream = stream
        self.shown = stream.isatty() and verbosity > 0

    def __enter__(self) -> Progress:
        return self

    def __call__(self, done: int, total: int, name: str = "") -> None:
        if self.shown:
            self.stream.write(f"\r\033[K{done}/{total} {name}", ending="")
            self.stream.flush()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.shown:
            self.stream.write("\r\033[K", ending="")

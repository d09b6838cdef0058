"""The result of loading a bundle."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field


@dataclass
class Summary:
    """The result of a load. `counts` is keyed by (kind, action), where action is created, updated or unchanged."""

    counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    named_topics: list[str] = field(default_factory=list)
    without_description: list[str] = field(default_factory=list)
    files_added: int = 0

    @property
    def changed(self) -> int:
        return sum(number for (_, action), number in self.counts.items() if action != "unchanged")

"""The examples in the partners' guides, and their comparison with real answers."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

_ROOT = Path(__file__).resolve().parents[2]
_FILES = [*sorted((_ROOT / "docs/partners").glob("*.md")), *(_ROOT / "clients").glob("*/README.md")]
# By file name; the READMEs of the clients by the name of their folder.
GUIDES = {
    path.name if path.parent.name == "partners" else path.parent.name: path.read_text(encoding="utf-8")
    for path in _FILES
}
EXAMPLE_SITE = "https://www.example.org"
# Keys whose values differ each time the same content is loaded.
_VOLATILE = (
    "seq",
    "as_of_seq",
    "updated_at",
    "content_updated_at",
    "published_at",
    "next_cursor",
    "next_since",
    "etag",
)


def fences(text: str) -> list[tuple[str, str]]:
    """Return the language and text of every fenced block."""
    return re.findall(r"```(\w*)\n(.*?)```", text, re.DOTALL)


ANSWERED: list[tuple[str, str]] = [
    example
    for text in GUIDES.values()
    for example in re.findall(r"curl '(https://www\.example\.org[^'…]*)'\n\n```json\n(.*?)```", text, re.DOTALL)
]
COMMANDS: list[str] = [command for text in GUIDES.values() for command in re.findall(r"\n    (curl .*)", text)]
INLINE: list[tuple[str, str]] = [
    example for text in GUIDES.values() for example in re.findall(r"`(/\S+)` → `(\{.*?\})`", text, re.DOTALL)
]
SESSIONS: list[tuple[str, str]] = re.findall(r"\$ curl '([^']*)'\n(.*?)(?=\n\n|\n```)", GUIDES["sync.md"], re.DOTALL)
PROGRAMS: dict[str, list[tuple[str, str]]] = {
    kind: [(name, body) for name, text in GUIDES.items() for language, body in fences(text) if language == kind]
    for kind in ("js", "python")
}


def parsed(shown: str) -> Any:
    """Parse JSON in which the rest of a list may be left out with …"""
    return json.loads(re.sub(r",?\s*…\]", "]", shown))


def differences(shown: Any, answered: Any, place: str = "") -> list[str]:
    """Return the differences between an abridged answer, in which … marks omissions, and the real one."""
    if isinstance(shown, dict):
        if not isinstance(answered, dict):
            return [f"{place}: {answered!r}"]
        missing = [f"{place}/{name}: missing" for name in shown if name not in answered and name != "…"]
        kept = {name: value for name, value in shown.items() if name in answered and name not in _VOLATILE}
        return missing + [
            text for name, value in kept.items() for text in differences(value, answered[name], f"{place}/{name}")
        ]
    if isinstance(shown, list):
        if not isinstance(answered, list) or len(answered) < len(shown):
            return [f"{place}: {answered!r}"]
        pairs = zip(shown, answered, strict=False)
        return [text for one, other in pairs for text in differences(one, other, place)]
    return [] if _fits(shown, answered) else [f"{place}: {answered!r}, not {shown!r}"]


def _fits(shown: Any, answered: Any) -> bool:
    if not isinstance(shown, str):
        return bool(shown == answered)
    if not isinstance(answered, str):
        return False
    pattern = ".*".join(re.escape(part) for part in shown.replace(EXAMPLE_SITE, "http://testserver").split("…"))
    return re.fullmatch(pattern, answered, re.DOTALL) is not None

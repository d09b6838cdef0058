"""Values that a program would send to break a site, whole or made of a value that belongs there."""

from __future__ import annotations

from random import Random
from urllib.parse import quote

from tests.hostile_texts import HOSTILE

_TEXTS = [text for kind in ("syntax", "databases", "control", "direction", "quotes") for text in HOSTILE[kind]]
NUMBERS = [
    "0", "-1", "-0", "+1", "1e3", "1e999", "NaN", "Infinity", "0x10", "1.5", "1_000", "٣", "１", " 1", "1 ", "00000001",
    "2147483647", "2147483648", "9223372036854775807", "9223372036854775808", "-9223372036854775809", "9" * 60,
    "9" * 5000,
]  # fmt: skip
DAYS = [
    "2026-02-30", "0000-00-00", "9999-12-31", "10000-01-01", "-0001-01-01", "2026-13-01", "٢٠٢٦-٠١-٠١", "today",
    "2026-01-01T00:00:00Z", "2026-01-01T25:61:61+99:99", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00",
]  # fmt: skip
PLACES = [
    "//elsewhere.example/", "https://elsewhere.example/", "/\\elsewhere.example/", "///elsewhere.example",
    "javascript:alert(1)", "/en/..//elsewhere.example", "\t//elsewhere.example", "http:elsewhere.example",
    "https:///elsewhere.example", "//elsewhere.example%2f..", "data:text/html,x", "/%0d%0aLocation:%20//elsewhere",
]  # fmt: skip
WORDS = [
    "", "None", "null", "true", "[]", "{}", "[1]", '{"a": 1}', '"', "<script>alert(1)</script>", "../../etc/passwd",
    "..%2f..%2f", "a/b", "a;b", "a,b,,c", ",", "en", "ar", "xx", "EGY", "__all__", "pk", "-pk", "self__pk", "?", "#",
    "{{ 7*7 }}", "%", "%%", "x" * 300, "م" * 300, "x" * 9000, "3f0c1f9e-5f0a-4f5b-9c7e-2f1f5a1c9b1d", "😀",
]  # fmt: skip
_RAW_SEGMENTS = [
    "%", "%2", "%zz", "%ff", "%c3%28", "%ed%a0%80", "%f4%90%80%80", "%00", "a%00b", "..", "%2e%2e", "%2e%2e%2f%2e%2e",
    ".", "", "%2f", "%5c", "a" * 300, "a" * 8000, "%d9%85" * 1500, "%0d%0a", "%20", "+", ";a=b", "%3f", "%23", "~", "*",
    "%e2%80%ae", "%F0%9F%98%80", "index.php", ".git", "null", "-1", "0", "1", "2", "99999999999999999999", "%d9%a1",
]  # fmt: skip


def hostile_text(random: Random, near: str = "") -> str:
    """Return a hostile value; `near`: one that belongs there, which some are made from."""
    kind = random.choice((NUMBERS, DAYS, PLACES, WORDS, WORDS, _TEXTS, _TEXTS, "near"))
    if not isinstance(kind, str):
        return random.choice(kind)
    at = random.randint(0, len(near))
    changed = (
        near + random.choice(_TEXTS),
        near[:at],
        near[:at] + random.choice(("\x00", "\n", "'", '"', "\u202e", "\ud800", "é", " ")) + near[at:],
        near.swapcase(),
        near * 50,
    )
    return random.choice(changed)


def encoded(text: str) -> str:
    """Return a text percent-encoded; halves of surrogate pairs as the broken UTF-8 that they would be."""
    return quote(text.encode("utf-8", "surrogatepass"), safe="")


def hostile_path(random: Random, address: str, others: list[str]) -> str:
    """Return a path made from an address, percent-encoded or broken: one or two of its segments are changed."""
    segments = quote(address.partition("?")[0], safe="/%").split("/")
    for _ in range(random.choice((1, 1, 2))):
        at = random.randrange(1, len(segments)) if len(segments) > 1 else 0
        segments[at] = _hostile_segment(random, segments[at], others)
    changed = "/".join(segments)
    if random.random() < 0.05:
        changed = changed.replace("/", "//")
    return changed if changed.startswith("/") else f"/{changed}"


def _hostile_segment(random: Random, segment: str, others: list[str]) -> str:
    way = random.randrange(6)
    if way == 0:
        return encoded(hostile_text(random, segment))
    if way == 1:
        return encoded(random.choice(NUMBERS))
    if way == 2:
        # What belongs at another address.
        return quote(random.choice(random.choice(others).partition("?")[0].split("/")), safe="%")
    if way == 3:
        return segment + random.choice(_RAW_SEGMENTS)
    return random.choice(_RAW_SEGMENTS)

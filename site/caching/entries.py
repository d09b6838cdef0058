"""A page as it is kept: its headers, and its bytes as they are sent."""

from __future__ import annotations

import gzip
import json
from dataclasses import dataclass, field
from hashlib import sha256
from http import HTTPStatus
from typing import Any

import brotli  # type: ignore[import-untyped]

Headers = list[tuple[str, str]]

IDENTITY, GZIP, BROTLI = "", "gzip", "br"
_BROTLI_QUALITY, _GZIP_LEVEL = 5, 6
# Headers that a 304 repeats (RFC 9110, section 15.4.5).
_OF_VALIDATION = frozenset({"cache-control", "content-location", "vary", "x-accel-expires"})
# Headers that say how the bytes are sent, which the entry decides.
_OF_BYTES = frozenset({"content-length", "content-encoding", "etag", "vary"})
# What headers and bookkeeping of an entry take in memory, in bytes.
_OVERHEAD = 4096


@dataclass
class Entry:
    """`label`: the generation that it shows; `changes_at` and `ends_at`: seconds since 1970, infinite if never
    (core.web.lifetime); `key`: whose page it is.
    """

    key: str
    label: str
    changes_at: float
    ends_at: float
    headers: Headers
    digest: str
    bodies: dict[str, bytes]
    varies: str = ""
    # When its file was last marked as asked for; nobody has asked for a new one yet.
    marked_at: float = field(default=0.0, compare=False)
    _sent: dict[str, Headers] = field(default_factory=dict, repr=False, compare=False)

    @property
    def size(self) -> int:
        return sum(len(body) for body in self.bodies.values()) + _OVERHEAD

    def is_fresh(self, label: str, now: float) -> bool:
        return self.label == label and now < self.changes_at

    def body(self, encoding: str) -> bytes:
        return self.bodies[encoding] if encoding else gzip.decompress(self.bodies[GZIP])

    def headers_for(self, encoding: str, length: int) -> Headers:
        """Return the headers of a whole answer, made once for each encoding."""
        if encoding not in self._sent:
            encoded = [("Content-Encoding", encoding)] if encoding else []
            self._sent[encoding] = [
                *self.headers,
                *encoded,
                ("Vary", self.varies),
                ("ETag", self.tag(encoding)),
                ("Content-Length", str(length)),
            ]
        return self._sent[encoding]

    def headers_of_validation(self, encoding: str) -> Headers:
        kept = [(name, value) for name, value in self.headers if name.lower() in _OF_VALIDATION]
        return [*kept, ("Vary", self.varies), ("ETag", self.tag(encoding))]

    def tag(self, encoding: str) -> str:
        return f'"{self.digest}{"-" + encoding if encoding else ""}"'

    def to_bytes(self) -> bytes:
        """Return the entry as its file holds it: a line of JSON, then the bytes in each encoding."""
        lengths = {encoding: len(body) for encoding, body in self.bodies.items()}
        head: dict[str, Any] = {name: getattr(self, name) for name in _STORED} | {"lengths": lengths}
        return json.dumps(head).encode() + b"\n" + b"".join(self.bodies.values())

    @classmethod
    def from_bytes(cls, stored: bytes) -> Entry:
        """Return the entry of a file. Raise ValueError, KeyError or TypeError if the file holds none."""
        line, _, rest = stored.partition(b"\n")
        head = json.loads(line)
        bodies, start = {}, 0
        for encoding, length in head.pop("lengths").items():
            bodies[encoding] = rest[start : start + length]
            start += length
        if start != len(rest):
            raise ValueError("The file is not whole.")
        head["headers"] = [(name, value) for name, value in head["headers"]]
        return cls(bodies=bodies, **head)


_STORED = ("key", "label", "changes_at", "ends_at", "headers", "digest", "varies")


def entry_of(key: str, label: str, moments: tuple[float, float], headers: Headers, page: bytes) -> Entry:
    """Return the entry of a page as the application sent it, uncompressed."""
    kept = [(name, value) for name, value in headers if name.lower() not in _OF_BYTES]
    told = [value for name, value in headers if name.lower() == "vary"]
    parts = [part.strip() for part in ", ".join([*told, "Accept-Encoding"]).split(",")]
    bodies = {
        BROTLI: brotli.compress(page, mode=brotli.MODE_TEXT, quality=_BROTLI_QUALITY),
        GZIP: gzip.compress(page, _GZIP_LEVEL, mtime=0),
    }
    said = json.dumps(sorted(kept)).encode()
    digest = sha256(said + page).hexdigest()[:32]
    return Entry(key, label, *moments, kept, digest, bodies, ", ".join(dict.fromkeys(parts)))


STATUS_OK = f"{HTTPStatus.OK.value} {HTTPStatus.OK.phrase}"
STATUS_NOT_MODIFIED = f"{HTTPStatus.NOT_MODIFIED.value} {HTTPStatus.NOT_MODIFIED.phrase}"

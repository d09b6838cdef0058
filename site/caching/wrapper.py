"""Answer for pages that are kept, outside Django: what is found costs no middleware and no query."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.http import HttpResponse

from core.web.lifetime import Lifetime, is_for_all, may_be_kept, rendering

from .disk import Disk
from .entries import STATUS_NOT_MODIFIED, STATUS_OK, Entry, Headers, entry_of
from .memory import Sections
from .requests import Asked, Environ, asked_for
from .watch import Known, Watch

StartResponse = Callable[..., Any]
Application = Callable[[Environ, StartResponse], Iterable[bytes]]

# How long others wait for the one who makes a page, in seconds.
_PATIENCE = 10.0
_NEVER = float("inf")
# What stands at the address of a page that is withdrawn or has moved.
_INSTEAD_OF_PAGES = ("301", "302", "404", "410")
# How many addresses are remembered as not kept.
_PASSED_ON = 4096


class PageCache:
    """A WSGI application in front of Django's. `release`: what pages are made with (caching.release); `is_proxied`:
    whether nginx in front keeps pages too, and is to ask again each second.
    """

    def __init__(
        self, application: Application, watch: Watch, memory: Sections, disk: Disk, *, release: str, is_proxied: bool
    ) -> None:
        self._application = application
        self._watch, self._memory, self._disk = watch, memory, disk
        self._release, self._is_proxied = release, is_proxied
        self._being_made: dict[str, threading.Lock] = {}
        self._guard = threading.Lock()
        # Pages that were not kept when they were made last: nobody waits for another one's.
        self._passed_on: set[str] = set()

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        asked = asked_for(environ)
        if asked is None:
            return self._application(environ, start_response)
        known = self._watch.look()
        if known.is_away:
            entry = self._last_copy(asked)
            return self._send(entry, asked, start_response) if entry else self._application(environ, start_response)
        if not known.label:
            return self._application(environ, start_response)
        if asked.is_personal:
            return self._make_for_one(asked, environ, start_response)
        entry = self._fresh(asked, known)
        if entry:
            return self._send(entry, asked, start_response)
        if asked.key in self._passed_on:
            return self._make(asked, known, environ, start_response)
        with self._alone(asked.key):
            return self._made_once(asked, environ, start_response)

    def _made_once(self, asked: Asked, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Send what another request has made meanwhile, or make the page."""
        known = self._watch.look()
        entry = self._fresh(asked, known) or self._fresh_on_disk(asked, known)
        return self._send(entry, asked, start_response) if entry else self._make(asked, known, environ, start_response)

    def _fresh(self, asked: Asked, known: Known) -> Entry | None:
        entry = self._memory.of(asked.has_query).get(asked.key)
        return entry if entry and entry.is_fresh(self._label(known), time.time()) else None

    def _fresh_on_disk(self, asked: Asked, known: Known) -> Entry | None:
        entry = self._disk.get(asked.key)
        if entry is None or not entry.is_fresh(self._label(known), time.time()):
            return None
        self._memory.of(asked.has_query).put(entry)
        return entry

    def _last_copy(self, asked: Asked) -> Entry | None:
        """Return the newest copy of a page while the database is away. The folder knows what has been withdrawn, which
        another process's memory does not.
        """
        entry = self._disk.get(asked.key)
        return entry if entry and time.time() < entry.ends_at else None

    def _make(self, asked: Asked, known: Known, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        response, status, headers, lifetime = self._rendered({**environ, "REQUEST_METHOD": "GET"})
        if last := self._instead(asked, lifetime):
            _close(response)
            return self._send(last, asked, start_response)
        if not (lifetime.is_kept and isinstance(response, HttpResponse) and may_be_kept(response)):
            return self._pass_on(asked, response, status, headers, start_response)
        page = response.content
        _close(response)
        moments = (_seconds(lifetime.changes_at), _seconds(lifetime.ends_at))
        entry = entry_of(asked.key, self._label(known), moments, headers, page)
        if known.label:
            self._passed_on.discard(asked.key)
            self._memory.of(asked.has_query).put(entry)
            self._disk.put(entry)
        return self._send(entry, asked, start_response)

    def _pass_on(
        self, asked: Asked, response: Iterable[bytes], status: str, headers: Headers, start_response: StartResponse
    ) -> Iterable[bytes]:
        """Send what is not kept, and forget the copy of what is no page for everybody any more."""
        if status[0] in "234":
            self._memory.of(asked.has_query).forget(asked.key)
            self._disk.forget(asked.key)
            if len(self._passed_on) >= _PASSED_ON:
                self._passed_on.clear()
            self._passed_on.add(asked.key)
        if status.startswith(_INSTEAD_OF_PAGES) and isinstance(response, HttpResponse) and is_for_all(response):
            # nginx puts it in the place of the page that it may still have.
            headers = self._timely(headers)
        start_response(status, headers)
        if asked.is_head:
            _close(response)
            return []
        return response

    def _make_for_one(self, asked: Asked, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Send staff what only they see, or the copy for everybody where the database has just been lost."""
        response, status, headers, lifetime = self._rendered(environ, is_kept=False)
        if last := self._instead(asked, lifetime):
            _close(response)
            return self._send(last, asked, start_response)
        start_response(status, headers)
        return response

    def _instead(self, asked: Asked, lifetime: Lifetime) -> Entry | None:
        """Return the copy to send instead of what was made, if the database was lost meanwhile."""
        if not lifetime.database_is_away:
            return None
        self._watch.lost()
        return self._last_copy(asked)

    def _rendered(self, environ: Environ, *, is_kept: bool = True) -> tuple[Iterable[bytes], str, Headers, Lifetime]:
        started: list[tuple[str, Headers]] = []

        def start(status: str, headers: Headers, exc_info: Any = None) -> None:
            started.append((status, headers))

        with rendering(is_kept=is_kept) as lifetime:
            response = self._application(environ, start)
        return response, *started[-1], lifetime

    def _send(self, entry: Entry, asked: Asked, start_response: StartResponse) -> Iterable[bytes]:
        self._disk.mark(entry)
        if asked.known_tags and asked.knows(entry.digest):
            start_response(STATUS_NOT_MODIFIED, self._timely(entry.headers_of_validation(asked.encoding)))
            return []
        body = entry.body(asked.encoding)
        start_response(STATUS_OK, self._timely(entry.headers_for(asked.encoding, len(body))))
        return [] if asked.is_head else [body]

    def _timely(self, headers: Headers) -> Headers:
        """Return the headers with the end of this second as the moment at which nginx is to ask again."""
        if not self._is_proxied:
            return headers
        return [*headers, ("X-Accel-Expires", f"@{int(time.time())}")]

    def _label(self, known: Known) -> str:
        return f"{self._release}-{known.label}"

    @contextmanager
    def _alone(self, key: str) -> Iterator[None]:
        """Let one request at a time make a page; the others wait for it, but not for ever."""
        with self._guard:
            lock = self._being_made.setdefault(key, threading.Lock())
        acquired = lock.acquire(timeout=_PATIENCE)
        try:
            yield
        finally:
            if acquired:
                lock.release()
                with self._guard:
                    if not lock.locked():
                        self._being_made.pop(key, None)


def _seconds(moment: datetime | None) -> float:
    return moment.timestamp() if moment else _NEVER


def _close(response: Any) -> None:
    if close := getattr(response, "close", None):
        close()

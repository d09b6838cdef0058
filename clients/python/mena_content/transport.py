"""HTTP GET requests with retries and caching by ETag, which return JSON or a file, or raise an exception."""

from __future__ import annotations

import gzip
import http.client
import json
import random
import time
import urllib.request
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import Message
from email.utils import parsedate_to_datetime
from typing import Any, NamedTuple
from urllib.error import HTTPError, URLError

from .cache import Cache, CachedAnswer
from .errors import ApiError, ClientError, Unavailable, error_of

_TRY_AGAIN = (429, 500, 502, 503, 504)
_LOST = (URLError, http.client.HTTPException, ConnectionError, TimeoutError, EOFError, gzip.BadGzipFile, zlib.error)


@dataclass(frozen=True)
class Retry:
    """How often to try, and how long to wait for an answer (`timeout`) and between attempts, in seconds.

    Waits start with `first_wait` and double each time; each is randomly shortened by up to half, so that many clients
    do not return at once. If the API demands a wait (Retry-After), that one is used instead; if it is longer than
    `longest_wait`, there is no further attempt.
    """

    attempts: int = 5
    first_wait: float = 0.5
    longest_wait: float = 90.0
    timeout: float = 30.0
    sleep: Callable[[float], None] = time.sleep


class _Answer(NamedTuple):
    status: int
    headers: Message
    body: bytes


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """Follows no redirects: the API never redirects, and following one would send the key elsewhere."""

    def redirect_request(self, *args: Any, **kwargs: Any) -> None:
        return None


class Transport:
    """Requests to addresses that begin with http:// or https://."""

    def __init__(self, *, headers: dict[str, str], cache: Cache | None, retry: Retry) -> None:
        self._headers = {"Accept-Encoding": "gzip", **headers}
        self._cache = cache
        self._retry = retry
        self._opener = urllib.request.build_opener(_NoRedirect)

    def get(self, address: str, *, cached: bool = True, accept: str = "application/json") -> Any:
        """Return the JSON at an address. Raise ApiError if the API refuses, Unavailable if it does not answer."""
        known = self._cache.get(address) if self._cache is not None and cached else None
        condition = {"If-None-Match": known.etag} if known else {}
        answer = self._persistently(address, self._headers | {"Accept": accept} | condition)
        if answer.status == http.client.NOT_MODIFIED and known:
            return _read(known.body, address)
        if answer.status != http.client.OK:
            raise _refusal(answer, address)
        result = _read(answer.body, address)
        etag = answer.headers.get("ETag")
        if self._cache is not None and cached and etag:
            self._cache.put(address, CachedAnswer(etag, answer.body))
        return result

    def file(self, address: str) -> bytes:
        """Return the file at an address; it may be on another site, so the key is not sent."""
        headers = {name: value for name, value in self._headers.items() if name != "Authorization"}
        answer = self._persistently(address, headers)
        if answer.status != http.client.OK:
            raise _refusal(answer, address)
        return answer.body

    def _persistently(self, address: str, headers: dict[str, str]) -> _Answer:
        for attempt in range(1, self._retry.attempts + 1):
            lost: Exception | None = None
            answer = None
            try:
                answer = self._once(address, headers)
                if answer.status not in _TRY_AGAIN:
                    return answer
            except _LOST as error:
                lost = error
            wait = self._wait(attempt, answer)
            if wait is None:
                break
            self._retry.sleep(wait)
        if answer is not None and answer.status == http.client.TOO_MANY_REQUESTS:
            return answer
        why = f"answered {answer.status}" if answer is not None else str(lost)
        raise Unavailable(f"{address}: {why} ({attempt} of {self._retry.attempts} attempts)") from lost

    def _wait(self, attempt: int, answer: _Answer | None) -> float | None:
        """Return the seconds until the next attempt, or None to give up."""
        if attempt >= self._retry.attempts:
            return None
        asked = retry_after(answer.headers.get("Retry-After")) if answer else None
        if asked is not None:
            return asked if asked <= self._retry.longest_wait else None
        longest = min(self._retry.longest_wait, self._retry.first_wait * 2 ** (attempt - 1))
        return random.uniform(longest / 2, longest)  # noqa: S311

    def _once(self, address: str, headers: dict[str, str]) -> _Answer:
        request = urllib.request.Request(address, headers=headers)  # noqa: S310
        try:
            with self._opener.open(request, timeout=self._retry.timeout) as response:
                return _Answer(response.status, response.headers, _body(response.headers, response.read()))
        except HTTPError as error:
            with error:
                return _Answer(error.code, error.headers, _body(error.headers, error.read()))


def retry_after(value: str | None) -> float | None:
    """Return the seconds that a Retry-After header (seconds or a date) demands; None if it is missing or invalid."""
    if not value:
        return None
    if value.strip().isdecimal():
        return float(value)
    try:
        moment = parsedate_to_datetime(value)
    except ValueError:
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(0.0, (moment - datetime.now(UTC)).total_seconds())


def _body(headers: Message, body: bytes) -> bytes:
    return gzip.decompress(body) if headers.get("Content-Encoding") == "gzip" else body


def _read(body: bytes, address: str) -> Any:
    try:
        return json.loads(body)
    except ValueError as error:
        raise ClientError(f"{address} answers, but not with JSON: is it the address of the site?") from error


def _refusal(answer: _Answer, address: str) -> ClientError:
    if http.client.MULTIPLE_CHOICES <= answer.status < http.client.BAD_REQUEST:
        return ClientError(f"{address} redirects to {answer.headers.get('Location')}: use that site's address.")
    try:
        problem = json.loads(answer.body)
    except ValueError:
        problem = {}
    if not isinstance(problem, dict):
        return ApiError(answer.status, {})
    return error_of(answer.status, problem)

"""The exceptions of this package."""

from __future__ import annotations

from typing import Any


class ClientError(Exception):
    """Base of all errors of this package."""


class Unavailable(ClientError):
    """Raised if at every attempt the API did not answer, or answered with a server error."""


class DamagedFile(ClientError):
    """Raised if a download is not the file that the content names: neither keep it nor offer it."""


class ApiError(ClientError):
    """Raised if the API refuses a request. `problem` is its answer (RFC 9457); its `errors` name what to correct."""

    def __init__(self, status: int, problem: dict[str, Any]) -> None:
        self.status = status
        self.problem = problem
        super().__init__(f"{status} {problem.get('title', '')}: {problem.get('detail', '')}")

    @property
    def kind(self) -> str:
        """The last part of the problem's type URL, which is stable: invalid-parameter, translation-missing, …"""
        return str(self.problem.get("type", "")).rpartition("/")[2]


class InvalidRequest(ApiError):
    """Raised if a parameter is invalid; `problem["errors"]` says which."""


class InvalidKey(ApiError):
    """Raised if the API key is not valid."""


class NotFound(ApiError):
    """Raised if there is no such public content; `kind` is `translation-missing` if it exists in other languages.

    `problem["available_locales"]` then names these languages.
    """


class Gone(ApiError):
    """Raised if the content existed and has been removed."""


class CursorRefused(ApiError):
    """Raised if the cursor is too old, unknown, or from another query.

    Begin again with a snapshot, as `Client.sync` does.
    """


class RateLimited(ApiError):
    """Raised if there were too many requests, even after waiting as long as the API demanded."""


_BY_STATUS: dict[int, type[ApiError]] = {
    400: InvalidRequest,
    401: InvalidKey,
    404: NotFound,
    410: Gone,
    429: RateLimited,
}
_CURSOR_KINDS = ("cursor-expired", "unknown-cursor", "cursor-of-another-query")


def error_of(status: int, problem: dict[str, Any]) -> ApiError:
    """Return the exception for an answer."""
    error = _BY_STATUS.get(status, ApiError)(status, problem)
    return CursorRefused(status, problem) if error.kind in _CURSOR_KINDS else error

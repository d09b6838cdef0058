"""What can go wrong, as exceptions."""

from __future__ import annotations

from typing import Any


class ClientError(Exception):
    """Base of all errors of this package."""


class Unavailable(ClientError):
    """The API did not answer, or answered with an error of its own, as often as we tried."""


class DamagedFile(ClientError):
    """What arrived is not the file that the content names: neither keep it nor offer it."""


class ApiError(ClientError):
    """The API refused the request. `problem` is its answer (RFC 9457): `errors` names what to correct."""

    def __init__(self, status: int, problem: dict[str, Any]) -> None:
        self.status = status
        self.problem = problem
        super().__init__(f"{status} {problem.get('title', '')}: {problem.get('detail', '')}")

    @property
    def kind(self) -> str:
        """The last part of the problem's address, which never changes: invalid-parameter, translation-missing, …"""
        return str(self.problem.get("type", "")).rpartition("/")[2]


class InvalidRequest(ApiError):
    """A parameter is wrong; `problem["errors"]` says which."""


class InvalidKey(ApiError):
    """The API key is not valid."""


class NotFound(ApiError):
    """No public content; of the kind `translation-missing` where other languages exist (`available_locales`)."""


class Gone(ApiError):
    """There was content, and it is gone."""


class CursorRefused(ApiError):
    """The cursor is too old, unknown, or another query's: begin again with a snapshot. `Client.sync` does."""


class RateLimited(ApiError):
    """Too many requests, even after waiting as the API asked."""


_BY_STATUS: dict[int, type[ApiError]] = {
    400: InvalidRequest,
    401: InvalidKey,
    404: NotFound,
    410: Gone,
    429: RateLimited,
}
_CURSOR_KINDS = ("cursor-expired", "unknown-cursor", "cursor-of-another-query")


def error_of(status: int, problem: dict[str, Any]) -> ApiError:
    """The exception for an answer."""
    error = _BY_STATUS.get(status, ApiError)(status, problem)
    return CursorRefused(status, problem) if error.kind in _CURSOR_KINDS else error

"""Opaque cursors that belong to one query and stay correct when documents are added or removed."""

from __future__ import annotations

import hashlib
from typing import Any

from django.core import signing

from .problems import Culprit, Problem

_SALT = "api.cursor"


def query_digest(*parts: object) -> str:
    """Return sixteen characters that identify a query."""
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:16]


def encode(position: list[Any], digest: str) -> str:
    return signing.Signer(salt=_SALT).sign_object([*position, digest], compress=True)


def decode(cursor: str, digest: str, parameter: str = "cursor") -> list[Any]:
    """Return the position of a cursor. Raise Problem: 404 for one that was never issued, 409 for another query's."""
    try:
        *position, owner = signing.Signer(salt=_SALT).unsign_object(cursor)
    except (signing.BadSignature, ValueError) as error:
        detail = "Use a cursor from an earlier answer, as it is."
        raise Problem("unknown-cursor", detail, [Culprit("unknown-cursor", detail, parameter=parameter)]) from error
    if owner != digest:
        detail = "Send the same parameters as in the request that the cursor comes from."
        raise Problem("cursor-of-another-query", detail, [Culprit("other-query", detail, parameter=parameter)])
    return list(position)

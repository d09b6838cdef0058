"""Decide which addresses a link in a text may lead to, whoever wrote it."""

from __future__ import annotations

import re

_SAFE_ADDRESS = re.compile(r"(https?://|mailto:|tel:)\S+", re.IGNORECASE)


def is_web_address(address: str) -> bool:
    """Return whether `address` is an http(s), mailto or tel address."""
    return bool(_SAFE_ADDRESS.fullmatch(address))

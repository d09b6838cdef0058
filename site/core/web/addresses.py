"""Read addresses that browsers and programs send in headers."""

from __future__ import annotations

from urllib.parse import SplitResult, urlsplit


def parts_of_header(address: str) -> SplitResult:
    """Return the parts of an address; none of them where it is no address, such as "http://["."""
    try:
        return urlsplit(address)
    except ValueError:
        return SplitResult("", "", "", "", "")

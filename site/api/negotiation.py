"""Which media type a response has, and whether the client accepts it (RFC 9110, section 12.5.1)."""

from __future__ import annotations

from django.http import HttpRequest

from .problems import Culprit, Problem

# The media types that a client which knows only the syntax accepts for a type with a suffix (RFC 6839, RFC 7303).
_PLAIN = {"+json": ("application/json",), "+xml": ("application/xml", "text/xml")}


def check_accept(request: HttpRequest, *media: str) -> None:
    """Raise Problem if the client accepts none of the media types of this address."""
    accept = request.headers.get("Accept", "")
    if not accept.strip() or any(_quality(accept, each) > 0 for each in media):
        return
    detail = f"The answer is {' or '.join(media)}. Accept that, or */*."
    raise Problem("not-acceptable", detail, [Culprit("not-acceptable", detail, parameter="Accept")])


def preferred(request: HttpRequest, *media: str) -> str:
    """Return the media type that the client prefers among those of an address; the first one if several are equal."""
    accept = request.headers.get("Accept", "")
    return max(media, key=lambda each: _quality(accept, each))


def _quality(accept: str, media: str) -> float:
    """Return the quality of the most specific range that includes the media type; 0 means not acceptable."""
    kind = media.partition("/")[0]
    plain = {name: 2.5 for suffix, names in _PLAIN.items() if media.endswith(suffix) for name in names}
    exactness = {"*/*": 1, f"{kind}/*": 2, **plain, media: 3}
    best = (0.0, 0.0)
    for part in accept.split(","):
        media_range, *parameters = [piece.strip().lower() for piece in part.split(";")]
        if media_range in exactness:
            best = max(best, (exactness[media_range], _q(parameters)), key=lambda found: found[0])
    return best[1]


def _q(parameters: list[str]) -> float:
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name == "q":
            try:
                return float(value)
            except ValueError:
                return 0
    return 1

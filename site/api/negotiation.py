"""Which media type an answer has, and whether the client takes it (RFC 9110, section 12.5.1)."""

from __future__ import annotations

from django.http import HttpRequest

from .problems import Culprit, Problem

# What a media type with a suffix may be taken for by a client that knows only the syntax (RFC 6839, RFC 7303).
_PLAIN = {"+json": ("application/json",), "+xml": ("application/xml", "text/xml")}


def check_accept(request: HttpRequest, *media: str) -> None:
    """Raises Problem where the client takes nothing that this address has."""
    accept = request.headers.get("Accept", "")
    if not accept.strip() or any(_quality(accept, each) > 0 for each in media):
        return
    detail = f"The answer is {' or '.join(media)}. Accept that, or */*."
    raise Problem("not-acceptable", detail, [Culprit("not-acceptable", detail, parameter="Accept")])


def preferred(request: HttpRequest, *media: str) -> str:
    """The media type that the client prefers of those that an address has; the first where it likes several as much."""
    accept = request.headers.get("Accept", "")
    return max(media, key=lambda each: _quality(accept, each))


def _quality(accept: str, media: str) -> float:
    """The quality of the most exact range that the media type is in; 0: not wanted."""
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

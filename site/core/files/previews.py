"""Addresses of files that are not public yet, for a person without an account who was given a draft to read."""

from __future__ import annotations

import re
from datetime import timedelta
from urllib.parse import unquote

from django.conf import settings
from django.core.signing import BadSignature, TimestampSigner
from django.http import HttpRequest

LIFETIME = timedelta(hours=1)
_PARAMETER = "preview"
_SIGNER = "core.file_previews"
_ADDRESS = re.compile(
    rf"{re.escape(settings.BASE_URL)}((?:{re.escape(settings.MEDIA_URL)}|/documents/)[^\"\\ <>]*[^\"\\ <>,])"
)


def with_previews(text: str) -> str:
    """Return the text with all addresses of files in it signed, so that they open for LIFETIME, published or not."""
    return _ADDRESS.sub(lambda match: f"{match[0]}?{_PARAMETER}={_signature(unquote(match[1]))}", text)


def is_preview(request: HttpRequest) -> bool:
    """Return whether the address was made by `with_previews` within LIFETIME."""
    signature = request.GET.get(_PARAMETER)
    if not signature:
        return False
    try:
        TimestampSigner(salt=_SIGNER).unsign(f"{request.path_info}:{signature}", max_age=LIFETIME)
    except BadSignature:
        return False
    return True


def _signature(path: str) -> str:
    return TimestampSigner(salt=_SIGNER).sign(path)[len(path) + 1 :]

"""Ask a web process for what readers will ask it first, before any of them can: modules, templates and catalogues are
loaded by the first request that needs them, which waits for seconds on a busy machine.
"""

from __future__ import annotations

from typing import Any
from wsgiref.util import setup_testing_defaults

from django.conf import settings

_ADDRESSES = ("/{language}/", "/{language}/search/")
_ADDRESSES_OF_ALL = ("/admin/login/", "/api/v1/items")


def warm_up(application: Any) -> dict[str, int]:
    """Return the status with which the application answered for each address. Nothing is kept of the answers."""
    addresses = [address.format(language=code) for code, _ in settings.LANGUAGES for address in _ADDRESSES]
    return {address: _ask(application, address) for address in (*addresses, *_ADDRESSES_OF_ALL)}


def _ask(application: Any, address: str) -> int:
    environ: dict[str, Any] = {
        "HTTP_HOST": settings.ALLOWED_HOSTS[0],
        "HTTP_X_FORWARDED_PROTO": "https",
        "PATH_INFO": address,
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.url_scheme": "https",
    }
    setup_testing_defaults(environ)
    statuses: list[int] = []
    answer = application(environ, lambda status, *_: statuses.append(int(status.split()[0])))
    try:
        for _ in answer:
            pass
    finally:
        answer.close()
    return statuses[0]

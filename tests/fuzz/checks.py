"""What holds of every answer, whatever was asked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http.request import split_domain_port

from .asked import Answer, Asked

# Of processor time: many times what the slowest page of the admin takes.
MOST_SECONDS = 10.0
_ERRORS, _FAULTS = 400, 500
_TRACES = re.compile(
    rb"Traceback \(most recent|File \"/|django\.db\.|psycopg\.|sqlite3\.|(Operational|Integrity|Programming|Data)Error"
    rb"|DoesNotExist|MultiValueDict|NoReverseMatch|TemplateSyntaxError|SELECT \"|INSERT INTO \"|UPDATE \""
    rb"|DELETE FROM \"|<[\w.]+ object at 0x|&lt;[\w.]+ object at 0x"
)
_LANGUAGE = re.compile(rb"<html[^>]*\blang=\"(ar|en|fr)\"")
_ALWAYS = ("X-Content-Type-Options", "Referrer-Policy")
_HASH = re.compile(rb"(md5|pbkdf2_sha256|argon2)\$")


def faults_of(asked: Asked, answer: Answer) -> list[str]:
    """Return what is wrong with an answer."""
    if answer.broken:
        return [answer.broken[:500]]
    return [fault for fault, is_so in _judged(asked, answer) if is_so]


def _judged(asked: Asked, answer: Answer) -> Iterator[tuple[str, bool]]:
    response, body = answer.response, answer.body
    kind = str(response.get("Content-Type", ""))
    yield f"answers {response.status_code}{_cause(response)}", response.status_code >= _FAULTS
    if found := _TRACES.search(body):
        yield f"shows {found[0].decode()}", True
    yield f"leads to {response.get('Location')}", not _stays(response.get("Location"), asked)
    yield f"took {answer.seconds:.1f} s of processor time", answer.seconds > MOST_SECONDS
    # What is no page, but a sentence for a script, has a language in its header alone.
    is_sentence = b"<html" not in body and "Content-Language" in response
    is_error_page = kind.startswith("text/html") and response.status_code >= _ERRORS and bool(body) and not is_sentence
    yield f"has an error page without a language: {body[:60]!r}", is_error_page and not _LANGUAGE.search(body)
    for header in _ALWAYS:
        yield f"has no {header}", header not in response
    is_page = kind.startswith("text/html")
    yield "has no Content-Security-Policy", is_page and "Content-Security-Policy" not in response
    yield "tells a secret", any(secret in body for secret in _secrets()) or bool(_HASH.search(body))
    yield "has a body where none may be", asked.method == "HEAD" and bool(body)


def _cause(response: Any) -> str:
    error = getattr(response, "exc_info", None)
    if not error:
        return ""
    frame = error[2]
    while frame.tb_next:
        frame = frame.tb_next
    place = frame.tb_frame.f_code
    module = place.co_filename.rpartition("site-packages/")[2]
    return f": {error[0].__name__}: {str(error[1])[:200]} in {module} {place.co_name}"


def _stays(location: str | None, asked: Asked) -> bool:
    """Return whether an answer leads nowhere, or to this site as a browser would read it."""
    if not location:
        return True
    read = re.sub(r"[\t\r\n]", "", location.strip()).replace("\\", "/")
    parts = urlsplit(read)
    host = split_domain_port(parts.netloc)[0]
    return (
        parts.scheme in ("", "http", "https")
        and (host in ("", *settings.ALLOWED_HOSTS))
        and (bool(host) or not re.match(r"(\w+:)?//", read))
    )


def _secrets() -> list[bytes]:
    return [str(secret).encode() for secret in (settings.SECRET_KEY, *settings.ENCRYPTION_KEYS)]

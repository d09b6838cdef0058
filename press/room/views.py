"""How to reach the office safely: whom to tell of a vulnerability, and the key for mail that only the office reads."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from core.models import OfficeSettings

# How long a copy of security.txt may be trusted (RFC 9116, 2.5.5: less than a year).
_SECURITY_VALID = timedelta(days=180)


def security_txt(request: HttpRequest) -> HttpResponse:
    """Return security.txt (RFC 9116): whom to tell about a vulnerability in the site, and with which key."""
    office = OfficeSettings.in_language(settings.LANGUAGE_CODE)
    contact = settings.ENVIRONMENT.security_contact or f"mailto:{office.contact_email}"
    if contact == "mailto:":
        raise Http404
    expires = (timezone.now() + _SECURITY_VALID).replace(microsecond=0)
    lines = [f"Contact: {contact}", f"Expires: {expires.isoformat()}", "Preferred-Languages: ar, en, fr"]
    lines.append(f"Canonical: {settings.BASE_URL}/.well-known/security.txt")
    if settings.ENVIRONMENT.pgp_key_file:
        lines.append(f"Encryption: {settings.BASE_URL}/.well-known/openpgp-key.asc")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


def openpgp_key(request: HttpRequest) -> HttpResponse:
    """Return the office's public key, for mail that only it can read."""
    path = settings.ENVIRONMENT.pgp_key_file
    if not path:
        raise Http404
    return HttpResponse(path.read_text(encoding="ascii"), content_type="application/pgp-keys")

"""The certificate and its key, as nginx reads them: copies of those that were named, or one that signs itself."""

from __future__ import annotations

from pathlib import Path

from .errors import StackError
from .files import make_folder, put, say
from .places import Places
from .programs import run
from .wishes import Wishes

_DAYS = 365
_RENEWED_DAYS = 30
_SUBJECT = "CN=website"


def certificate_file(places: Places) -> Path:
    return places.settings / "certificate.pem"


def key_file(places: Places) -> Path:
    return places.settings / "certificate.key"


def bring(places: Places, wishes: Wishes) -> bool:
    """Bring certificate and key up to date; return whether they changed. Raise StackError if they cannot be used."""
    make_folder(places.settings)
    if wishes.certificate:
        return _copy(places, wishes)
    if _is_foreign(places) or _is_good(places, wishes.domain):
        return False
    _sign_itself(places, wishes.domain)
    return True


def _copy(places: Places, wishes: Wishes) -> bool:
    certificate, key = Path(wishes.certificate), Path(wishes.certificate_key)
    for path in (certificate, key):
        if not path.is_file():
            raise StackError(f"{path} is no file: CERTIFICATE and CERTIFICATE_KEY name the chain and its key.")
    if _public_key("x509", "-noout", "-pubkey", "-in", certificate) != _public_key("pkey", "-pubout", "-in", key):
        raise StackError(f"{key} is not the key of {certificate}.")
    changed = put(certificate_file(places), certificate.read_text(encoding="ascii"), 0o644)
    return put(key_file(places), key.read_text(encoding="ascii")) or changed


def _public_key(*arguments: str | Path) -> str:
    return run("openssl", *arguments)


def _is_foreign(places: Places) -> bool:
    """Return whether somebody put a certificate there that this program did not sign: it is never replaced, since
    one that signs itself is worse than one that ends soon, of which the site warns.
    """
    file = certificate_file(places)
    return file.exists() and _SUBJECT not in run(
        "openssl", "x509", "-noout", "-subject", "-nameopt", "RFC2253", "-in", file
    )


def _is_good(places: Places, domain: str) -> bool:
    """Return whether there is a certificate for the name, not of those that end soon."""
    file = certificate_file(places)
    if not (file.exists() and key_file(places).exists()):
        return False
    try:
        run("openssl", "x509", "-noout", "-checkend", str(_RENEWED_DAYS * 86400), "-in", file)
    except StackError:
        return False
    return "does match" in run("openssl", "x509", "-noout", "-checkhost", domain, "-in", file)


def _sign_itself(places: Places, domain: str) -> None:
    say(
        "*** No certificate was named (CERTIFICATE, CERTIFICATE_KEY): one is made that signs itself. ***\n"
        "*** Browsers warn of it, and readers cannot know that this is your site. Do not go public so. ***"
    )
    key = run("openssl", "genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256")
    put(key_file(places), key)
    names = ("-subj", f"/{_SUBJECT}", "-addext", f"subjectAltName=DNS:{domain}")
    made = run("openssl", "req", "-x509", "-new", "-key", key_file(places), "-days", str(_DAYS), *names)
    put(certificate_file(places), made, 0o644)

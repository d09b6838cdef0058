"""What the operator says to `make stack`, in the environment; it is kept, so that an upgrade need not say it again."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path

from .environment_file import read, written
from .errors import StackError
from .files import put
from .places import Places

_HOST = re.compile(r"(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])?")

_FORMS = {
    "account": re.compile(r"[a-z_][a-z0-9_-]{0,30}"),
    "application": re.compile(r"127\.0\.0\.1:\d{2,5}"),
    "http_listen": re.compile(r"([\d.]+:)?\d{2,5}"),
    "https_listen": re.compile(r"([\d.]+:)?\d{2,5}"),
}


@dataclass(frozen=True)
class Wishes:
    domain: str
    certificate: str = ""
    certificate_key: str = ""
    account: str = "website"
    application: str = "127.0.0.1:8000"
    http_listen: str = "80"
    https_listen: str = "443"
    python_env: str = ""
    # These stand in the site's environment, which has secrets, and nowhere else.
    email_url: str = field(default="", metadata={"in": "environment"})
    email_sender: str = field(default="", metadata={"in": "environment"})
    elasticsearch_url: str = field(default="", metadata={"in": "environment"})


_KEPT = [wish.name for wish in fields(Wishes) if not wish.metadata]


def _file(places: Places) -> Path:
    return places.settings / "stack"


def wishes(places: Places, said: Mapping[str, str]) -> Wishes:
    """Return what was said now, else what was said before. Raise StackError where that cannot be meant."""
    before = read(_file(places)) if _file(places).exists() else {}
    names = [wish.name for wish in fields(Wishes)]
    values = {name: said.get(name.upper()) or before.get(name.upper(), "") for name in names}
    refuse_another_name(values["domain"])
    for name, pattern in _FORMS.items():
        if values[name] and not pattern.fullmatch(values[name]):
            raise StackError(f"{name.upper()} cannot be {values[name]!r}.")
    if bool(values["certificate"]) != bool(values["certificate_key"]):
        raise StackError("CERTIFICATE and CERTIFICATE_KEY go together: the chain and its key, as PEM files.")
    return Wishes(**{name: value for name, value in values.items() if value})


def keep(places: Places, said: Wishes) -> None:
    put(_file(places), written({name.upper(): getattr(said, name) for name in _KEPT if getattr(said, name)}))


def refuse_another_name(domain: str) -> None:
    """Raise StackError unless it is the name of a host, as readers type it."""
    if not _HOST.fullmatch(domain):
        raise StackError("Say the name of the site, in lower case: DOMAIN=mena.example.int")

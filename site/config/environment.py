"""The one reader of environment variables.

Every variable is declared here with its type, default and meaning; an invalid value stops the start with a message that
names the variable. `docs/environment.md` is generated from this table (`make environment-docs`).
"""

from __future__ import annotations

import base64
import sys
from functools import cache
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import parse_qsl, urlsplit

from pydantic import Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from .services import BASE_DIR, DATABASE_ENGINES, TLS_OPTIONS


def _is_fernet_key(key: str) -> bool:
    try:
        return len(base64.urlsafe_b64decode(key)) == 32
    except ValueError:
        return False


class Environment(BaseSettings):
    """All configuration that may differ between two installations (https://12factor.net/config)."""

    model_config = SettingsConfigDict(extra="ignore", env_ignore_empty=True)

    secret_key: str = Field("", description="Signs sessions and links; at least 50 characters. Required in production.")
    debug: bool = Field(False, description="Shows error details to the visitor. Refused in production.")
    allowed_hosts: Annotated[list[str], NoDecode] = Field(
        default_factory=list,
        description="Host names that the site answers to, separated by commas. Required in production; no `*`.",
    )
    base_url: str = Field("http://127.0.0.1:8000", description="The public address of the site; https in production.")
    database_url: str = Field(
        f"sqlite:///{BASE_DIR / 'var' / 'database.sqlite3'}",
        description="`sqlite:///path` or `postgresql://user:password@host:port/name`; on another machine with "
        "`?sslmode=verify-full&sslrootcert=/path`: production demands that it says how the way there is encrypted.",
    )
    elasticsearch_url: str = Field(
        "",
        description="Addresses of the nodes of Elasticsearch 9, separated by commas; empty: search in the database. "
        "Production takes `http://` for this machine alone, and `http+clear://` for a network without listeners.",
    )
    search_index_prefix: str = Field(
        "website",
        pattern="^[a-z][a-z0-9_-]{0,39}$",
        description="What the names of the site's indices in Elasticsearch begin with; each site its own.",
    )
    email_url: str = Field(
        "",
        description="`smtp://user:password@host:port` (with STARTTLS, but for this machine), `smtps://…`, "
        "`smtp+clear://…` (not encrypted) or `file:///folder`; empty: the console.",
    )
    email_sender: str = Field("website@localhost", description="The From address of the site's mail.")
    press_email: str = Field("", description="Where press inquiries are mailed; empty: the office's contact address.")
    encryption_keys: Annotated[list[str], NoDecode] = Field(
        default_factory=list,
        description="Fernet keys that encrypt personal data in the database, separated by commas, the newest first; "
        "[how to make and exchange them](operations.md#keys). Required in production.",
    )
    second_factor_roles: Annotated[list[Literal["administrators", "press", "everybody"]] | None, NoDecode] = Field(
        None,
        description="Who must sign in with a second factor: `administrators`, `press`, `everybody`, separated by "
        "commas, or `nobody`. Empty: `administrators,press` in production, nobody in development "
        "([signing in](operations.md#signing-in)).",
    )
    security_contact: str = Field(
        "",
        pattern="^(mailto:|https://|tel:)[^ ]+$|^$",
        description="Whom to tell of a hole in the site (`mailto:…` or `https://…`), in /.well-known/security.txt; "
        "empty: the office's contact address.",
    )
    pgp_key_file: Path | None = Field(
        None, description="File with the office's public OpenPGP key, as text; shown to journalists at risk."
    )
    inquiry_retention_days: int = Field(
        90, ge=1, le=3650, description="How many days after it is closed a press inquiry is made anonymous."
    )
    inquiry_proof_of_work: int = Field(
        0,
        ge=0,
        le=12,
        description="How many zero bits the proof of work on the form for press inquiries must have; 0: none is asked "
        "for. [When and how many](operations.md#proof-of-work).",
    )
    data_folder: Path = Field(
        BASE_DIR / "var", description="Folder for uploaded files and other data that the site writes."
    )
    files_sent_by: Literal["application", "nginx"] = Field(
        "application",
        description="Who sends uploaded files: the application, or the nginx in front of it that is set up as "
        "[`deploy/nginx/`](operations.md#the-proxy) says.",
    )
    page_cache_megabytes: int = Field(
        64,
        ge=0,
        le=4096,
        description="Memory of a web process for whole pages; 0: none is kept ([which](operations.md#kept-pages)).",
    )
    page_cache_disk_megabytes: int = Field(
        512,
        ge=1,
        le=1_000_000,
        description="How much of `DATA_FOLDER` the kept pages may fill, which all processes share.",
    )
    static_folder: Path = Field(
        BASE_DIR / "var" / "static", description="Folder where `collectstatic` puts the static files."
    )
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        "INFO", description="The least serious message that is logged."
    )
    log_format: Literal["text", "json"] = Field(
        "text", description="How a message is logged: as a line of text, or as a JSON object on a line."
    )
    webhook_allow_loopback: bool = Field(
        False,
        description="Lets webhooks be sent to this machine, over http too; for development and tests. "
        "Refused in production.",
    )
    change_feed_epoch: str = Field(
        "1",
        pattern="^[A-Za-z0-9-]{1,20}$",
        description="Give it another value after restoring a backup of the database: partners then read everything "
        "anew, since what they had read may be gone.",
    )
    trust_proxy: bool = Field(
        False,
        description="Whether a proxy in front sets X-Forwarded-Proto and X-Forwarded-For, whatever visitors send "
        "([how](operations.md#the-proxy)).",
    )
    ready_token: str = Field(
        "",
        pattern="^.{20,}$|^$",
        description="Whoever sends it as `Authorization: Bearer …` is answered at `/ready` and `/metrics`; empty: this "
        "machine alone ([watching the site](operations.md#watching-the-site)).",
    )
    certificate_file: Path | None = Field(
        None,
        description="The proxy's TLS certificate (PEM), so that the site can tell when it ends; empty: it does not.",
    )
    hsts_seconds: int = Field(31536000, ge=0, description="How long browsers must insist on https (production).")

    @field_validator("allowed_hosts", mode="before")
    @classmethod
    def split_hosts(cls, value: object) -> object:
        return [host.strip() for host in value.split(",") if host.strip()] if isinstance(value, str) else value

    @field_validator("second_factor_roles", mode="before")
    @classmethod
    def split_roles(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        roles = [role.strip() for role in value.split(",") if role.strip()]
        return [] if roles == ["nobody"] else roles

    @field_validator("encryption_keys", mode="before")
    @classmethod
    def split_keys(cls, value: object) -> object:
        keys = [key.strip() for key in value.split(",") if key.strip()] if isinstance(value, str) else value
        for key in keys if isinstance(keys, list) else []:
            if not _is_fernet_key(key):
                raise ValueError("every key must be 32 bytes in URL-safe base64: see docs/operations.md")
        return keys

    @field_validator("base_url")
    @classmethod
    def check_base_url(cls, value: str) -> str:
        parts = urlsplit(value)
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.path.strip("/"):
            raise ValueError("must be a scheme and a host, such as https://mena.example.int")
        return value.rstrip("/")

    @field_validator("database_url")
    @classmethod
    def check_database_url(cls, value: str) -> str:
        parts = urlsplit(value)
        if parts.scheme not in DATABASE_ENGINES or not parts.path.strip("/"):
            raise ValueError("must start with sqlite:/// or postgresql:// and name a database")
        if unknown := set(dict(parse_qsl(parts.query))) - TLS_OPTIONS:
            raise ValueError(
                f"may have {', '.join(sorted(TLS_OPTIONS))} behind the ?, not {', '.join(sorted(unknown))}"
            )
        return value

    @field_validator("email_url")
    @classmethod
    def check_email_url(cls, value: str) -> str:
        if value and urlsplit(value).scheme not in ("smtp", "smtps", "smtp+clear", "file"):
            raise ValueError("must start with smtp://, smtps://, smtp+clear:// or file://")
        return value

    @field_validator("pgp_key_file")
    @classmethod
    def check_pgp_key(cls, value: Path | None) -> Path | None:
        if value and "-----BEGIN PGP PUBLIC KEY BLOCK-----" not in value.read_text(encoding="ascii", errors="replace"):
            raise ValueError("must be a file with an OpenPGP public key as text")
        return value

    @field_validator("elasticsearch_url")
    @classmethod
    def check_elasticsearch_url(cls, value: str) -> str:
        addresses = [address.strip() for address in value.split(",")] if value else []
        if any(urlsplit(address).scheme not in ("http", "https", "http+clear") for address in addresses):
            raise ValueError("must start with https://, http:// or http+clear://")
        return ",".join(addresses)


@cache
def environment() -> Environment:
    """Return the environment, read once. An invalid value ends the process with one line for each variable."""
    try:
        return Environment()
    except ValidationError as error:
        lines = [f"{'.'.join(str(part) for part in item['loc']).upper()}: {item['msg']}" for item in error.errors()]
        sys.exit("The configuration is wrong:\n  " + "\n  ".join(lines) + "\nSee docs/environment.md.")

"""What Django's settings say of the services that the environment names by a URL: the database, the mail server and the
nodes of Elasticsearch.
"""

from __future__ import annotations

from ipaddress import ip_address
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

BASE_DIR = Path(__file__).resolve().parents[2]

DATABASE_ENGINES = {
    "sqlite": "django.db.backends.sqlite3",
    "postgresql": "config.postgresql",
    "postgres": "config.postgresql",
}
# What the query of a PostgreSQL URL may say: libpq's options for TLS.
TLS_OPTIONS = frozenset({"sslmode", "sslrootcert", "sslcert", "sslkey"})


def database(url: str) -> dict[str, object]:
    """Return Django's DATABASES entry. The query of a PostgreSQL URL has TLS_OPTIONS."""
    parts = urlsplit(url)
    engine = DATABASE_ENGINES[parts.scheme]
    if engine.endswith("sqlite3"):
        name = parts.path[1:] if parts.path.startswith("//") or not parts.netloc else parts.path
        # Write-ahead log: readers never wait for the writer; IMMEDIATE: two writers queue, neither fails.
        options = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
        }
        return {
            "ENGINE": engine,
            "NAME": str(BASE_DIR / unquote(name)),
            "OPTIONS": options,
            # A new connection reads the whole schema, which costs more than the rest of most requests.
            "CONN_MAX_AGE": 60,
        }
    return {
        "ENGINE": engine,
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "OPTIONS": dict(parse_qsl(parts.query)),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }


def says_how_it_is_reached(url: str) -> bool:
    """Return whether a PostgreSQL URL names this machine, or says how the way to another one is encrypted: libpq itself
    would go without encryption where the server offers none.
    """
    parts = urlsplit(url)
    host = parts.hostname or ""
    return not host or unquote(host).startswith("/") or is_loopback(host) or "sslmode" in dict(parse_qsl(parts.query))


def email(url: str) -> dict[str, object]:
    """Return Django's EMAIL_* settings; without a URL, mail is written to the console.

    On its way to another machine mail is always encrypted, unless the scheme is `smtp+clear`.
    """
    if not url:
        return {"EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend"}
    parts = urlsplit(url)
    if parts.scheme == "file":
        return {
            "EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend",
            "EMAIL_FILE_PATH": unquote(parts.path),
        }
    secure = parts.scheme == "smtps"
    host = parts.hostname or "localhost"
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": host,
        "EMAIL_PORT": parts.port or (465 if secure else 25),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": secure,
        "EMAIL_USE_TLS": parts.scheme == "smtp" and not is_loopback(host),
        "EMAIL_TIMEOUT": 10,
    }


def elasticsearch(urls: str) -> str:
    """Return the addresses of the nodes as Elasticsearch's client takes them."""
    return urls.replace("http+clear://", "http://")


def reaches_elasticsearch_safely(urls: str) -> bool:
    """Return whether the way to every node of another machine is encrypted, or is said not to be by `http+clear`."""
    nodes = [urlsplit(url) for url in urls.split(",")]
    return all(node.scheme != "http" or is_loopback(node.hostname or "") for node in nodes)


def is_loopback(host: str) -> bool:
    """Return whether a host is this machine."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"

"""Configuration: an invalid value prevents the start, with a message that names the variable."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from config import services

ROOT = Path(__file__).resolve().parents[2]
SAFE = {
    "SECRET_KEY": "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJKLMNOP-_",
    "ALLOWED_HOSTS": "mena.example.int",
    "BASE_URL": "https://mena.example.int",
    "DATABASE_URL": "postgresql://website@db/website?sslmode=verify-full",
    "EMAIL_URL": "smtp://mail.example.int:25",
    "ENCRYPTION_KEYS": "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=",
}


DEFAULT = "settings.DEBUG, settings.SECURE_SSL_REDIRECT"


def start(settings: str, said: str = DEFAULT, **variables: str) -> subprocess.CompletedProcess[str]:
    """Start Python with these settings and nothing else in the environment, and let it print what is to be `said`."""
    environment = {"PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": f"config.settings.{settings}", **variables}
    environment["PYTHONPATH"] = f"{ROOT / 'site'}{os.pathsep}{ROOT}"
    command = [
        sys.executable,
        "-c",
        f"from django.conf import settings; print({said})",
    ]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def test_safe_production_settings_start() -> None:
    result = start("production", **SAFE)
    assert (result.returncode, result.stdout.strip()) == (0, "False True"), result.stderr


@pytest.mark.parametrize(
    "address", ["postgresql:///website", "postgresql://website@127.0.0.1/website", "postgresql://%2Fvar%2Frun/website"]
)
def test_way_to_a_database_on_this_machine_needs_no_encryption(address: str) -> None:
    assert services.says_how_it_is_reached(address)


@pytest.mark.parametrize(
    ("addresses", "taken"),
    [
        ("", ""),
        ("http://127.0.0.1:9200,http://localhost:9201", "http://127.0.0.1:9200,http://localhost:9201"),
        ("https://search.example.int:9200", "https://search.example.int:9200"),
        ("http+clear://search:9200, http+clear://other:9200", "http://search:9200,http://other:9200"),
    ],
)
def test_way_to_elasticsearch_is_near_or_encrypted_or_said_not_to_be(addresses: str, taken: str) -> None:
    result = start("production", "settings.ELASTICSEARCH_URL", **(SAFE | {"ELASTICSEARCH_URL": addresses}))
    assert (result.returncode, result.stdout.strip()) == (0, taken), result.stderr


@pytest.mark.parametrize(
    ("settings", "value", "roles"),
    [
        ("production", "", ["administrators", "press"]),
        ("production", "everybody", ["everybody"]),
        ("production", "press, administrators", ["press", "administrators"]),
        ("production", "nobody", []),
        ("dev", "", []),
        ("dev", "press", ["press"]),
    ],
)
def test_production_demands_a_second_factor_of_who_could_do_most_harm(
    settings: str, value: str, roles: list[str]
) -> None:
    result = start(settings, "settings.SECOND_FACTOR_ROLES", **(SAFE | {"SECOND_FACTOR_ROLES": value}))
    assert result.stdout.strip() == str(roles), result.stderr


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("SECRET_KEY", ""),
        ("SECRET_KEY", "short"),
        ("SECRET_KEY", "a" * 60),
        ("ALLOWED_HOSTS", ""),
        ("ALLOWED_HOSTS", "*"),
        ("ALLOWED_HOSTS", "mena.example.int,*.example.int"),
        ("BASE_URL", "http://mena.example.int"),
        ("DEBUG", "true"),
        ("DATABASE_URL", "sqlite:///db.sqlite3"),
        ("DATABASE_URL", "postgresql://website@db/website"),
        ("DATABASE_URL", "postgresql://website@db/website?sslrootcert=/etc/ca.pem"),
        ("ELASTICSEARCH_URL", "http://search:9200"),
        ("ELASTICSEARCH_URL", "https://one.example.int:9200,http://two.example.int:9200"),
        ("EMAIL_URL", ""),
        ("ENCRYPTION_KEYS", ""),
        ("ENCRYPTION_KEYS", "c2hvcnQ="),
        ("WEBHOOK_ALLOW_LOOPBACK", "true"),
    ],
)
def test_production_refuses_to_start_insecure_and_names_the_variable(variable: str, value: str) -> None:
    result = start("production", **(SAFE | {variable: value}))
    assert result.returncode != 0
    assert variable in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("DATABASE_URL", "mysql://x/y"),
        ("SECOND_FACTOR_ROLES", "nobody,press"),
        ("SECOND_FACTOR_ROLES", "Press officers"),
        ("DATABASE_URL", "postgresql://host"),
        ("DATABASE_URL", "postgresql://host/name?sslmod=require"),
        ("BASE_URL", "mena.example.int"),
        ("EMAIL_URL", "http://x"),
        ("ELASTICSEARCH_URL", "localhost:9200"),
        ("DEBUG", "maybe"),
        ("LOG_LEVEL", "loud"),
        ("HSTS_SECONDS", "-1"),
    ],
)
def test_wrong_value_stops_the_start_and_names_the_variable(variable: str, value: str) -> None:
    result = start("dev", **{variable: value})
    assert result.returncode != 0
    assert variable in result.stderr
    assert "Traceback" not in result.stderr


def test_database_address_is_read_with_its_parts() -> None:
    database = services.database("postgresql://us%40er:p%3Aw@db.example:6432/the%20site")
    assert {key: database[key] for key in ("NAME", "USER", "PASSWORD", "HOST", "PORT")} == {
        "NAME": "the site",
        "USER": "us@er",
        "PASSWORD": "p:w",
        "HOST": "db.example",
        "PORT": "6432",
    }


def test_connection_to_the_database_can_be_made_to_demand_a_certificate() -> None:
    database = services.database(
        "postgresql://website@db/website?sslmode=verify-full&sslrootcert=/etc/ssl/our%20ca.pem"
    )
    assert database["NAME"] == "website"
    assert database["OPTIONS"] == {"sslmode": "verify-full", "sslrootcert": "/etc/ssl/our ca.pem"}


@pytest.mark.parametrize(
    ("address", "path"), [("sqlite:////a/b.sqlite3", "/a/b.sqlite3"), ("sqlite:///b.db", str(ROOT / "b.db"))]
)
def test_sqlite_path_is_absolute_or_in_the_repository(address: str, path: str) -> None:
    assert services.database(address)["NAME"] == path


@pytest.mark.parametrize(
    ("address", "host", "port", "encryption"),
    [
        ("smtp://u:p@h", "h", 25, "STARTTLS"),
        ("smtps://h", "h", 465, "TLS"),
        ("smtp://h:587", "h", 587, "STARTTLS"),
        ("smtp+clear://h", "h", 25, ""),
        ("smtp://127.0.0.1:2525", "127.0.0.1", 2525, ""),
        ("smtp://[::1]", "::1", 25, ""),
        ("smtp://localhost", "localhost", 25, ""),
    ],
)
def test_mail_address_is_read_with_its_parts(address: str, host: str, port: int, encryption: str) -> None:
    email = services.email(address)
    assert (email["EMAIL_HOST"], email["EMAIL_PORT"]) == (host, port)
    assert (email["EMAIL_USE_SSL"], email["EMAIL_USE_TLS"]) == (encryption == "TLS", encryption == "STARTTLS")


def test_environment_table_in_the_docs_is_current() -> None:
    from deploy.environment_docs import TABLE, table

    assert TABLE.read_text(encoding="utf-8") == table()

"""Webhooks go to https addresses of the public internet, and to the very address that was checked."""

from __future__ import annotations

import socket
import ssl
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from pytest_django import Settings

from publishing.webhooks.models import Failure
from publishing.webhooks.sending import send
from publishing.webhooks.targets import Refused, find_target, is_public, validate_url
from tests.webhook_receiver import Receiver

PRIVATE_HOSTS = [
    "127.0.0.1", "127.1", "2130706433", "0x7f000001", "0x7f.1", "0177.0.0.1", "017700000001", "0.0.0.0", "0",  # noqa: S104
    "10.0.0.1", "10.1", "172.16.0.1", "172.31.255.255", "192.168.1.1", "3232235777", "0xc0a80101", "169.254.169.254",
    "100.64.0.1", "192.0.0.8", "192.0.2.1", "198.18.0.1", "198.51.100.7", "203.0.113.9", "224.0.0.1", "240.0.0.1",
    "255.255.255.255", "[::1]", "[::]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[::ffff:10.0.0.1]", "[::127.0.0.1]",
    "[64:ff9b::7f00:1]", "[64:ff9b:1::1]", "[2002:7f00:1::]", "[2001:0:7f00:1::]", "[2001:db8::1]", "[fe80::1]",
    "[fec0::1]", "[fc00::1]", "[fd12:3456::1]", "[ff02::1]", "[100::1]", "[5f00::1]",
]  # fmt: skip
Resolver = Callable[..., list[Any]]


@pytest.fixture
def resolve(monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[str]]:
    """A function that makes names resolve to these addresses, in one list or one list per lookup.

    It returns a list to which the looked-up names are added.
    """
    real: Resolver = socket.getaddrinfo

    def answer(*answers: list[str]) -> list[str]:
        asked: list[str] = []
        left = list(answers)

        def getaddrinfo(host: str, port: int, *arguments: Any, **keywords: Any) -> list[Any]:
            if not host.endswith(".example"):
                return real(host, port, *arguments, **keywords)
            asked.append(host)
            addresses = left.pop(0) if len(left) > 1 else left[0]
            return [entry for address in addresses for entry in real(address, port, *arguments, **keywords)]

        monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
        return asked

    return answer


@pytest.mark.parametrize("host", PRIVATE_HOSTS)
def test_private_address_is_refused_in_every_form(host: str) -> None:
    with pytest.raises(ValidationError):
        validate_url(f"https://{host}/hooks")
    with pytest.raises(Refused):
        find_target(f"https://{host}/hooks")
    assert send(f"https://{host}/hooks", {}, "{}").failure == Failure.REFUSED


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST", "１２７.０.０.１"])
def test_name_of_this_machine_is_refused(host: str) -> None:
    assert send(f"https://{host}/hooks", {}, "{}").failure == Failure.REFUSED


@pytest.mark.parametrize("addresses", [["10.0.0.7"], ["fd00::7"], ["::ffff:192.168.0.1"], ["8.8.8.8", "127.0.0.1"]])
def test_name_that_has_a_private_address_is_refused(resolve: Callable[..., list[str]], addresses: list[str]) -> None:
    resolve(addresses)
    assert send("https://partner.example/hooks", {}, "{}").failure == Failure.REFUSED


@pytest.mark.parametrize("address", ["8.8.8.8", "1.1.1.1", "2606:4700::1111", "2a00:1450:4001:80e::200e"])
def test_public_address_is_accepted(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "url",
    [
        "http://partner.example/", "ftp://partner.example/", "//partner.example/", "partner.example", "https://", "",
        "https://user:secret@partner.example/", "https://@partner.example/", "https://partner.example:0/",
        "https://partner.example:99999/", "https://partner.example/\r\nX-A: b", "https://[::1", "javascript:alert(1)",
        "https://partner.example/a b",
    ],
)  # fmt: skip
def test_address_of_another_form_is_refused_in_the_form_and_when_sending(url: str) -> None:
    with pytest.raises(ValidationError):
        validate_url(url)
    assert send(url, {}, "{}").failure == Failure.REFUSED


def test_loopback_that_is_allowed_for_development_opens_no_other_private_address(settings: Settings) -> None:
    settings.WEBHOOK_ALLOW_LOOPBACK = True
    validate_url("http://127.0.0.1:8001/")
    assert find_target("http://localhost:8001/").port == 8001
    for url in ("http://10.0.0.1/", "https://192.168.0.1/", "http://169.254.169.254/", "http://8.8.8.8/"):
        with pytest.raises(Refused):
            find_target(url)


def test_connection_is_made_to_the_address_that_was_checked(
    resolve: Callable[..., list[str]], settings: Settings
) -> None:
    settings.WEBHOOK_ALLOW_LOOPBACK = True
    asked = resolve(["127.0.0.1"], ["10.0.0.1"])
    with Receiver() as receiver:
        outcome = send(f"http://partner.example:{receiver.port}/hooks", {}, "{}")
        assert receiver.received[0].headers["host"] == f"partner.example:{receiver.port}"
    assert outcome.failure == ""
    assert asked == ["partner.example"]


def test_next_address_is_tried_where_one_does_not_answer(resolve: Callable[..., list[str]], settings: Settings) -> None:
    settings.WEBHOOK_ALLOW_LOOPBACK = True
    resolve(["::1", "127.0.0.1"])
    with Receiver() as receiver:
        assert send(f"http://partner.example:{receiver.port}/", {}, "{}").failure == ""


def test_name_that_does_not_exist_is_said_to(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*arguments: Any, **keywords: Any) -> list[Any]:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    assert send("https://partner.example/", {}, "{}").failure == Failure.NAME


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The paths of a certificate for partner.example and of its key."""
    folder = tmp_path_factory.mktemp("certificate")
    certificate, key = folder / "certificate.pem", folder / "key.pem"
    command = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    names = ["-days", "2", "-subj", "/CN=partner.example", "-addext", "subjectAltName=DNS:partner.example"]
    files = ["-keyout", str(key), "-out", str(certificate)]
    subprocess.run([*command, *names, *files], check=True, capture_output=True)
    return certificate, key


@pytest.fixture
def secure_receiver(
    resolve: Callable[..., list[str]], settings: Settings, certificate: tuple[Path, Path]
) -> Iterator[Receiver]:
    """A receiver on this machine that uses the certificate; every name under .example resolves to it."""
    settings.WEBHOOK_ALLOW_LOOPBACK = True
    resolve(["127.0.0.1"])
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*certificate)
    with Receiver(context=context) as receiver:
        yield receiver


def test_trusted_certificate_with_the_name_is_accepted(
    secure_receiver: Receiver, certificate: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate[0]))
    assert send(f"https://partner.example:{secure_receiver.port}/hooks", {}, "{}").failure == ""
    assert [request.path for request in secure_receiver.received] == ["/hooks"]


def test_certificate_that_nobody_trusts_is_refused(secure_receiver: Receiver) -> None:
    assert send(f"https://partner.example:{secure_receiver.port}/hooks", {}, "{}").failure == Failure.TLS
    assert secure_receiver.received == []


def test_certificate_of_another_name_is_refused(
    secure_receiver: Receiver, certificate: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate[0]))
    assert send(f"https://other.example:{secure_receiver.port}/hooks", {}, "{}").failure == Failure.TLS
    assert secure_receiver.received == []

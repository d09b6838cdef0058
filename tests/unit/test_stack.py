"""The parts of `make stack` that need no machine: what the operator says, files of variables, units."""

from __future__ import annotations

import configparser
import subprocess
from pathlib import Path

import pytest

from config.environment import Environment
from deploy.nginx.site import Values, configuration
from deploy.stack import configuration as site_configuration
from deploy.stack import files, release
from deploy.stack.environment_file import read, written
from deploy.stack.errors import StackError
from deploy.stack.places import SHIPPED, Places
from deploy.stack.units import read_unit, rendered
from deploy.stack.wishes import Wishes, keep, wishes
from tests.unit.test_environment import start

ROOT = Path(__file__).resolve().parents[2]
SAID = {"DOMAIN": "mena.example.int", "EMAIL_URL": "smtp://office:a%20word@mail.example.int:587"}
# What a program beside the site reads.
BESIDE = {"DJANGO_SETTINGS_MODULE", "PGHOST"}
# Each unit of the site has all of these. The last is not for timers.
FENCES = (
    "NoNewPrivileges=yes", "ProtectSystem=strict", "ProtectHome=yes", "PrivateTmp=yes", "PrivateDevices=yes",
    "MemoryDenyWriteExecute=yes", "RestrictNamespaces=yes", "SystemCallFilter=@system-service", "MemoryMax=",
)  # fmt: skip


@pytest.fixture
def places(tmp_path: Path) -> Places:
    files.make_folder(tmp_path / "etc/website")
    return Places(tmp_path)


@pytest.mark.parametrize(
    ("said", "named"),
    [
        ({}, "DOMAIN="),
        ({"DOMAIN": "localhost"}, "DOMAIN="),
        ({"DOMAIN": "https://mena.example.int"}, "DOMAIN="),
        ({"DOMAIN": "mena.example.int;"}, "DOMAIN="),
        ({**SAID, "CERTIFICATE": "/a.pem"}, "CERTIFICATE_KEY"),
        ({**SAID, "ACCOUNT": 'website"; DROP'}, "ACCOUNT"),
        ({**SAID, "APPLICATION": "0.0.0.0:8000"}, "APPLICATION"),
        ({**SAID, "HTTPS_LISTEN": "443;"}, "HTTPS_LISTEN"),
    ],
)
def test_what_cannot_be_meant_is_refused_and_named(places: Places, said: dict[str, str], named: str) -> None:
    with pytest.raises(StackError, match=named):
        wishes(places, said)


def test_upgrade_needs_nothing_said_again_and_no_secret_is_kept(places: Places) -> None:
    keep(places, wishes(places, {**SAID, "HTTPS_LISTEN": "8443"}))
    assert wishes(places, {}) == Wishes(domain="mena.example.int", https_listen="8443")
    assert "word" not in (places.settings / "stack").read_text()


def test_first_installation_needs_a_mail_server(places: Places) -> None:
    with pytest.raises(StackError, match="EMAIL_URL="):
        site_configuration.variables(places, Wishes(domain="mena.example.int"), {})


def test_environment_is_what_production_asks_for_and_the_table_knows(places: Places) -> None:
    made = site_configuration.variables(places, wishes(places, SAID), {"PGHOST": "/run/x"})
    assert set(made) - BESIDE <= {name.upper() for name in Environment.model_fields}
    started = start("production", **{name: value for name, value in made.items() if name != "DJANGO_SETTINGS_MODULE"})
    assert (started.returncode, started.stdout.strip()) == (0, "False True"), started.stderr


def test_environment_is_made_once(places: Places, capsys: pytest.CaptureFixture[str]) -> None:
    first = site_configuration.variables(places, wishes(places, SAID), {})
    again = site_configuration.variables(places, wishes(places, {**SAID, "DOMAIN": "other.example.int"}), {})
    assert again == first
    assert "ALLOWED_HOSTS stays as it is" in capsys.readouterr().out
    assert first["EMAIL_URL"] == SAID["EMAIL_URL"]


@pytest.mark.parametrize(
    "value", ["", "plain", "a b", "a#b", "$HOME", '"x"', "a\\nb", "smtp://u:p%20@h:25/?a=b&c", "ا"]
)
def test_variables_are_read_as_a_shell_reads_them(tmp_path: Path, value: str) -> None:
    file = tmp_path / "environment"
    file.write_text("# a comment\n" + written({"VALUE": value}))
    shell = subprocess.run(
        ["sh", "-c", '. "$0"; printf %s "$VALUE"', str(file)], capture_output=True, text=True, check=True
    )
    assert read(file) == {"VALUE": value} == {"VALUE": shell.stdout}


@pytest.mark.parametrize("value", ["it's", "two\nlines"])
def test_value_that_the_readers_would_take_differently_is_refused(value: str) -> None:
    with pytest.raises(StackError, match="EMAIL_URL"):
        written({"EMAIL_URL": value})


def test_unit_is_read_with_its_instance_and_all_its_lines() -> None:
    unit = read_unit(SHIPPED / "systemd", "website-web@2.service")
    assert unit.one("Unit", "Description") == "Web process 2 of the website"
    assert unit.all("Service", "SystemCallFilter") == ["@system-service", "~@privileged"]
    assert unit.command()[1:4] == ["-m", "gunicorn", "-c"]


def test_units_of_a_folder_name_nothing_outside_of_it(tmp_path: Path) -> None:
    places = Places(tmp_path)
    for file in (SHIPPED / "systemd").iterdir():
        text = rendered(file.read_text(), places, Wishes("mena.example.int", account="nobody"), "nogroup")
        assert "website\n" not in "".join(line for line in text.splitlines(keepends=True) if line.startswith("User="))
        for path in ("/opt/website", "/var/lib/website", "/etc/website", "/var/backups/website", "/run/website"):
            assert text.count(path) == text.count(f"{tmp_path}{path}")


@pytest.mark.parametrize("file", sorted((SHIPPED / "systemd").glob("*.service")), ids=lambda file: file.name)
def test_every_service_is_fenced_in_and_limited(file: Path) -> None:
    lines = file.read_text().splitlines()
    assert [fence for fence in FENCES if not any(line.startswith(fence) for line in lines)] == []
    assert configparser.ConfigParser(strict=False, interpolation=None).read(file) == [str(file)]


def test_every_folder_that_is_imported_is_shipped() -> None:
    packages = {path.parent.name for path in ROOT.glob("*/__init__.py")}
    assert packages - set(release.FOLDERS) == {"clients", "examples", "tests"} & packages


def test_file_that_is_right_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "file"
    assert files.put(file, "text\n", 0o640)
    before = file.stat()
    assert not files.put(file, "text\n", 0o640)
    assert file.stat() == before
    assert files.put(file, "text\n", 0o600)
    assert oct(file.stat().st_mode & 0o777) == "0o600"


def test_configuration_of_nginx_has_no_value_left_to_change() -> None:
    values = Values(
        "a.example.int",
        "127.0.0.1:1",
        "81",
        "444",
        *(Path(f"/x/{n}") for n in range(6)),
    )
    text = configuration(values)
    left = [value for value in ("mena.example", "127.0.0.1:8000", "/srv/", "/etc/ssl", "/var/") if value in text]
    assert left == []
    assert "listen 444 ssl http2;" in text

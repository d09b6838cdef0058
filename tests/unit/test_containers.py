"""The container files: linted, held against the compose specification, and against what the site and its lists say."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from config.environment import Environment
from deploy.containers import proxy, secrets
from deploy.engines.elasticsearch_container import IMAGE
from deploy.stack import release
from deploy.stack.environment_file import read
from deploy.stack.errors import StackError
from tests.unit.test_environment import start

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "deploy/containers"
CONTAINERFILE = FOLDER / "Containerfile"
COMPOSE = FOLDER / "compose.yaml"
BIN = Path(sys.executable).parent
# Elasticsearch says why in the file.
MAY_WRITE_ITS_IMAGE = {"search"}


def services() -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = yaml.safe_load(COMPOSE.read_text())["services"]
    return found


def stages() -> dict[str, str]:
    parts = re.split(r"^FROM \S+ AS (\w+)$", CONTAINERFILE.read_text(), flags=re.M)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def test_container_file_has_no_fault() -> None:
    linted = subprocess.run([BIN / "hadolint", CONTAINERFILE], capture_output=True, text=True, check=False)
    assert linted.returncode == 0, linted.stdout


def test_linter_finds_a_fault(tmp_path: Path) -> None:
    faulty = tmp_path / "Containerfile"
    faulty.write_text(CONTAINERFILE.read_text().replace("debian:12-slim", "debian"))
    assert subprocess.run([BIN / "hadolint", faulty], capture_output=True, check=False).returncode == 1


def checked(file: Path) -> int:
    command = [str(BIN / "check-jsonschema"), "--builtin-schema", "vendor.compose-spec", str(file)]
    return subprocess.run(command, capture_output=True, check=False).returncode


def test_compose_file_is_what_the_specification_says(tmp_path: Path) -> None:
    assert checked(COMPOSE) == 0
    faulty = tmp_path / "compose.yaml"
    faulty.write_text(COMPOSE.read_text().replace("cap_drop: [ALL]", "cap_drop: ALL"))
    assert checked(faulty) == 1


@pytest.mark.parametrize("name", services())
def test_every_service_is_fenced_in(name: str) -> None:
    service = services()[name]
    assert service["read_only"] is (name not in MAY_WRITE_ITS_IMAGE)
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert int(service["user"].partition(":")[0]) > 0
    assert {"mem_limit", "pids_limit", "healthcheck", "restart", "networks"} <= set(service)
    assert not {"privileged", "cap_add", "network_mode", "pid", "devices"} & set(service)


def test_only_the_proxy_is_reached_and_the_database_reaches_nobody() -> None:
    networks = yaml.safe_load(COMPOSE.read_text())["networks"]
    assert networks["inside"] == {"internal": True}
    assert [name for name, service in services().items() if "ports" in service] == ["proxy"]
    assert services()["database"]["networks"] == services()["search"]["networks"] == ["inside"]


def test_services_start_after_what_they_need() -> None:
    needs = {
        name: {other: how["condition"] for other, how in service.get("depends_on", {}).items()}
        for name, service in services().items()
    }
    assert needs["migrate"] == {"database": "service_healthy"}
    assert needs["web"] == needs["worker"] == {"migrate": "service_completed_successfully"}
    assert needs["proxy"] == {"web": "service_healthy"}


def test_images_are_those_of_the_other_forms() -> None:
    assert services()["search"]["image"] == IMAGE
    major = re.search(r"postgres:(\d+)-bookworm", services()["database"]["image"])
    assert major
    assert major[1] == "15"  # Debian 12's, whose pg_dump is in the image of the site
    assert "FROM debian:12-slim AS website" in CONTAINERFILE.read_text()


def test_image_is_made_of_what_a_server_gets_and_nothing_else() -> None:
    copied = [line.split()[1:-1] for line in stages()["build"].splitlines() if line.startswith("COPY ")]
    wanted = {name for names in copied for name in names} - {"requirements/base.txt"}
    assert wanted == {*release.FILES, *release.FOLDERS}
    let_in = {line[1:] for line in (FOLDER / "Containerfile.dockerignore").read_text().splitlines() if line[:1] == "!"}
    assert let_in == wanted
    assert not secrets.FOLDER.is_relative_to(ROOT / "deploy")


def test_last_stage_has_no_tools_and_no_root() -> None:
    website = stages()["website"]
    installed = set(website.partition("--no-install-recommends ")[2].partition("\\")[0].split())
    assert installed == {"ca-certificates", "libfribidi0", "postgresql-client", "python3"}
    assert website.rindex("USER 10001:10001") > website.rindex("RUN ")
    assert "pip uninstall" in stages()["build"].splitlines()[-2]
    assert "HEALTHCHECK" in website
    assert "/live" in website


def variables_of_the_image() -> dict[str, str]:
    block = re.search(r"^ENV (.*?[^\\])$", stages()["website"], re.M | re.S)
    assert block
    return dict(word.split("=", 1) for word in block[1].replace("\\\n", " ").split())


def test_site_starts_with_what_the_containers_are_told(tmp_path: Path) -> None:
    secrets.write(tmp_path, "mena.example.int", "smtp://mail.example.int:587")
    told = read(tmp_path / "website.env")
    known = {name.upper() for name in Environment.model_fields}
    beside = {"DJANGO_SETTINGS_MODULE", "HOST", "PORT", "PYTHONUNBUFFERED", "PYTHONDONTWRITEBYTECODE"}
    assert set(told) <= known
    assert set(variables_of_the_image()) - beside <= known
    started = start("production", **{**variables_of_the_image(), **told})
    assert started.returncode == 0, started.stderr
    assert oct((tmp_path / "website.env").stat().st_mode & 0o777) == "0o600"


def test_secrets_are_made_once(tmp_path: Path) -> None:
    for _ in range(2):
        secrets.write(tmp_path, "mena.example.int", "smtp://mail.example.int:587")
        first = {file.name: file.read_bytes() for file in tmp_path.iterdir()}
    secrets.write(tmp_path, "mena.example.int", "smtp://other.example.int:587")
    assert {file.name: file.read_bytes() for file in tmp_path.iterdir()} == first
    assert set(first) == {"website.env", "proxy.env", "database_password"}
    with pytest.raises(StackError):
        secrets.write(tmp_path, "not a name", "smtp://mail.example.int:587")


def test_files_that_are_named_are_those_that_are_written() -> None:
    named = {Path(file).name for service in services().values() for file in service.get("env_file", [])}
    assert named == {"website.env", "proxy.env"}
    files = {Path(secret["file"]).name for secret in yaml.safe_load(COMPOSE.read_text())["secrets"].values()}
    assert files == {"database_password", "certificate.pem", "certificate.key"}


def test_only_the_name_is_filled_in_for_the_proxy() -> None:
    assert proxy.template().count("server_name ${DOMAIN};") == 2
    assert "server web:8000;" in proxy.template()
    assert "NGINX_ENVSUBST_FILTER=^DOMAIN$" in stages()["proxy"]

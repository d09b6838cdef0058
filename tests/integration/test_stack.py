"""`make stack` from nothing: one installation below a folder, asked as readers, visitors and operators ask it."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from deploy.stack.machine import BACKUP
from deploy.stack.places import SHIPPED
from deploy.stack.supervised import Supervised
from deploy.stack.wishes import wishes
from tests.stack_trial import DOMAIN, Trial, folder_for_all

pytestmark = pytest.mark.stack

# Of systemd-analyze security: below 2.0 is "OK", what is not fenced in has 9.6.
MOST_EXPOSED = 19
SERVICES = ("website-web@1", "website-worker", "website-backup", "website-certificate")


@pytest.fixture(scope="module")
def stack() -> Iterator[Trial]:
    with folder_for_all() as folder:
        trial = Trial(folder)
        said = trial.install()
        assert "one is made that signs itself" in said
        with trial.serving():
            yield trial


@pytest.mark.parametrize(("language", "direction"), [("ar", "rtl"), ("en", "ltr"), ("fr", "ltr")])
def test_home_page_is_served_with_tls_in_each_language(stack: Trial, language: str, direction: str) -> None:
    answer = stack.get(f"/{language}/")
    assert answer.status == 200
    assert re.search(rf'<html[^>]* lang="{language}"[^>]*dir="{direction}"', answer.body.decode())
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains; preload"
    assert answer.headers["Content-Security-Policy"]


def test_what_a_page_shows_and_where_staff_sign_in_is_served(stack: Trial) -> None:
    page = stack.get("/en/").body.decode()
    style = re.search(r"/static/css/site\.[0-9a-f]+\.css", page)
    picture = re.search(r'/media/images/[^" ]+', page)
    assert style
    assert picture
    assert stack.get(style[0]).headers["Content-Type"].startswith("text/css")
    assert stack.get(picture[0]).headers["Content-Type"].startswith("image/")
    assert b'name="password"' in stack.get("/admin/login/").body
    assert stack.get("/live").body == b"live\n"


def test_plain_http_leads_to_https(stack: Trial) -> None:
    answer = stack.get_plainly("/en/news/", stack.http)
    assert (answer.status, answer.headers["Location"]) == (301, f"https://{DOMAIN}/en/news/")


def test_how_the_site_is_learns_this_machine_alone(stack: Trial) -> None:
    assert stack.get("/ready").status == stack.get("/metrics").status == 404
    assert b'"ready": true' in stack.get_plainly("/ready", stack.application).body


def test_visitors_cannot_choose_their_address(stack: Trial) -> None:
    """Whoever could would have a quota of the API for each address."""
    left = [
        int(re.search(r"r=(\d+)", stack.get("/api/v1/items", X_Forwarded_For=f"203.0.113.{n}").headers["RateLimit"])[1])  # type: ignore[index]
        for n in (1, 2)
    ]
    assert left[1] < left[0]


def test_secrets_are_root_s_alone_and_files_their_owner_s(stack: Trial) -> None:
    places = stack.places
    modes = {path: oct(path.stat().st_mode & 0o777) for path in (places.environment, places.backups, places.data)}
    assert modes == {places.environment: "0o600", places.backups: "0o700", places.data: "0o750"}
    assert oct((places.settings / "certificate.key").stat().st_mode & 0o777) == "0o600"


def test_second_installation_changes_nothing(stack: Trial) -> None:
    before, processes = state(stack), stack.web_processes()
    said = stack.install()
    assert "Everything was right already" in said
    assert state(stack) == before
    assert len(processes) == 2
    assert stack.web_processes() == processes


def state(stack: Trial) -> dict[str, object]:
    """Return what a second installation must leave alone: secrets, certificate, units, and what was published when."""
    settled = [path for folder in (stack.places.settings, stack.places.units) for path in folder.iterdir()]
    files: dict[str, object] = {str(path): (path.read_bytes(), path.stat().st_mtime_ns) for path in settled}
    return files | {"content": stack.get("/api/v1/items?locale=en").body, "release": stack.places.current.readlink()}


def test_nobody_waits_for_a_restart(stack: Trial) -> None:
    """Eight read while both web processes are exchanged: all are answered, none waits for a process that loads."""
    before, stopped, answers = stack.web_processes(), threading.Event(), list[tuple[float, int]]()

    def read(address: str) -> None:
        while not stopped.is_set():
            begun = time.monotonic()
            status = stack.get(address).status
            answers.append((time.monotonic() - begun, status))

    addresses = (
        "/ar/",
        "/en/",
        "/fr/",
        "/en/news/",
        "/admin/login/",
        "/api/v1/items?locale=en",
        "/en/search/",
        "/live",
    )
    readers = [threading.Thread(target=read, args=[address]) for address in addresses]
    for reader in readers:
        reader.start()
    begun = time.monotonic()
    done = stack.command("restart")
    seconds = time.monotonic() - begun
    stopped.set()
    for reader in readers:
        reader.join()
    assert done.returncode == 0, done.stderr
    assert not set(before) & set(stack.web_processes())
    assert {status for _, status in answers} == {200}
    # A second, or on a machine so slow that nothing is answered in one, a part of what a process needs to load.
    assert max(waited for waited, _ in answers) < max(1.0, seconds / 8)


def test_process_that_is_killed_is_started_again(stack: Trial) -> None:
    killed = stack.web_processes()[0]
    os.kill(killed, signal.SIGKILL)
    assert stack.get("/live").status == 200
    deadline = time.monotonic() + 60
    while killed in stack.web_processes() or len(stack.web_processes()) < 2:
        assert time.monotonic() < deadline
        time.sleep(0.2)


def test_backup_of_the_unit_is_whole(stack: Trial) -> None:
    Supervised(stack.places, wishes(stack.places, {})).run_once(BACKUP)
    (backup,) = [path for path in stack.places.backups.iterdir() if path.is_dir()]
    assert (backup / "manifest.json").exists()
    assert (stack.places.data / "last-backup.json").exists()


def test_renewed_certificate_is_taken_over_and_one_with_another_key_is_not(stack: Trial, tmp_path: Path) -> None:
    new, key = tmp_path / "new.pem", tmp_path / "new.key"
    made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=x", "-keyout", str(key)]
    subprocess.run(
        [*made, "-out", str(new), "-addext", f"subjectAltName=DNS:{DOMAIN}"], check=True, capture_output=True
    )
    shipped = stack.places.settings / "certificate.pem"
    old = shipped.read_text()
    refused = stack.command(
        "certificate", CERTIFICATE=str(new), CERTIFICATE_KEY=str(stack.places.settings / "certificate.key")
    )
    assert refused.returncode == 1
    assert "is not the key of" in refused.stderr
    assert shipped.read_text() == old
    assert stack.command("certificate", CERTIFICATE=str(new), CERTIFICATE_KEY=str(key)).returncode == 0
    assert shipped.read_text() == new.read_text()


def test_units_are_what_systemd_understands(stack: Trial) -> None:
    units = [path for path in stack.places.units.iterdir() if "@" not in path.name]
    instance = stack.places.units / "website-web@1.service"
    instance.symlink_to(stack.places.units / "website-web@.service")
    checked = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *map(str, [*units, instance])],
        env=os.environ | {"SYSTEMD_UNIT_PATH": f"{stack.places.units}:"},
        capture_output=True,
        text=True,
        check=False,
    )
    instance.unlink()
    ours = [line for line in checked.stderr.splitlines() if "website" in line]
    assert ours == []


@pytest.mark.parametrize("service", SERVICES)
def test_services_are_fenced_in(service: str, tmp_path: Path) -> None:
    file = tmp_path / f"{service}.service"
    file.write_text((SHIPPED / "systemd" / f"{service.replace('@1', '@')}.service").read_text())
    command = ["systemd-analyze", "security", "--offline=true", f"--threshold={MOST_EXPOSED}", "--no-pager", str(file)]
    judged = subprocess.run(command, capture_output=True, text=True, check=False)
    assert judged.returncode == 0, judged.stdout[-300:] + judged.stderr

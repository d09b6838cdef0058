"""What the build of the image does, step by step on this machine; and the image itself where there is an engine."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from deploy.nginx.trial import free_port
from tests.container_engine import container_engine
from tests.unit.test_containers import CONTAINERFILE, ROOT, stages

pytestmark = pytest.mark.slow


def test_build_makes_catalogues_static_files_bytecode_and_the_proxy_s_template(tmp_path: Path) -> None:
    (tmp_path / ".venv").symlink_to(sys.prefix)
    not_ours = shutil.ignore_patterns("node_modules", "__pycache__", "*.mo")
    for line in stages()["build"].splitlines():
        for name in line.split()[1:-1] if line.startswith("COPY ") else ():
            if (ROOT / name).is_dir():
                shutil.copytree(ROOT / name, tmp_path / name, ignore=not_ours, dirs_exist_ok=True)
            elif "/" not in name:
                shutil.copy(ROOT / name, tmp_path / name)
    made = re.search(r"^RUN (\.venv/bin/pybabel .*?[^\\])$", stages()["build"], re.M | re.S)
    assert made
    step = re.sub(r"DATA_FOLDER=\S+", f"DATA_FOLDER={tmp_path}/data", made[1])
    environment = {"PATH": os.environ["PATH"]}
    done = subprocess.run(
        ["sh", "-ec", step], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    manifest = json.loads((tmp_path / "static-files/staticfiles.json").read_text())
    assert (tmp_path / "static-files" / manifest["paths"]["css/site.css"]).exists()
    assert sorted(path.parts[-3] for path in tmp_path.glob("locale/*/LC_MESSAGES/*.mo")) == ["ar", "fr"]
    assert list(tmp_path.glob("site/config/__pycache__/wsgi.*.pyc"))
    assert "server_name ${DOMAIN};" in (tmp_path / "proxy.conf.template").read_text()


@pytest.mark.containers
def test_image_answers_without_root_and_with_nothing_to_write_to(tmp_path: Path) -> None:
    engine, port = container_engine(), free_port()
    assert engine
    build = [engine, "build", "-f", str(CONTAINERFILE), "--target", "website", "-t", "website:test", "."]
    subprocess.run(build, cwd=ROOT, check=True)
    run = [engine, "run", "--rm", "--read-only", "--cap-drop=ALL", "--tmpfs=/tmp", "--tmpfs=/var/lib/website:mode=1777"]
    assert subprocess.run([*run, "website:test", "id", "-u"], capture_output=True, check=True).stdout == b"10001\n"
    told = [
        "SECRET_KEY=abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJKLMNOP", "ALLOWED_HOSTS=mena.example.int",
        "BASE_URL=https://mena.example.int", "DATABASE_URL=postgresql://a@127.0.0.1/a", "EMAIL_URL=file:///tmp/mail",
        "ENCRYPTION_KEYS=MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=",
    ]  # fmt: skip
    variables = [word for variable in told for word in ("--env", variable)]
    started = [*run, "--detach", f"--publish=127.0.0.1:{port}:8000", *variables, "website:test"]
    number = subprocess.run(started, capture_output=True, text=True, check=True).stdout.strip()
    try:
        asked = ["curl", "--fail", "--retry", "60", "--retry-all-errors", "--retry-delay", "1"]
        answer = subprocess.run([*asked, f"http://127.0.0.1:{port}/live"], capture_output=True, check=True)
        assert answer.stdout == b"live\n"
    finally:
        subprocess.run([engine, "stop", number], check=True, capture_output=True)

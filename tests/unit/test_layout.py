"""Facts about the layout of the repository that would break silently."""

import re
import site
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from pytest_socket import SocketConnectBlockedError

ROOT = Path(__file__).resolve().parents[2]
LONGEST_MODULE = 250


def test_site_folder_is_a_source_root_not_a_package() -> None:
    assert not (ROOT / "site" / "__init__.py").exists()


def test_standard_library_site_is_intact() -> None:
    assert Path(str(site.__file__)).is_relative_to(sys.base_prefix)


def test_no_ignore_file_drops_the_site_folder() -> None:
    ignored = subprocess.run(["git", "check-ignore", "site/config/urls.py"], cwd=ROOT, check=False)
    assert ignored.returncode == 1


def test_the_network_is_blocked() -> None:
    with pytest.warns(UserWarning, match="192.0.2.1"), pytest.raises(SocketConnectBlockedError):
        socket.create_connection(("192.0.2.1", 80), timeout=1)


def test_no_module_is_longer_than_a_newcomer_reads_at_once() -> None:
    """A longer module is a sign that two things live in one. Tests, migrations and generated types are left out."""
    tracked = subprocess.run(["git", "ls-files", "*.py"], cwd=ROOT, capture_output=True, text=True, check=True)
    apart = re.compile(r"tests/|.*migrations/|clients/python/mena_content/types\.py")
    modules = [path for path in tracked.stdout.splitlines() if not apart.match(path) and (ROOT / path).is_file()]
    lengths = {path: len((ROOT / path).read_text(encoding="utf-8").splitlines()) for path in modules}
    assert {path: length for path, length in lengths.items() if length > LONGEST_MODULE} == {}

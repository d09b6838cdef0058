"""A fresh web server process has loaded no module that only few requests, or only other processes, need."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
# Needed for Elasticsearch, exports, typos in searches, personal data, API documentation and bundles, and files.
LATE = ["elasticsearch", "elastic_transport", "openpyxl", "rapidfuzz", "cryptography", "markdown_it", "pypdf", "fpdf"]
_START = """
import sys
import config.wsgi
from django.urls import resolve
resolve("/en/"), resolve("/api/v1/news"), resolve("/admin/")
print(*sys.modules)
"""


@pytest.fixture(scope="module")
def modules() -> set[str]:
    """The modules that a process has loaded once it can resolve every address."""
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "config.settings.test",
        "PYTHONPATH": os.pathsep.join([str(ROOT / "site"), str(ROOT)]),
        "ELASTICSEARCH_URL": "http://127.0.0.1:9",
    }
    command = [sys.executable, "-c", _START]
    output = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True).stdout
    return set(output.split())


@pytest.mark.parametrize("name", LATE)
def test_module_is_loaded_when_a_request_needs_it(modules: set[str], name: str) -> None:
    assert "news.models" in modules
    assert name not in modules

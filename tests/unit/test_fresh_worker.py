"""A fresh web server process has loaded no module that only few requests, or only other processes, need."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
# Needed for Elasticsearch, exports, typos in searches, personal data, API documentation and bundles, and files.
LATE = [
    "elasticsearch",
    "elastic_transport",
    "openpyxl",
    "rapidfuzz",
    "cryptography",
    "markdown_it",
    "pypdf",
    "fpdf",
    "zxcvbn",
    "fido2",
    "segno",
]
# Wagtail's own API, which is not served, and the framework that it is made with.
NEVER = ["wagtail.api.v3", "wagtail.images.api.v3", "ninja"]
_START = """
import sys
import config.wsgi
from django.urls import resolve
resolve("/en/"), resolve("/api/v1/news"), resolve("/admin/")
print(*sys.modules)
"""
_IMPORTED_AFTERWARDS = """
import config.wsgi
from wagtail.api.v3.api import api
from wagtail.contrib.redirects.api import v2
print(type(api).__module__, v2.RedirectsAPIViewSet.__name__)
"""


@pytest.fixture(scope="module")
def modules() -> set[str]:
    """The modules that a process has loaded once it can resolve every address."""
    return set(_output_of(_START).split())


@pytest.mark.parametrize("name", [*LATE, *NEVER])
def test_module_is_not_loaded_before_a_request_needs_it(modules: set[str], name: str) -> None:
    assert "news.models" in modules
    assert name not in modules


def test_what_is_kept_out_of_the_start_can_still_be_imported() -> None:
    assert _output_of(_IMPORTED_AFTERWARDS).split() == ["ninja.main", "RedirectsAPIViewSet"]


def _output_of(program: str) -> str:
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "config.settings.test",
        "PYTHONPATH": os.pathsep.join([str(ROOT / "site"), str(ROOT)]),
        "ELASTICSEARCH_URL": "http://127.0.0.1:9",
    }
    command = [sys.executable, "-c", program]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True).stdout

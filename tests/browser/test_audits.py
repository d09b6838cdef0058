"""What others' tools say of the pages: the Nu validator of the W3C, and Lighthouse."""

from __future__ import annotations

import json
import subprocess
import urllib.request
from pathlib import Path
from urllib.error import HTTPError

import pytest

from deploy.lighthouse import KINDS, PROGRAM, measured
from tests.browser.pages import ALL_PAGES, LANGUAGES, address_of

pytestmark = [pytest.mark.browser, pytest.mark.java]

VALIDATOR = Path(__file__).parent / "audits/node_modules/vnu-jar/build/dist/vnu.jar"


@pytest.fixture(autouse=True)
def audits() -> None:
    if not (PROGRAM.exists() and VALIDATOR.exists()):
        pytest.fail("Lighthouse and the Nu validator are missing: make audits")


def test_html_is_valid(site_address: str, tmp_path: Path) -> None:
    for kind in ALL_PAGES:
        for language in LANGUAGES:
            html = _fetched(address_of(site_address, kind, language))
            (tmp_path / f"{kind}.{language}.html").write_bytes(html)
    command = ["java", "-jar", str(VALIDATOR), "--format", "json", "--stdout", "--exit-zero-always", str(tmp_path)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    messages = json.loads(done.stdout)["messages"]
    assert [message for message in messages if message["type"] != "info"] == []
    assert len(list(tmp_path.iterdir())) == len(ALL_PAGES) * len(LANGUAGES)


def _fetched(address: str) -> bytes:
    """A page, also one that says that there is none."""
    try:
        with urllib.request.urlopen(address) as answer:
            return bytes(answer.read())
    except HTTPError as answer:
        return answer.read()


@pytest.mark.parametrize("kind", KINDS)
def test_lighthouse_finds_nothing(site_address: str, kind: str) -> None:
    """In Arabic, which has the most to go wrong; `make lighthouse` measures all languages."""
    scores = measured(address_of(site_address, kind, "ar"))
    assert scores.too_low() == {}, scores

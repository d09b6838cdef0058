"""Third-party tools find no fault in the pages: the Nu validator of the W3C, and Lighthouse."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
from playwright.sync_api import Page

from deploy.lighthouse import KINDS, PROGRAM, measured
from tests.browser.pages import ALL_PAGES, LANGUAGES, address_of, open_page

pytestmark = [pytest.mark.browser, pytest.mark.java]

VALIDATOR = Path(__file__).parent / "audits/node_modules/vnu-jar/build/dist/vnu.jar"


@pytest.fixture(autouse=True)
def audits() -> None:
    if not (PROGRAM.exists() and VALIDATOR.exists()):
        pytest.fail("Lighthouse and the Nu validator are missing: make audits")


def test_html_is_valid(page: Page, site_address: str, tmp_path: Path) -> None:
    for kind in ALL_PAGES:
        for language in LANGUAGES:
            html = open_page(page, site_address, kind, language).body()
            (tmp_path / f"{kind}.{language}.html").write_bytes(html)
    command = ["java", "-jar", str(VALIDATOR), "--format", "json", "--stdout", "--exit-zero-always", str(tmp_path)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    messages = json.loads(done.stdout)["messages"]
    assert [message for message in messages if message["type"] != "info"] == []
    assert len(list(tmp_path.iterdir())) == len(ALL_PAGES) * len(LANGUAGES)


@pytest.mark.parametrize("kind", KINDS)
def test_lighthouse_finds_nothing(site_address: str, kind: str) -> None:
    """Tests Arabic, in which most can go wrong; `make lighthouse` measures all languages."""
    scores = measured(address_of(site_address, kind, "ar"))
    assert scores.too_low() == {}, scores

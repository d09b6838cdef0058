"""The example partner site: static pages in three languages that follow the site."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import urldefrag

import html5lib
import pytest

from examples.partner_site import mirror as example
from mena_content import Client, Unavailable
from publishing.models import PublishedDocument

from .live import Failure, LiveSite
from .operations import lift_restrictions, news, rename, restrict_section, unpublish

ROOT = Path(__file__).resolve().parents[2]
XHTML = "{http://www.w3.org/1999/xhtml}"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "public"


def run(client: Client, folder: Path) -> str:
    return example.mirror(client, folder, folder.with_name("state.sqlite3"))


def page_of(folder: Path, language: str = "en") -> Path:
    return folder / language / f"{news().translation_key}.html"


def texts(folder: Path) -> dict[str, str]:
    return {str(path.relative_to(folder)): path.read_text() for path in folder.rglob("*.html")}


def test_every_public_content_has_a_page_in_its_language_and_direction(client: Client, folder: Path) -> None:
    run(client, folder)
    rows = PublishedDocument.objects.filter(removal="")
    expected = {f"{row.locale}/{row.content_id}.html": row for row in rows}
    assert set(texts(folder)) == {*expected, "index.html", "ar/index.html", "en/index.html", "fr/index.html"}
    for name, text in texts(folder).items():
        root = html5lib.parse(text)
        language = name.partition("/")[0] if "/" in name else "en"
        assert (root.get("lang"), root.get("dir")) == (language, "rtl" if language == "ar" else "ltr")


def test_every_page_names_its_source_and_links_to_mirrored_pages_only_where_there_are_some(
    client: Client, folder: Path
) -> None:
    run(client, folder)
    mirrored = 0
    originals = {item["html_url"] for language in ("ar", "en", "fr") for item in client.iter_cards(locale=language)}
    for row in PublishedDocument.objects.filter(removal=""):
        path = folder / row.locale / f"{row.content_id}.html"
        root = html5lib.parse(path.read_text())
        source = next(root.iter(f"{XHTML}footer")).find(f".//{XHTML}a").get("href")
        assert source in originals
        canonical = [link.get("href") for link in root.iter(f"{XHTML}link") if link.get("rel") == "canonical"]
        assert canonical == [source]
        for link in root.iter(f"{XHTML}a"):
            address = urldefrag(link.get("href", "")).url
            if ":" not in address and address:
                assert (path.parent / address).exists(), (path, address)
                mirrored += 1
            elif address in originals:
                assert address == source
    assert mirrored > 300


def test_second_run_writes_nothing(client: Client, folder: Path) -> None:
    run(client, folder)
    assert "0 contents new or changed, 0 removed; 0 pages written, 0 removed" in run(client, folder)


def test_edit_changes_its_page_and_the_pages_that_name_it(client: Client, folder: Path) -> None:
    run(client, folder)
    before = texts(folder)
    rename()
    run(client, folder)
    after = texts(folder)
    changed = {name for name in after if before[name] != after[name]}
    key = news().translation_key
    assert {f"en/{key}.html", f"ar/{key}.html", "en/index.html"} <= changed
    assert len(changed) < 10
    assert "(corrected)" in page_of(folder).read_text()


@pytest.mark.parametrize("remove", [unpublish, restrict_section])
def test_what_must_disappear_disappears_with_every_link_to_it(remove: object, client: Client, folder: Path) -> None:
    run(client, folder)
    name, title = page_of(folder), news().title
    assert callable(remove)
    remove()
    run(client, folder)
    assert not name.exists()
    assert not any(f"en/{name.name}" in text or title in text for text in texts(folder).values())
    lift_restrictions()
    news().save_revision().publish()
    run(client, folder)
    assert name.exists()


def test_page_deleted_by_hand_comes_back_and_files_of_the_partner_stay(client: Client, folder: Path) -> None:
    run(client, folder)
    page_of(folder).unlink()
    (folder / "own.html").write_text("ours")
    run(client, folder)
    assert page_of(folder).exists()
    assert (folder / "own.html").read_text() == "ours"


def test_markup_in_titles_is_shown_and_not_run(client: Client, folder: Path) -> None:
    page = news()
    page.title = '<script>alert(1)</script> & "quotes"'
    page.save_revision().publish()
    run(client, folder)
    for name in (page_of(folder), page_of(folder, "ar"), folder / "en" / "index.html"):
        root = html5lib.parse(name.read_text())
        assert not list(root.iter(f"{XHTML}script"))
        assert page.title in "".join(root.itertext())


def test_site_that_is_down_leaves_the_pages_as_they_are(client: Client, live_site: LiveSite, folder: Path) -> None:
    run(client, folder)
    before = texts(folder)
    live_site.failures.extend([Failure()] * 5)
    with pytest.raises(Unavailable):
        run(client, folder)
    assert texts(folder) == before


def test_script_runs_as_its_readme_says(live_site: LiveSite, folder: Path) -> None:
    script = ROOT / "examples" / "partner_site" / "mirror.py"
    environment = os.environ | {"PYTHONPATH": str(ROOT / "clients" / "python")}
    command = [sys.executable, str(script), live_site.address, str(folder)]
    first = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    assert "pages written" in first.stdout
    assert page_of(folder).exists()
    assert folder.with_name("public.sqlite3").exists()
    again = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    assert "0 pages written" in again.stdout

"""The example partner site: static pages in three languages that follow the site."""

from __future__ import annotations

import hashlib
import html
import os
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import urldefrag

import html5lib
import mirror as example
import pytest
from details import name_of
from django.db.models import QuerySet
from django.utils import timezone
from words import size

from core.embargo import set_embargo
from core.models import ContentDocument, OfficeSettings
from mena_content import Client, Unavailable
from mena_content.types import Locale, PublicationItem
from press.releases.page import PressReleasePage
from press.releases.parts import ReleaseContact, ReleaseCorrection, ReleasePicture
from publishing.large_changes import continue_large_changes
from publishing.models import PublishedDocument
from research.models import PublicationPage
from tests.factories import make_image, make_page

from .live import Failure, LiveSite
from .operations import lift_restrictions, news, rename, restrict_section, unpublish

ROOT = Path(__file__).resolve().parents[2]
XHTML = "{http://www.w3.org/1999/xhtml}"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "public"


def run(client: Client, folder: Path, *, link_files: bool = True) -> str:
    return example.mirror(client, folder, folder.with_name("state.sqlite3"), link_files=link_files)


def page_of(folder: Path, language: str = "en") -> Path:
    return folder / language / f"{news().translation_key}.html"


def texts(folder: Path) -> dict[str, str]:
    return {str(path.relative_to(folder)): path.read_text() for path in folder.rglob("*.html")}


def rows_to_read() -> QuerySet[PublishedDocument]:
    return PublishedDocument.objects.filter(removal="", facets__name="role", facets__value="content")


def test_everything_to_read_has_a_page_in_its_language_and_direction_and_no_tool_has(
    client: Client, folder: Path
) -> None:
    run(client, folder)
    rows = rows_to_read()
    assert 100 < rows.count() < PublishedDocument.objects.filter(removal="").count()
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
    languages: tuple[Locale, ...] = ("ar", "en", "fr")
    originals = {
        item["html_url"] for language in languages for item in client.iter_cards(locale=language, role="content")
    }
    for row in rows_to_read():
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


def publications(client: Client) -> list[PublicationItem]:
    languages: tuple[Locale, ...] = ("ar", "en", "fr")
    found = [item for language in languages for item in client.iter_items(locale=language, type="publication")]
    return [item for item in found if item["type"] == "publication"]


@pytest.mark.usefixtures("real_addresses")
def test_publication_has_its_files_with_size_and_language_and_who_wrote_it(client: Client, folder: Path) -> None:
    run(client, folder, link_files=False)
    found = publications(client)
    assert {item["locale"] for item in found} == {"ar", "en", "fr"}
    assert any(item["authors"] for item in found)
    for item in found:
        path = folder / example.path_of(item)
        text = "".join(html5lib.parse(path.read_text()).itertext())
        links = {link.get("href"): link for link in html5lib.parse(path.read_text()).iter(f"{XHTML}a")}
        for file in item["files"]:
            content = (folder / "files" / name_of(file)).read_bytes()
            assert hashlib.sha256(content).hexdigest() == file["sha256"]
            link = links[f"../files/{name_of(file)}"]
            assert (link.get("hreflang"), link.get("download")) == (file["locale"], file["filename"])
            assert size(len(content), item["locale"]) in text
        for value in (item["series"], item["isbn"], item["doi"], *(author["name"] for author in item["authors"])):
            assert not value or value in text


@pytest.mark.usefixtures("real_addresses")
def test_file_that_is_not_what_it_should_be_is_not_offered_and_comes_with_the_next_run(
    client: Client, folder: Path
) -> None:
    item = next(item for item in publications(client) if item["files"])
    file, page = item["files"][0], folder / example.path_of(item)
    stored = Path(ContentDocument.objects.filter(sha256=file["sha256"])[0].file.path)
    content = stored.read_bytes()
    try:
        stored.write_bytes(b"evil")
        run(client, folder, link_files=False)
        assert not (folder / "files" / name_of(file)).exists()
        assert f'href="{file["url"]}"' in page.read_text()
    finally:
        stored.write_bytes(content)
    run(client, folder, link_files=False)
    assert (folder / "files" / name_of(file)).read_bytes() == content
    assert f'href="../files/{name_of(file)}"' in page.read_text()


@pytest.mark.usefixtures("real_addresses")
@pytest.mark.slow
def test_files_of_what_disappears_disappear(client: Client, folder: Path) -> None:
    run(client, folder, link_files=False)
    assert list((folder / "files").iterdir())
    for page in PublicationPage.objects.live():
        page.unpublish()
    run(client, folder, link_files=False)
    assert not list((folder / "files").iterdir())


def test_release_has_its_contacts_corrections_pictures_and_what_became_of_its_embargo(
    client: Client, folder: Path
) -> None:
    image = make_image(credit="IOM 2026 / Name", cleared_for_press=True)
    release = make_page(PressReleasePage, "en", live=False, dateline="Cairo")
    set_embargo(release.translation_key, timezone.now() - timedelta(hours=1))
    release.pictures = [ReleasePicture(image=image, alt="What it shows", caption="The caption")]
    release.contacts = [ReleaseContact(name="A Person", role="Spokesperson", email="press@example.org")]
    release.corrections = [ReleaseCorrection(date=date(2026, 11, 2), text="The figure was wrong.")]
    release.save_revision().publish()
    run(client, folder)
    path = folder / "en" / f"{release.translation_key}.html"
    text = "".join(html5lib.parse(path.read_text()).itertext())
    for words in (
        "Cairo · ", "A Person", "press@example.org", "The figure was wrong.", "The caption · IOM 2026 / Name",
        "Was under embargo until",
    ):  # fmt: skip
        assert words in text
    assert image.file.url in path.read_text()


@pytest.mark.slow
def test_every_page_names_the_terms_of_its_use(client: Client, folder: Path) -> None:
    for settings in OfficeSettings.objects.all():
        settings.licence, settings.licence_url = "A licence", "https://www.example.org/licence"
        settings.terms_url, settings.credit_line = "https://www.example.org/terms", "The credit line"
        settings.save()
    while continue_large_changes():
        pass
    run(client, folder)
    for row in rows_to_read():
        root = html5lib.parse((folder / row.locale / f"{row.content_id}.html").read_text())
        footer = next(root.iter(f"{XHTML}footer"))
        assert "The credit line" in "".join(footer.itertext())
        assert {link.get("href") for link in footer.iter(f"{XHTML}a")} >= {settings.licence_url, settings.terms_url}


def test_lead_image_has_caption_credit_and_webp_and_lists_show_its_square(client: Client, folder: Path) -> None:
    run(client, folder)
    item = next(item for item in client.iter_items(type="news") if item["lead_image"])
    image = item["lead_image"]
    assert image
    assert image["square"]
    text = (folder / example.path_of(item)).read_text()
    assert f'<source type="image/webp" srcset="{image["renditions"][2].get("webp_url")}">' in text
    assert image["square"]["url"] in (folder / "en" / "index.html").read_text()
    for words in (image["caption"], image["credit"]):
        assert html.escape(words) in text


def test_documents_that_are_older_than_squares_and_terms_still_make_pages(client: Client) -> None:
    item = next(item for item in client.iter_items(type="news") if item["lead_image"])
    assert item["lead_image"]
    del item["lead_image"]["square"], item["rights"]
    for rendition in item["lead_image"]["renditions"]:
        del rendition["webp_url"]
    shown = dict(example.pages([item], set()))
    assert item["title"] in html.unescape(shown[example.path_of(item)])


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


@pytest.mark.usefixtures("real_addresses")
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

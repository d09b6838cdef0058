"""Content bundles: valid ones load, invalid ones are refused, and an export reverses a load."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as site_settings
from django.core.management import CommandError, call_command
from PIL import Image
from pypdf import PdfWriter
from wagtail.models import Locale, Page, Revision

from core.content_types.identity import content_id_of
from core.models import ContentDocument, ContentImage, Topic
from home.models import HomePage, StandardPage
from news.models import NewsPage
from research.models import PublicationPage
from tests.conftest import SAMPLE, STARTER
from tests.factories import pdf_content

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

NEWS = """---
title: A title
summary: A summary
date: 2026-03-14
topics: [labour-migration]
countries: [EGY, TUN]
---
A paragraph with a [link](pages/contact.md).
"""


def load(folder: Path, *options: str) -> str:
    output = StringIO()
    call_command("load_content", str(folder), *options, stdout=output, stderr=StringIO())
    return output.getvalue()


def write(folder: Path, name: str, text: str | bytes) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def picture(folder: Path, name: str = "images/a.png") -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.new("RGB", (80, 45), "teal").save(path)


def state() -> tuple[Any, ...]:
    """Return everything that a load may change, including files."""
    rows = [Page, Revision, Topic, ContentImage, ContentDocument]
    files = sorted(path for path in Path(site_settings.MEDIA_ROOT).rglob("*") if path.is_file())
    return (*(model.objects.count() for model in rows), Page.objects.order_by("-pk").first(), files)


def page_of(path: str, language: str) -> Page:
    return Page.objects.get(translation_key=content_id_of(*path.split("/")), locale__language_code=language).specific


class TestBundleOfSomebodyElse:
    """Uses only what the description of the format documents, written as people write it."""

    @pytest.fixture
    def folder(self, tmp_path: Path) -> Path:
        picture(tmp_path)
        write(tmp_path, "files/report.ar.pdf", pdf_content())
        write(
            tmp_path, "news/a-story.en.md", NEWS.replace("topics", "image: ../images/a.png\nimage_alt: A shape\ntopics")
        )
        write(tmp_path, "news/a-story.ar.md", "\ufeff" + NEWS.replace("A title", "عنوان").replace("\n", "\r\n"))
        write(
            tmp_path,
            "publications/a-report.ar.md",
            '---\ntitle: تقرير\nslug: تقرير-أول\nsummary: ملخص\ndate: "2025-01-02"\nauthors: [مؤلف, {name: ثان}]\n'
            "series: سلسلة\nisbn: 9780000000002\ndoi: 10.5555/x.1\nfiles: [files/report.ar.pdf]\n"
            "topics: [a-new-topic]\n---\n\n## عنوان\n\nنص.\n\n| أ | ب |\n|---|---|\n| 1 | 2 |\n\n"
            '![شكل](images/a.png "تعليق")\n',
        )
        write(tmp_path, "pages/terms.fr.md", "---\ntitle: Conditions\n---\n")
        return tmp_path

    def test_it_loads_and_says_what_it_did(self, folder: Path) -> None:
        output = load(folder)
        assert "news: 2 created" in output
        assert "publications: 1 created" in output
        assert "a-new-topic" in output
        story = page_of("news/a-story", "ar")
        assert (story.title, story.date.isoformat(), story.countries) == ("عنوان", "2026-03-14", ["EGY", "TUN"])
        assert [topic.slug for topic in story.topics.all()] == ["labour-migration"]
        report = page_of("publications/a-report", "ar")
        assert report.slug == "تقرير-أول"
        assert [author.name for author in report.authors.all()] == ["مؤلف", "ثان"]
        assert [(file.language, file.document.title) for file in report.files.all()] == [("ar", "report.ar")]
        assert [block.block_type for block in report.body] == ["heading", "rich_text", "table", "image"]
        assert not Page.objects.filter(translation_key=report.translation_key).exclude(pk=report.pk).exists()

    def test_lead_picture_is_decoration_where_there_is_one_without_words(self, folder: Path) -> None:
        write(folder, "news/bare.en.md", NEWS.replace("topics", "image: ../images/a.png\ntopics"))
        load(folder)
        told = {path: page_of(path, "en").lead_image_is_decorative for path in ("news/a-story", "news/bare")}
        assert told == {"news/a-story": False, "news/bare": True}
        assert not page_of("news/a-story", "ar").lead_image_is_decorative

    def test_a_second_run_changes_nothing(self, folder: Path) -> None:
        load(folder)
        before = (state(), page_of("news/a-story", "en").last_published_at)
        assert "Nothing to change" in load(folder)
        assert (state(), page_of("news/a-story", "en").last_published_at) == before

    def test_a_dry_run_says_the_same_and_changes_nothing(self, folder: Path) -> None:
        before = state()
        output = load(folder, "--dry-run")
        assert "news: 2 created" in output
        assert "nothing was changed" in output
        assert state() == before

    def test_a_changed_file_changes_its_page_only(self, folder: Path) -> None:
        load(folder)
        write(folder, "news/a-story.en.md", NEWS.replace("A summary", "Another summary"))
        assert "news: 0 created, 1 updated, 1 unchanged" in load(folder)
        assert page_of("news/a-story", "en").summary == "Another summary"

    def test_it_brings_the_sections_it_needs(self, folder: Path) -> None:
        for home in HomePage.objects.all():
            for child in home.get_children():
                child.specific.delete()
        (folder / "news/a-story.en.md").write_text(NEWS.replace("[link](pages/contact.md)", "link"))
        (folder / "news/a-story.ar.md").write_text(NEWS.replace("[link](pages/contact.md)", "link"))
        load(folder)
        assert page_of("news/a-story", "ar").get_parent().specific.title == "الأخبار"


def bad(name: str, text: str | bytes = NEWS) -> Callable[[Path], object]:
    return lambda folder: write(folder, name, text)


def big(name: str) -> Callable[[Path], object]:
    def make(folder: Path) -> None:
        with write(folder, name, b"").open("wb") as file:
            file.truncate(50 * 1024 * 1024)
        if not name.endswith(".md"):
            write(folder, "news/bad.en.md", NEWS.replace("date:", f"image: {name}\nimage_alt: x\ndate:"))

    return make


def with_file(name: str, content: bytes, key: str, text: str = "") -> Callable[[Path], object]:
    def make(folder: Path) -> None:
        write(folder, name, content)
        news = NEWS.replace("date:", f"{key.format(name)}\ndate:") if key else NEWS
        write(folder, "news/bad.en.md", f"{news}\n{text.format(name)}\n")

    return make


def broken_picture() -> bytes:
    file = BytesIO()
    Image.effect_noise((200, 200), 90).save(file, "PNG")
    return file.getvalue()[:20_000]


def locked_document() -> bytes:
    writer, file = PdfWriter(BytesIO(pdf_content())), BytesIO()
    writer.encrypt("secret")
    writer.write(file)
    return file.getvalue()


def link_outside(folder: Path) -> None:
    outside = folder.parent / "outside.md"
    outside.write_text(NEWS)
    (folder / "news").mkdir(exist_ok=True)
    (folder / "news/bad.en.md").symlink_to(outside)


def duplicate_slug(folder: Path) -> None:
    write(folder, "news/one.en.md", NEWS.replace("title:", "slug: same\ntitle:"))
    write(folder, "news/two.en.md", NEWS.replace("title:", "slug: same\ntitle:"))


REFUSED: dict[str, tuple[Callable[[Path], object], str]] = {
    "missing title": (
        bad("news/bad.en.md", NEWS.replace("title: A title\n", "")),
        "news/bad.en.md:2: “title” is missing",
    ),
    "unknown language": (bad("news/bad.de.md"), "news/bad.de.md: its name must end with a language"),
    "no language": (bad("news/bad.md"), "news/bad.md: its name must end with a language"),
    "bad date": (
        bad("news/bad.en.md", NEWS.replace("2026-03-14", "2026-13-45")),
        "news/bad.en.md:4: “date” is not a date",
    ),
    "missing date": (bad("news/bad.en.md", NEWS.replace("date: 2026-03-14\n", "")), "“date” is missing"),
    "duplicate slug": (duplicate_slug, "news/two.en.md:2: the slug “same” is that of news/one.en.md too"),
    "slug of the site": (
        bad("news/bad.en.md", NEWS.replace("title:", "slug: sample-documents-to-carry\ntitle:")),
        "news/bad.en.md:2: the slug “sample-documents-to-carry” is taken",
    ),
    "unknown country": (bad("news/bad.en.md", NEWS.replace("TUN", "XXX")), "news/bad.en.md:6: “countries”: XXX is not"),
    "broken front matter": (
        bad("news/bad.en.md", NEWS.replace("A title", "A: title: x")),
        "news/bad.en.md:2: the front matter is not valid YAML",
    ),
    "unterminated front matter": (
        bad("news/bad.en.md", "---\ntitle: x\n"),
        "news/bad.en.md:1: the front matter needs a line --- after it",
    ),
    "no front matter": (bad("news/bad.en.md", "Text"), "news/bad.en.md:1: the front matter needs a line --- before it"),
    "front matter is a list": (bad("news/bad.en.md", "---\n- a\n---\n"), "no list of keys"),
    "key twice": (
        bad("news/bad.en.md", NEWS.replace("date:", "title: B\ndate:")),
        "news/bad.en.md:4: the front matter is not valid YAML: “title” stands twice",
    ),
    "unknown key": (
        bad("news/bad.en.md", NEWS.replace("date:", "datum: 1\ndate:")),
        "news/bad.en.md:4: “datum” is not known",
    ),
    "binary file": (
        bad("news/bad.en.md", b"---\ntitle: x\n---\n\xff\xfe\x00\x01"),
        "news/bad.en.md:4: it is not UTF-8 text",
    ),
    "NUL": (bad("news/bad.en.md", "---\ntitle: x\n---\na\x00b"), "news/bad.en.md:4: it is a binary file"),
    "empty file": (bad("news/bad.en.md", ""), "news/bad.en.md:1: the front matter needs"),
    "huge text": (big("news/bad.en.md"), "news/bad.en.md: it is larger than"),
    "huge picture": (big("images/big.png"), "news/bad.en.md:4: “images/big.png” is larger than 20 MiB"),
    "picture outside": (
        bad("news/bad.en.md", NEWS.replace("date:", "image: ../../../etc/hostname\ndate:")),
        "news/bad.en.md:4: ",
    ),
    "absolute path": (
        bad("news/bad.en.md", NEWS.replace("date:", "image: /etc/hostname\ndate:")),
        "news/bad.en.md:4: “/etc/hostname” is outside",
    ),
    "link to outside": (link_outside, "news/bad.en.md: it is a link to a file outside"),
    "broken picture": (
        with_file("images/a.png", b"These are words.", "image: {}\nimage_alt: x"),
        "news/bad.en.md:4: “images/a.png” is not a picture of a known kind",
    ),
    "picture that breaks off": (
        with_file("images/a.png", broken_picture(), "image: {}\nimage_alt: x"),
        "news/bad.en.md:4: “images/a.png” is a damaged picture",
    ),
    "document that is none": (
        with_file("files/a.pdf", b"<html>", "", "[It]({})"),
        "“files/a.pdf” is not a .pdf file inside",
    ),
    "damaged document": (with_file("files/a.pdf", b"%PDF-1.4 text", "", "[It]({})"), "“files/a.pdf” is damaged"),
    "locked document": (
        with_file("files/a.pdf", locked_document(), "", "[It]({})"),
        "“files/a.pdf” is locked with a password",
    ),
    "no such picture": (
        bad("news/bad.en.md", NEWS.replace("date:", "image: images/no.png\ndate:")),
        "news/bad.en.md:4: there is no file",
    ),
    "no such content": (
        bad("news/bad.en.md", NEWS.replace("pages/contact", "pages/nowhere")),
        "pages/nowhere is neither in the bundle nor on the site",
    ),
    "link of another kind": (bad("news/bad.en.md", NEWS.replace("pages/contact.md", "ftp://x")), "news/bad.en.md:8: "),
    "unknown folder": (bad("stories/bad.en.md"), "stories/bad.en.md: it is in no known folder"),
    "unknown kind of file": (bad("news/bad.docx", b"x"), "news/bad.docx: a bundle holds"),
    "stem with capitals": (bad("news/Bad.en.md"), "news/Bad.en.md: its name must be lower-case"),
    "first-level heading": (bad("news/bad.en.md", NEWS + "\n# Title\n"), "news/bad.en.md:10: write headings with ##"),
    "unknown block": (
        bad("news/bad.en.md", NEWS + "\n```fireworks\n```\n"),
        "news/bad.en.md:10: “fireworks” is not a block",
    ),
    "wrong block": (
        bad("news/bad.en.md", NEWS + "\n```quote\nwords: x\n```\n"),
        "news/bad.en.md:11: the block “quote”: “words” is not known",
    ),
    "wrong ISBN": (
        bad("publications/bad.en.md", "---\ntitle: A\ndate: 2026-01-01\nisbn: 978-0-00-000000-3\n---\n"),
        "publications/bad.en.md:4: “isbn”: 978-0-00-000000-3 is not an ISBN",
    ),
    "YAML bomb": (
        bad("news/bad.en.md", "---\na: &a [x,x]\nb: &b [*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b]\ntitle: [*c,*c]\n---\n"),
        "news/bad.en.md",
    ),
    "nested deeply": (bad("news/bad.en.md", f"---\ntitle: {'[' * 5000}\n---\n"), "news/bad.en.md"),
    "nothing": (lambda folder: None, "the folder holds no content"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_bad_bundle_is_refused_by_file_and_line_and_nothing_changes(name: str, tmp_path: Path) -> None:
    make, message = REFUSED[name]
    folder = tmp_path / "bundle"
    folder.mkdir()
    if name != "nothing":
        picture(folder)
        good = NEWS.replace("date:", "image: images/a.png\nimage_alt: A shape\ndate:")
        write(folder, "news/a-good-one.en.md", good)
    make(folder)
    before = state()
    with pytest.raises(CommandError, match="Nothing was changed") as refusal:
        load(folder)
    assert message in str(refusal.value)
    assert state() == before


def test_folder_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="there is no such folder"):
        load(tmp_path / "nowhere")


def test_script_behind_a_link_stays_text(tmp_path: Path) -> None:
    write(tmp_path, "news/a.en.md", NEWS.replace("pages/contact.md", "javascript:alert(1)"))
    load(tmp_path)
    assert "<a" not in str(page_of("news/a", "en").body)


def test_all_problems_are_told_together(tmp_path: Path) -> None:
    write(tmp_path, "news/one.en.md", "x")
    write(tmp_path, "news/two.xx.md", NEWS)
    with pytest.raises(CommandError, match="2 to correct") as refusal:
        load(tmp_path)
    assert "news/one.en.md:1" in str(refusal.value)
    assert "news/two.xx.md" in str(refusal.value)


def test_alias_in_the_way_becomes_a_page(tmp_path: Path) -> None:
    source = NewsPage.objects.get(slug="sample-documents-to-carry", locale__language_code="en")
    source.copy_for_translation(Locale.objects.get(language_code="fr"), alias=True)
    text = (SAMPLE / "news/sample-documents-to-carry.en.md").read_text().replace("../images", "images")
    write(tmp_path, "news/sample-documents-to-carry.fr.md", text)
    shutil.copytree(SAMPLE / "images", tmp_path / "images")
    load(tmp_path)
    page = page_of("news/sample-documents-to-carry", "fr")
    assert page.alias_of is None
    assert page.live


def test_the_bundles_of_the_site_are_loaded_as_they_are() -> None:
    for folder in (STARTER, SAMPLE):
        assert "Nothing to change" in load(folder)


def test_sample_content_is_refused_where_it_is_not_wanted(settings: Any) -> None:
    settings.SAMPLE_CONTENT = False
    with pytest.raises(CommandError, match="sample content"):
        load(SAMPLE)
    load(STARTER)


def test_export_is_the_reverse_of_load(tmp_path: Path) -> None:
    call_command("export_content", str(tmp_path / "one"), stdout=StringIO())
    assert "Nothing to change" in load(tmp_path / "one")
    for home in HomePage.objects.all():
        for child in home.get_children():
            child.specific.delete()
    load(tmp_path / "one")
    call_command("export_content", str(tmp_path / "two"), stdout=StringIO())
    one, two = (
        {path.relative_to(root): path.read_bytes() for path in root.rglob("*.md")}
        for root in (tmp_path / "one", tmp_path / "two")
    )
    assert one.keys() == two.keys()
    assert [name for name in one if one[name] != two[name]] == []


def test_what_an_editor_made_comes_back_as_it_was(tmp_path: Path) -> None:
    contact = StandardPage.objects.get(slug="contact", locale__language_code="en")
    publication = PublicationPage.objects.exclude(files=None).first()
    page = StandardPage(title="Nested: page", slug="nested", locale=contact.locale)
    contact.add_child(instance=page)
    page.body = [
        (
            "rich_text",
            f'<p>a_b * &amp;copy; <b>x</b><br/>1. y</p><p>- z <a linktype="page" id="{contact.pk}">[w]</a></p>',
        ),
        ("heading", {"text": "# not *a* heading", "level": "3"}),
        ("quote", {"text": "``` 'x' \n: y", "attribution": ""}),
        ("call_to_action", {"text": "", "label": "Go", "page": contact, "url": "", "email": ""}),
        ("documents", {"title": "", "files": [{"document": publication.files.first().document, "title": "T"}]}),
        ("notice", {"kind": "warning", "title": "", "text": "<ul><li>one</li></ul>"}),
    ]
    page.save_revision().publish()
    call_command("export_content", str(tmp_path / "bundle"), stdout=StringIO())
    assert "Nothing to change" in load(tmp_path / "bundle")
    assert (tmp_path / "bundle/pages/nested.en.md").exists()


def test_export_leaves_out_what_the_public_may_not_read(tmp_path: Path) -> None:
    page = NewsPage.objects.get(slug="sample-documents-to-carry", locale__language_code="en")
    page.unpublish()
    call_command("export_content", str(tmp_path / "bundle"), stdout=StringIO())
    assert not (tmp_path / "bundle/news/sample-documents-to-carry.en.md").exists()
    arabic = page.get_translation(Locale.objects.get(language_code="ar"))
    texts = [path.read_text() for path in (tmp_path / "bundle/news").glob("*.ar.md")]
    assert len([text for text in texts if arabic.title in text]) == 1


def test_export_does_not_write_into_a_folder_that_holds_something(tmp_path: Path) -> None:
    write(tmp_path, "mine.txt", "x")
    with pytest.raises(CommandError, match="not empty"):
        call_command("export_content", str(tmp_path))

"""Export the public pages of the site as a bundle."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from wagtail.models import Page

from core.content_types.front_matter import date_or_moment
from core.content_types.identity import content_id_of
from core.content_types.references import DocumentReference, ImageReference, Reference
from core.languages.declared import default_first
from core.languages.versions import public_pages
from core.models import (
    BasePage,
    ContentDocument,
    ContentImage,
    CorrectedPage,
    EmbargoedPage,
    OfficeSettings,
    Topic,
)
from home.models import SectionPage

from .markdown_writer import MarkdownWriter, dump_yaml
from .spokespeople import exported_spokespeople
from .stored_body import comparable
from .structure import default_parent, sections, types_by_folder, unique_sections

Progress = Callable[[int, int, str], None]


def export(folder: Path, progress: Progress | None = None) -> Counter[str]:
    """Write all public content into `folder`, which must not exist or be empty.

    Return how many files of each kind were written. Raise FileExistsError if the folder is not empty.
    """
    if folder.exists() and any(folder.iterdir()):
        raise FileExistsError(folder)
    return _Exporter(folder, progress or (lambda done, total, name: None)).run()


class _Exporter:
    def __init__(self, folder: Path, progress: Progress) -> None:
        self.folder = folder
        self.progress = progress
        self.counts: Counter[str] = Counter()
        self.files: dict[tuple[type, int], str] = {}
        pages = list(public_pages(Page.objects.filter(depth__gt=1)).order_by("path").specific())
        self.pages: list[BasePage] = [page for page in pages if isinstance(page, BasePage)]
        self.paths = self._paths()
        self.path_of_page = {
            page.pk: self.paths[page.translation_key] for page in self.pages if page.translation_key in self.paths
        }

    def run(self) -> Counter[str]:
        self.folder.mkdir(parents=True, exist_ok=True)
        for done, page in enumerate(self.pages, start=1):
            path = self.path_of_page[page.pk]
            name = f"{path}.{page.locale.language_code}.md"
            self.progress(done, len(self.pages), name)
            body = MarkdownWriter(self._locate).write(comparable(list(page.body.raw_data)))
            self._write(name, self._front_matter(page, path), body)
            self.counts[path.partition("/")[0]] += 1
        self._write_office()
        self._write_topics()
        self._write_spokespeople()
        self.counts["files"] = len(self.files)
        return self.counts

    def _paths(self) -> dict[Any, str]:
        """Return each content's bundle path, such as news/a-title: if possible, the one its id was derived from."""
        paths: dict[Any, str] = {}
        by_content: dict[Any, list[BasePage]] = {}
        for page in self.pages:
            by_content.setdefault(page.translation_key, []).append(page)
        for key, versions in by_content.items():
            section = next((path for path, model in unique_sections().items() if isinstance(versions[0], model)), None)
            paths[key] = section or self._path_of(key, versions, set(paths.values()))
        return paths

    @staticmethod
    def _path_of(key: Any, versions: list[BasePage], taken: set[str]) -> str:
        kind = next(
            (kind for kind, declared in types_by_folder().items() if declared.name == versions[0].document_type)
        )
        order = default_first()
        slugs = [page.slug for page in sorted(versions, key=lambda page: order.index(page.locale.language_code))]
        ascii_slugs = [slug.lower() for slug in slugs if re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug.lower())]
        same = next((slug for slug in ascii_slugs if content_id_of(kind, slug) == key), None)
        stem = same or next((slug for slug in ascii_slugs if f"{kind}/{slug}" not in taken | set(sections())), str(key))
        return f"{kind}/{stem}"

    def _locate(self, reference: Reference, number: int | None) -> str | None:
        if number is None:
            return None
        if isinstance(reference, ImageReference):
            return self._file(ContentImage, number, "images")
        if isinstance(reference, DocumentReference):
            return self._file(ContentDocument, number, "files")
        path = self.path_of_page.get(number)
        return f"{path}.md" if path else None

    def _file(self, model: type, number: int, folder: str) -> str | None:
        """Copy a picture or document into the bundle, once, and return its path there."""
        if (model, number) not in self.files:
            item = model.objects.filter(pk=number).first()  # type: ignore[attr-defined]
            if item is None:
                return None
            name = f"{folder}/{Path(item.file.name).name}"
            if name in self.files.values():
                name = f"{folder}/{number}-{Path(item.file.name).name}"
            (self.folder / folder).mkdir(exist_ok=True)
            with item.file.open("rb") as source, (self.folder / name).open("wb") as target:
                shutil.copyfileobj(source, target)
            self.files[model, number] = name
        return self.files[model, number]

    def _front_matter(self, page: Any, path: str) -> dict[str, Any]:
        kind, _, stem = path.partition("/")
        parent = self.path_of_page.get(page.get_parent().pk)
        values: dict[str, Any] = {
            "title": page.title,
            "slug": page.slug if page.slug != stem and path != "pages/home" else "",
            "summary": page.summary,
            "content_id": str(page.translation_key) if self._needs_id(page, kind, stem, path) else "",
            "type": "section" if isinstance(page, SectionPage) and path not in sections() else "",
            "parent": f"{parent}.md" if parent and parent != default_parent(path) else "",
            "source": page.source_language == page.locale.language_code != settings.LANGUAGE_CODE,
            "menu": page.show_in_menus,
            "order": self._order(page) if types_by_folder()[kind].bundle.is_ordered and path != "pages/home" else None,
            "image": self._file(ContentImage, page.lead_image_id, "images") if page.lead_image_id else "",
            "image_alt": page.lead_image_alt if page.lead_image_id else "",
            "image_decorative": page.lead_image_is_decorative,
            "image_caption": page.lead_image_caption,
        }
        if hasattr(page, "countries"):
            values |= {
                "topics": sorted(topic.slug for topic in page.topics.all()),
                "countries": list(page.countries),
            }
        if isinstance(page, CorrectedPage):
            values["corrections"] = [
                {"date": date_or_moment(item.date), "text": item.text} for item in page.corrections.all()
            ]
        if isinstance(page, EmbargoedPage):
            values["embargo"] = date_or_moment(page.embargo_until)
        values |= types_by_folder()[kind].bundle.front_matter.values_of(page, self._locate)
        return {key: value for key, value in values.items() if value not in ("", None, False, [])}

    @staticmethod
    def _needs_id(page: Any, kind: str, stem: str, path: str) -> bool:
        return path not in unique_sections() and content_id_of(kind, stem) != page.translation_key

    @staticmethod
    def _order(page: Any) -> int:
        siblings = list(page.get_siblings().order_by("path").values_list("pk", flat=True))
        return (siblings.index(page.pk) + 1) * 10

    def _write_office(self) -> None:
        for office in OfficeSettings.objects.select_related("locale"):
            values = {
                "name": office.name,
                "organization": office.organization,
                "contact_email": office.contact_email,
                "contact_phone": office.contact_phone,
                "address": office.address,
                "boilerplate": office.boilerplate,
                "press_picture_terms": office.press_picture_terms,
                "exit_address": office.exit_address,
                "licence": office.licence,
                "licence_url": office.licence_url,
                "terms_url": office.terms_url,
                "credit_line": office.credit_line,
                "social": [dict(item["value"]) for item in office.social_links.raw_data],
                "notice_kind": office.notice_kind if office.notice_kind != "warning" else "",
            }
            front_matter = {key: value for key, value in values.items() if value}
            self._write(f"settings/office.{office.locale.language_code}.md", front_matter, f"{office.notice}\n")
            self.counts["settings"] += 1

    def _write_topics(self) -> None:
        topics = {topic.slug: topic.names for topic in Topic.objects.all()}
        if topics:
            (self.folder / "topics.yaml").write_text(dump_yaml(topics), encoding="utf-8")
            self.counts["topics"] = len(topics)

    def _write_spokespeople(self) -> None:
        people = exported_spokespeople()
        if people:
            (self.folder / "spokespeople.yaml").write_text(dump_yaml(people), encoding="utf-8")
            self.counts["spokespeople"] = len(people)

    def _write(self, name: str, front_matter: dict[str, Any], body: str) -> None:
        target = self.folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(f"---\n{dump_yaml(front_matter)}---\n{body}", encoding="utf-8")

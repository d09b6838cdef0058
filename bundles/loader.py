"""Load a validated bundle into pages, in one transaction: either everything is loaded, or nothing changes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from uuid import UUID

from wagtail.models import Locale, Page

from core.content_types.references import DocumentReference, ImageReference, Reference, file_path
from core.embargo import EmbargoRefused, set_embargo
from core.languages.declared import default_first
from core.processing.unit_of_work import unit_of_work
from core.publication.rules import PublicationRefused
from publishing.files import documents_shown_by
from publishing.large_changes import all_at_once

from .contents import Bundle, Content, Version
from .fields import apply_fields, cairo_time
from .files import FileLibrary
from .hierarchy import content_id_in, missing_sections, parent_path, parents_first
from .problems import BundleError, Problem
from .shared import load_office, load_topics, name_topics
from .spokespeople import load_spokespeople
from .structure import page_type
from .summary import Summary

Progress = Callable[[int, int, str], None]


class _DryRun(Exception):
    """Raised to roll back the transaction after a successful dry run."""


def load(bundle: Bundle, *, dry_run: bool = False, progress: Progress | None = None) -> Summary:
    """Create and update the contents of `bundle`. Raise BundleError if there are problems, with nothing changed."""
    loader = _Loader(bundle, progress or (lambda done, total, name: None))
    try:
        with all_at_once(), unit_of_work(changes_tree=True):
            loader.run()
            if dry_run:
                raise _DryRun
    except _DryRun:
        loader.library.forget()
    except BaseException:
        loader.library.forget()
        raise
    return loader.summary


class _Loader:
    def __init__(self, bundle: Bundle, progress: Progress) -> None:
        self.bundle = bundle
        self.progress = progress
        self.summary = Summary()
        self.library = FileLibrary(bundle.prepared)
        self.problems: list[Problem] = []
        self.locales = {locale.language_code: locale for locale in Locale.objects.all()}
        self.pages: dict[tuple[UUID, str], Page] = {}
        self.created: set[int] = set()
        self.embargoes_moved: set[str] = set()
        self.contents = {**missing_sections(bundle), **bundle.contents}
        self.content_ids = {path: self._content_id(path) for path in self.contents}

    def run(self) -> None:
        self.summary.counts += load_topics(self.bundle.topics)
        self.summary.named_topics = name_topics(self._topics_used())
        self.summary.counts += Counter({("topics", "created"): len(self.summary.named_topics)})
        self.summary.counts += load_office(self.bundle, self.locales)
        self.summary.counts += load_spokespeople(self.bundle.spokespeople)
        ordered = parents_first(self.contents)
        for content in ordered:
            for language in content.languages:
                self._ensure_page(content, content.versions[language])
            self._stop_on_problems()
        total = sum(len(content.versions) for content in ordered)
        done = 0
        for content in ordered:
            self._set_embargo(content)
            for language in content.languages:
                done += 1
                self.progress(done, total, content.versions[language].file)
                self._load_version(content, content.versions[language])
        self._stop_on_problems()
        self._order_siblings(ordered)
        self.summary.files_added = self.library.added
        if self.library.replaced:
            self.summary.counts["documents", "updated"] = self.library.replaced

    def _content_id(self, path: str) -> UUID:
        return content_id_in(self.bundle, path)

    def _topics_used(self) -> set[str]:
        matters = [content.any_version.front_matter for content in self.contents.values()]
        return {slug for holder in (*matters, *self.bundle.spokespeople) for slug in getattr(holder, "topics", [])}

    def _ensure_page(self, content: Content, version: Version) -> None:
        """Find or create (as a draft) the page of a version, so that every page has an id before bodies are loaded."""
        content_id = self.content_ids[content.path]
        locale = self.locales[version.language]
        model = page_type(content.path, getattr(version.front_matter, "type", "standard"))
        page = Page.objects.filter(translation_key=content_id, locale=locale).first()
        page = page and page.specific
        if page is not None and not isinstance(page, model):
            self._problem(
                version,
                f"on the site it is a “{page.get_verbose_name()}”; take that page away or rename the file",
            )
            return
        if page is not None and page.alias_of_id:
            page.alias_of = None
            page.save()
        if page is None:
            parent = self._parent_of(content, version)
            if parent is None:
                return
            if not Page._slug_is_available(version.slug, parent):
                self._problem(
                    version,
                    f"the slug “{version.slug}” is taken by another page; write another `slug`",
                    "slug",
                )
                return
            page = model(
                title=version.front_matter.title,
                slug=version.slug,
                locale=locale,
                translation_key=content_id,
                live=False,
            )
            parent.add_child(instance=page)
            self.created.add(page.pk)
        self.pages[content_id, version.language] = page

    def _parent_of(self, content: Content, version: Version) -> Page | None:
        path = parent_path(content.path, content)
        if path is None:
            self._problem(version, "the site has no home page in this language; run `manage.py migrate`")
            return None
        key = self.content_ids.get(path) or self._content_id(path)
        parent = (
            self.pages.get((key, version.language))
            or Page.objects.filter(translation_key=key, locale=self.locales[version.language], alias_of=None).first()
        )
        if parent is None:
            self._problem(version, f"{path}.{version.language}.md, which it stands below, does not exist; add it")
        return parent and Page.objects.get(pk=parent.pk)

    def _set_embargo(self, content: Content) -> None:
        """Put a content under the embargo that its files state. If they state none, an existing one stays."""
        version = content.any_version
        if "embargo" not in version.front_matter.model_fields_set:
            return
        try:
            until = cairo_time(getattr(version.front_matter, "embargo", None))
            if set_embargo(self.content_ids[content.path], until):
                self.embargoes_moved.add(content.path)
        except EmbargoRefused as refused:
            self._problem(version, "; ".join(refused.messages), "embargo")

    def _load_version(self, content: Content, version: Version) -> None:
        content_id = self.content_ids[content.path]
        page = type(self.pages[content_id, version.language]).objects.get(
            pk=self.pages[content_id, version.language].pk
        )
        is_new = page.pk in self.created
        if (
            version.front_matter.image
            and not version.front_matter.image_alt
            and not version.front_matter.image_decorative
        ):
            self.summary.without_description.append(version.file)
        changed = apply_fields(page, content, version, lambda reference: self._resolve(reference, content, version))
        if self.problems:
            return
        if is_new or changed or not page.live:
            try:
                page.save_revision(clean=False, changed=not is_new).publish()
            except PublicationRefused as refused:
                for refusal in refused.refusals:
                    self._problem(version, f"{refusal.field_label}: {refusal.reason}")
                return
        changed |= content.path in self.embargoes_moved
        action = "created" if is_new else "updated" if changed else "unchanged"
        self.summary.counts[content.kind, action] += 1

    def _resolve(self, reference: Reference, content: Content, version: Version) -> int | None:
        """Return the id of what a reference points to; if it does not exist, report a problem and return None."""
        if isinstance(reference, ImageReference):
            return int(self.library.image(self.bundle.folder / file_path(reference.path), reference).pk)
        if isinstance(reference, DocumentReference):
            path = self.bundle.folder / file_path(reference.path)
            shown = documents_shown_by(self.content_ids[content.path], version.language)
            return int(self.library.document(path, reference, shown).pk)
        key = self.content_ids.get(reference.path) or self._content_id(reference.path)
        for language in dict.fromkeys([version.language, *default_first()]):
            page = (
                self.pages.get((key, language))
                or Page.objects.filter(translation_key=key, locale=self.locales[language], alias_of=None).first()
            )
            if page:
                return int(page.pk)
        self._problem(version, f"{reference.path} is neither in the bundle nor on the site; correct the link")
        return None

    def _order_siblings(self, ordered: list[Content]) -> None:
        """Move siblings into the order of their front matter, if they are not in it already."""
        groups: dict[int, list[tuple[int, Page]]] = {}
        for content in ordered:
            for language, version in content.versions.items():
                if version.front_matter.order is not None:
                    page = Page.objects.get(pk=self.pages[self.content_ids[content.path], language].pk)
                    parent = page.get_parent()
                    groups.setdefault(parent.pk, []).append((version.front_matter.order, page))
        for parent_id, siblings in groups.items():
            wanted = [page for _, page in sorted(siblings, key=lambda entry: (entry[0], entry[1].path))]
            if [page.pk for page in sorted(wanted, key=lambda page: page.path)] == [page.pk for page in wanted]:
                continue
            for page in wanted:
                Page.objects.get(pk=page.pk).move(Page.objects.get(pk=parent_id), pos="last-child")

    def _problem(self, version: Version, message: str, key: str = "") -> None:
        self.problems.append(Problem(version.file, version.lines.get(key, 1), message))

    def _stop_on_problems(self) -> None:
        if self.problems:
            raise BundleError(self.problems)

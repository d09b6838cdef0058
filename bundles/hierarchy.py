"""Where the contents of a bundle stand in the tree: under which parent, in which order, below which sections."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

from wagtail.models import Page

from core.content_types.identity import content_id_of

from .contents import Bundle, Content
from .problems import BundleError, Problem
from .reader import read_bundle
from .structure import default_parent, sections, unique_sections

STARTER_BUNDLE = Path(__file__).resolve().parents[1] / "home" / "content" / "starter"


def parent_path(path: str, content: Content) -> str | None:
    """Return the path of the content that this one stands below, or None for one at the top."""
    declared = content.any_version.front_matter.parent
    return declared.removeprefix("../").removesuffix(".md") if declared else default_parent(path)


def content_id_in(bundle: Bundle, path: str) -> UUID:
    """Return the id of the content at a path: a section that the site has once keeps the id that it has there."""
    if path in unique_sections():
        existing = unique_sections()[path].objects.filter(alias_of=None).order_by("path").first()
        if existing:
            key: UUID = existing.translation_key
            return key
    content = bundle.contents.get(path)
    return content.content_id if content else content_id_of(*path.split("/"))


def missing_sections(bundle: Bundle) -> dict[str, Content]:
    """Return the sections above the contents that neither the bundle nor the site has, with titles only."""
    needed: set[str] = set()
    for path, content in bundle.contents.items():
        parent = parent_path(path, content)
        while parent:
            needed.add(parent)
            parent = default_parent(parent) if parent in sections() else None
    missing = {path for path in needed & set(sections()) if path not in bundle.contents and not _exists(bundle, path)}
    if not missing:
        return {}
    starter = read_bundle(STARTER_BUNDLE)
    frame = {path: content for path, content in starter.contents.items() if path in missing}
    for content in frame.values():
        for version in content.versions.values():
            version.blocks = []
            version.front_matter.image = version.front_matter.image_alt = ""
    return frame


def _exists(bundle: Bundle, path: str) -> bool:
    return bool(Page.objects.filter(translation_key=content_id_in(bundle, path), alias_of=None).exists())


def parents_first(contents: dict[str, Content]) -> list[Content]:
    """Return the contents in an order in which parents come before their children. Raise BundleError if a content
    stands below itself.
    """
    ordered: list[Content] = []
    placed: set[str] = set()
    problems: list[Problem] = []

    def place(path: str, below: tuple[str, ...]) -> None:
        if path in placed or path not in contents:
            return
        content = contents[path]
        if path in below:
            problems.append(Problem(content.any_version.file, 1, "it stands below itself; correct `parent`"))
            return
        parent = parent_path(path, content)
        if parent:
            place(parent, (*below, path))
        placed.add(path)
        ordered.append(content)

    by_order = sorted(contents, key=lambda path: (contents[path].any_version.front_matter.order or 0, path))
    for path in [*(path for path in sections() if path in contents), *by_order]:
        place(path, ())
    if problems:
        raise BundleError(problems)
    return ordered

"""The position of a bundle's contents in the page tree, and their page types."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from wagtail.models import Page

from core.checks.pages import page_types
from core.content_types.registry import ContentType, content_types
from home.models import SectionPage


@dataclass(frozen=True)
class Section:
    """A content that is part of the site's structure: it exists once, and other contents are below it."""

    model: type[Page]
    parent: str | None


@cache
def sections() -> dict[str, Section]:
    """Return the sections by path, in an order in which parents come first."""
    models: list[Any] = [model for model in page_types() if vars(model).get("bundle_path")]
    found = {model.bundle_path: Section(model, _parent_of(model)) for model in models}
    return dict(sorted(found.items(), key=lambda item: len(_above(item[0], found))))


def _parent_of(model: Any) -> str | None:
    return next(
        (parent.bundle_path for parent in model.clean_parent_page_models() if hasattr(parent, "bundle_path")), None
    )


def _above(path: str, found: dict[str, Section]) -> list[str]:
    parent = found[path].parent
    return [*_above(parent, found), parent] if parent else []


@cache
def types_by_folder() -> dict[str, ContentType]:
    """Return the types of content by their folder in a bundle."""
    return {declared.bundle.folder: declared for declared in content_types()}


def page_type(path: str, declared: str = "standard") -> type[Page]:
    """Return the page type of the content at `path`; `declared` is the `type` of its front matter."""
    if path in sections():
        return sections()[path].model
    if declared == "section":
        return SectionPage
    return types_by_folder()[path.partition("/")[0]].model


def default_parent(path: str) -> str | None:
    """Return the path of the default parent of the content at `path`, or None for the home page."""
    section = sections().get(path)
    return section.parent if section else types_by_folder()[path.partition("/")[0]].bundle.parent


@cache
def unique_sections() -> dict[str, Any]:
    """Return the sections that a site has only once: any existing page of the type is that section."""
    return {path: section.model for path, section in sections().items() if section.model is not SectionPage}

"""Where the contents of a bundle stand in the page tree, and which page types they are."""

from __future__ import annotations

from dataclasses import dataclass

from wagtail.models import Page

from home.models import HomePage, ProgrammePage, SectionPage, StandardPage
from news.models import NewsIndexPage, NewsPage
from press.models import InquiryPage, PressReleasePage, PressRoomPage
from research.models import PublicationPage, ResearchIndexPage
from search.models import SearchPage


@dataclass(frozen=True)
class Section:
    """A content of the site's frame: there is one, and other contents stand below it."""

    model: type[Page]
    parent: str | None


# In an order in which parents come first.
SECTIONS: dict[str, Section] = {
    "pages/home": Section(HomePage, None),
    "pages/what-we-do": Section(SectionPage, "pages/home"),
    "pages/news": Section(NewsIndexPage, "pages/home"),
    "pages/research": Section(ResearchIndexPage, "pages/home"),
    "pages/press": Section(PressRoomPage, "pages/home"),
    "pages/inquiry": Section(InquiryPage, "pages/press"),
    "pages/search": Section(SearchPage, "pages/home"),
}
# Kinds of files: their page type and the content that they stand below unless their front matter says another.
PAGE_TYPES: dict[str, tuple[type[Page], str]] = {
    "pages": (StandardPage, "pages/home"),
    "programmes": (ProgrammePage, "pages/what-we-do"),
    "news": (NewsPage, "pages/news"),
    "publications": (PublicationPage, "pages/research"),
    "releases": (PressReleasePage, "pages/press"),
}


def page_type(path: str, declared: str = "standard") -> type[Page]:
    """The page type of the content at `path`; `declared`: the `type` of its front matter."""
    if path in SECTIONS:
        return SECTIONS[path].model
    if declared == "section":
        return SectionPage
    return PAGE_TYPES[path.partition("/")[0]][0]


def default_parent(path: str) -> str | None:
    """The content that the content at `path` stands below."""
    return SECTIONS[path].parent if path in SECTIONS else PAGE_TYPES[path.partition("/")[0]][1]


# Sections that a site has once: an existing page of the type is that section, whoever made it.
UNIQUE_SECTIONS = {path: section.model for path, section in SECTIONS.items() if section.model is not SectionPage}

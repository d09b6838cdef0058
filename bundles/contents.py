"""A bundle once it has been read: contents, each in its languages, and what all contents share."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

from core.content_types.front_matter import FrontMatterModel
from core.content_types.identity import content_id_of
from core.languages.declared import default_first

from .front_matter import OfficeFrontMatter
from .markdown_reader import Block
from .prepared_files import PreparedFiles
from .spokespeople import SpokespersonOfBundle

# The file that marks a bundle of sample content.
SAMPLE_MARK = "SAMPLE"


@dataclass
class Version:
    """A content in one language, which is one file."""

    language: str
    file: str
    front_matter: Any
    blocks: list[Block]
    # The line number of each key of the front matter.
    lines: dict[str, int]

    @property
    def slug(self) -> str:
        return self.front_matter.slug or Path(self.file).name.split(".")[0]


@dataclass
class Content:
    """A content in the languages it exists in."""

    kind: str
    stem: str
    versions: dict[str, Version] = field(default_factory=dict)

    @property
    def path(self) -> str:
        return f"{self.kind}/{self.stem}"

    @property
    def content_id(self) -> UUID:
        return self.any_version.front_matter.content_id or content_id_of(self.kind, self.stem)

    @property
    def any_version(self) -> Version:
        return next(iter(self.versions.values()))

    @property
    def languages(self) -> list[str]:
        """Return the languages, source first: the marked one, or else the default language if it is among them."""
        ranked = sorted(self.versions, key=default_first().index)
        return sorted(ranked, key=lambda language: not self.versions[language].front_matter.source)


@dataclass
class Bundle:
    folder: Path
    contents: dict[str, Content] = field(default_factory=dict)
    office: dict[str, tuple[OfficeFrontMatter, str]] = field(default_factory=dict)
    topics: dict[str, FrontMatterModel] = field(default_factory=dict)
    spokespeople: list[SpokespersonOfBundle] = field(default_factory=list)
    prepared: PreparedFiles = field(default_factory=PreparedFiles)

    @property
    def is_sample(self) -> bool:
        """Return whether this is sample content, which only shows what the software can do."""
        return (self.folder / SAMPLE_MARK).exists()

"""What a bundle holds once it has been read: contents, each in the languages that it has, and what they share."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

from .front_matter import OfficeFrontMatter, TopicNames
from .identity import content_id_of
from .markdown_reader import Block
from .prepared_files import PreparedFiles
from .spokespeople import SpokespersonOfBundle

# The file that marks a bundle of sample content.
SAMPLE_MARK = "SAMPLE"


@dataclass
class Version:
    """One language of a content: one file."""

    language: str
    file: str
    front_matter: Any
    blocks: list[Block]
    # The line of each key of the front matter.
    lines: dict[str, int]

    @property
    def slug(self) -> str:
        return self.front_matter.slug or Path(self.file).name.split(".")[0]


@dataclass
class Content:
    """One content in the languages that it has."""

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
        """The source first: the one that says so, otherwise English, Arabic, French in that order."""
        ranked = sorted(self.versions, key=["en", "ar", "fr"].index)
        return sorted(ranked, key=lambda language: not self.versions[language].front_matter.source)


@dataclass
class Bundle:
    folder: Path
    contents: dict[str, Content] = field(default_factory=dict)
    office: dict[str, tuple[OfficeFrontMatter, str]] = field(default_factory=dict)
    topics: dict[str, TopicNames] = field(default_factory=dict)
    spokespeople: list[SpokespersonOfBundle] = field(default_factory=list)
    prepared: PreparedFiles = field(default_factory=PreparedFiles)

    @property
    def is_sample(self) -> bool:
        """Whether it only shows what the software can do."""
        return (self.folder / SAMPLE_MARK).exists()

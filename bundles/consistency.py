"""Check what only a whole bundle shows: what its languages share, the files that it names, and its slugs."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from core.content_types.references import DocumentReference, ImageReference, file_path, references_in

from .contents import Bundle, Content, Version
from .files import check_document, check_image
from .front_matter import SHARED_KEYS
from .problems import Problem
from .yaml_source import YamlSource


def problems_of_the_whole(bundle: Bundle, sources: Mapping[str, YamlSource]) -> list[Problem]:
    """Give every version the front matter that one language states for all; return what is wrong between files.

    `sources`: the front matter of each file, with its lines.
    """
    check = _Check(bundle, sources)
    for content in bundle.contents.values():
        check.content(content)
    check.slugs()
    return check.problems


class _Check:
    def __init__(self, bundle: Bundle, sources: Mapping[str, YamlSource]) -> None:
        self.bundle = bundle
        self.sources = sources
        self.problems: list[Problem] = []

    def content(self, content: Content) -> None:
        sources = [version for version in content.versions.values() if version.front_matter.source]
        if len(sources) > 1:
            self._problem(
                sources[1].file,
                sources[1].lines.get("source", 1),
                f"{sources[0].file} is the source already; keep one",
            )
        for key in SHARED_KEYS:
            self._share(content, key)
        for version in content.versions.values():
            self._check_files(version)

    def _share(self, content: Content, key: str) -> None:
        stating = [version for version in content.versions.values() if key in version.front_matter.model_fields_set]
        if not stating:
            return
        value = getattr(stating[0].front_matter, key)
        for version in content.versions.values():
            own = getattr(version.front_matter, key)
            if version in stating and own != value and not (isinstance(own, list) and sorted(own) == sorted(value)):
                message = f"“{key}” differs from {stating[0].file}; it must be the same in every language"
                self._problem(version.file, version.lines.get(key, 1), message)
            setattr(version.front_matter, key, value)

    def _check_files(self, version: Version) -> None:
        for named in version.front_matter.named_files():
            line = self.sources[version.file].line_of(named.location)
            self._check_path(version.file, line, named.path, is_image=named.is_image)
        for block in version.blocks:
            for reference in references_in(block.value):
                if isinstance(reference, ImageReference):
                    self._check_path(version.file, block.line, reference.path, is_image=True)
                elif isinstance(reference, DocumentReference):
                    self._check_path(version.file, block.line, reference.path)

    def _check_path(self, name: str, line: int, path: str, *, is_image: bool = False) -> None:
        file = self.bundle.folder / file_path(path)
        if Path(path).is_absolute() or not file.resolve().is_relative_to(self.bundle.folder.resolve()):
            self._problem(name, line, f"“{path}” is outside the folder of the bundle; put the file into it")
        elif not file.is_file():
            self._problem(name, line, f"there is no file “{file_path(path)}” in the bundle; add it or correct the path")
        else:
            check = check_image if is_image else check_document
            complaint = check(file, self.bundle.prepared)
            if complaint:
                self._problem(name, line, f"“{file_path(path)}” {complaint}")

    def slugs(self) -> None:
        taken: dict[tuple[str, str | None, str, str], Version] = {}
        for content in self.bundle.contents.values():
            for version in content.versions.values():
                key = (content.kind, version.front_matter.parent, version.language, version.slug)
                other = taken.setdefault(key, version)
                if other is not version:
                    message = f"the slug “{version.slug}” is that of {other.file} too; give one of them another"
                    self._problem(version.file, version.lines.get("slug", 1), message)

    def _problem(self, file: str, line: int, message: str) -> None:
        self.problems.append(Problem(file, line, message))

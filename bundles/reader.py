"""Read a folder into a validated bundle. Nothing here touches the database."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from core.languages.declared import LANGUAGE_CODES
from core.text.hidden_characters import hidden_characters, without_hidden

from .consistency import problems_of_the_whole
from .contents import SAMPLE_MARK, Bundle, Content, Version
from .front_matter import OfficeFrontMatter, TopicNames
from .markdown_reader import MarkdownReader
from .problems import BundleError, Problem
from .spokespeople import SPOKESPEOPLE
from .structure import types_by_folder
from .validation import explain
from .yaml_source import YamlProblem, YamlSource, read_yaml

LARGEST_TEXT = 1024 * 1024
_STEM = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_IGNORED_FOLDERS = {"images", "files"}


def read_bundle(folder: Path) -> Bundle:
    """Read and validate every file of a bundle. Raise BundleError with all problems."""
    return _BundleReader(folder).read()


class _BundleReader:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.bundle = Bundle(folder)
        self.problems: list[Problem] = []
        self.sources: dict[str, YamlSource] = {}

    def read(self) -> Bundle:
        if not self.folder.is_dir():
            raise BundleError([Problem(str(self.folder), 0, "there is no such folder; name the folder of a bundle")])
        files = sorted(path for path in self.folder.rglob("*") if path.is_file() or path.is_symlink())
        for path in files:
            self._read_file(path)
        bundle = self.bundle
        if not (bundle.contents or bundle.office or bundle.topics or bundle.spokespeople or self.problems):
            self._problem(".", 0, f"the folder holds no content; put files into {', '.join(types_by_folder())}")
        self.problems += problems_of_the_whole(bundle, self.sources)
        if self.problems:
            raise BundleError(self.problems)
        return self.bundle

    def _read_file(self, path: Path) -> None:
        relative = path.relative_to(self.folder)
        name = relative.as_posix()
        ignored = relative.name.startswith(".") or relative.name in ("README.md", SAMPLE_MARK)
        if ignored or relative.parts[0] in _IGNORED_FOLDERS:
            return
        if name == "topics.yaml":
            self._read_topics(path)
            return
        if name == "spokespeople.yaml":
            self._read_spokespeople(path)
            return
        if path.suffix != ".md":
            self._problem(
                name,
                0,
                "a bundle holds .md files, topics.yaml, spokespeople.yaml, and the folders images and files; "
                "move this file",
            )
            return
        parts = relative.name.split(".")
        known = relative.parts[0] in types_by_folder() or name.startswith("settings/office.")
        if len(relative.parts) != 2 or not known:
            self._problem(
                name, 0, f"it is in no known folder; the folders are {', '.join(types_by_folder())} and settings"
            )
        elif len(parts) != 3 or parts[1] not in LANGUAGE_CODES:
            self._problem(
                name,
                0,
                f"its name must end with a language: {_in_each_language(parts[0])}",
            )
        elif not _STEM.fullmatch(parts[0]):
            self._problem(name, 0, "its name must be lower-case Latin letters, digits and hyphens before the language")
        else:
            self._read_version(path, name, relative.parts[0], parts[0], parts[1])

    def _text_of(self, path: Path, name: str) -> str | None:
        """Return the text of a file; report a problem and return None if it is not a text file."""
        if not path.resolve().is_relative_to(self.folder.resolve()):
            self._problem(name, 0, "it is a link to a file outside the folder; put the file itself here")
            return None
        if not path.is_file():
            self._problem(name, 0, "it is not a file; remove it")
            return None
        if path.stat().st_size > LARGEST_TEXT:
            self._problem(name, 0, f"it is larger than {LARGEST_TEXT // 1024} KiB; split it")
            return None
        data = path.read_bytes()
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            self._problem(name, data.count(b"\n", 0, error.start) + 1, "it is not UTF-8 text; save it as UTF-8")
            return None
        if "\x00" in text:
            self._problem(name, text.count("\n", 0, text.index("\x00")) + 1, "it is a binary file; a content is text")
            return None
        text = text.replace("\r\n", "\n")
        for line, message in hidden_characters(text):
            self._problem(name, line + 1, message)
        return without_hidden(text)

    def _read_version(self, path: Path, name: str, kind: str, stem: str, language: str) -> None:
        text = self._text_of(path, name)
        if text is None:
            return
        lines = text.split("\n")
        end = next((index for index, line in enumerate(lines[1:], start=1) if line.rstrip() == "---"), None)
        if lines[0].rstrip() != "---" or end is None:
            what = "a line --- before it" if lines[0].rstrip() != "---" else "a line --- after it"
            self._problem(name, 1, f"the front matter needs {what}")
            return
        body, body_line = "\n".join(lines[end + 1 :]), end + 2
        if kind == "settings":
            front_matter = self._front_matter(name, "\n".join(lines[1:end]), OfficeFrontMatter)
            if front_matter is not None:
                self.bundle.office[language] = (front_matter, body.strip())
            return
        front_matter = self._front_matter(name, "\n".join(lines[1:end]), types_by_folder()[kind].bundle.front_matter)
        reader = MarkdownReader(name, body_line)
        blocks = reader.read(body)
        self.problems += reader.problems
        if front_matter is not None:
            content = self.bundle.contents.setdefault(f"{kind}/{stem}", Content(kind, stem))
            content.versions[language] = Version(language, name, front_matter, blocks, self._lines(name))

    def _front_matter(self, name: str, text: str, model: type[BaseModel]) -> Any:
        try:
            source = self.sources[name] = read_yaml(text, 2)
        except YamlProblem as error:
            self._problem(
                name,
                error.line,
                f"the front matter is not valid YAML: {error}; a value with a colon needs quotes",
            )
            return None
        if not isinstance(source.data, dict):
            self._problem(name, 2, "the front matter is empty or no list of keys; write at least title: …")
            return None
        try:
            return model.model_validate(source.data)
        except ValidationError as error:
            for detail in error.errors():
                self._problem(name, source.line_of(detail["loc"]), explain(detail))
            return None

    def _read_topics(self, path: Path) -> None:
        text = self._text_of(path, "topics.yaml")
        if text is None:
            return
        try:
            source = read_yaml(text, 1)
        except YamlProblem as error:
            self._problem("topics.yaml", error.line, f"it is not valid YAML: {error}")
            return
        for slug, names in (source.data or {}).items() if isinstance(source.data, dict | None) else []:
            try:
                if not _STEM.fullmatch(str(slug)):
                    self._problem(
                        "topics.yaml",
                        source.line_of((slug,)),
                        f"“{slug}” must be lower-case Latin letters, digits and hyphens",
                    )
                self.bundle.topics[str(slug)] = TopicNames.model_validate(names)
            except ValidationError as error:
                for detail in error.errors():
                    self._problem("topics.yaml", source.line_of((slug, *detail["loc"])), explain(detail))

    def _read_spokespeople(self, path: Path) -> None:
        name = path.name
        text = self._text_of(path, name)
        if text is None:
            return
        try:
            source = read_yaml(text, 1)
        except YamlProblem as error:
            self._problem(name, error.line, f"it is not valid YAML: {error}")
            return
        try:
            self.bundle.spokespeople = SPOKESPEOPLE.validate_python(source.data)
        except ValidationError as error:
            for detail in error.errors():
                self._problem(name, source.line_of(detail["loc"]), explain(detail))

    def _lines(self, name: str) -> dict[str, int]:
        """Return the line number of each key of the front matter."""
        return {str(location[0]): line for location, line in self.sources[name].lines.items() if len(location) == 1}

    def _problem(self, file: str, line: int, message: str) -> None:
        self.problems.append(Problem(file, line, message))


def _in_each_language(stem: str) -> str:
    """Return the names that the files of a content may have, as a list in a sentence."""
    *names, last = (f"{stem}.{language}.md" for language in LANGUAGE_CODES)
    return f"{', '.join(names)} or {last}"

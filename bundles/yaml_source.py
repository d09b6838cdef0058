"""YAML that keeps the line number of each value, so that a problem can be shown in its place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import yaml

from core.text.hidden_characters import hidden_characters

Location = tuple[int | str, ...]


class _Loader(yaml.SafeLoader):
    """Safe YAML in which dates stay text (the types of the front matter parse them) and duplicate keys are errors."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen: set[Any] = set()
        for key_node, _ in node.value:
            key = self.construct_object(key_node, deep=True)
            if not isinstance(key, str | int | float | bool | None):
                raise yaml.constructor.ConstructorError(None, None, "a key must be a word", key_node.start_mark)
            if key in seen:
                raise yaml.constructor.ConstructorError(None, None, f"“{key}” stands twice", key_node.start_mark)
            seen.add(key)
        return super().construct_mapping(node, deep=deep)


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


class YamlProblem(Exception):
    """Raised for invalid YAML. `line` is its line in the file, counted from 1."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line


@dataclass(frozen=True)
class YamlSource:
    data: Any
    lines: dict[Location, int]

    def line_of(self, location: Location) -> int:
        """Return the line of a value, or of the closest value that contains it."""
        while location and location not in self.lines:
            location = location[:-1]
        return self.lines.get(location, 1)


def read_yaml(text: str, first_line: int) -> YamlSource:
    """Read YAML whose first line is line `first_line` of its file. Raise YamlProblem if it is not valid."""
    loader = _Loader(text)
    try:
        node = loader.get_single_node()
        lines: dict[Location, int] = {(): first_line}
        if node is not None:
            _collect_lines(node, (), first_line, lines)
        return YamlSource(loader.construct_document(node) if node is not None else None, lines)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise YamlProblem(first_line + (mark.line if mark else 0), str(error.problem or error.context)) from error
    except (yaml.YAMLError, ValueError, TypeError) as error:
        raise YamlProblem(first_line, str(error).splitlines()[0]) from error
    except RecursionError as error:
        raise YamlProblem(first_line, "it is nested too deeply") from error
    finally:
        loader.dispose()


def _collect_lines(node: yaml.Node, location: Location, first_line: int, lines: dict[Location, int]) -> None:
    lines[location] = line = first_line + node.start_mark.line
    if isinstance(node, yaml.ScalarNode):
        for _, message in hidden_characters(node.value):
            raise YamlProblem(line, message)
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            _collect_lines(value, (*location, str(key.value)), first_line, lines)
            lines[(*location, str(key.value))] = first_line + key.start_mark.line
    elif isinstance(node, yaml.SequenceNode):
        for index, value in enumerate(node.value):
            _collect_lines(value, (*location, index), first_line, lines)

"""Convert Markdown (CommonMark and pipe tables) to the blocks of a body. Unsupported syntax is refused."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token
from pydantic import ValidationError

from core.blocks.rich_text import DEEPEST_LIST
from core.blocks.table import assumed_caption, table_value

from .fences import FENCES, image_value
from .inline_markdown import InlineReader
from .problems import Problem
from .scripts import add_scripts
from .unsupported import element_problem, reference_problems
from .validation import explain
from .yaml_source import YamlProblem, YamlSource, read_yaml

# HTML is enabled so that it can be detected and refused. text_join is disabled so that characters escaped with a
# backslash stay apart from signs that have a meaning.
_PARSER = add_scripts(MarkdownIt("commonmark", {"html": True}).enable("table").disable("text_join"))
_LIST_TAGS = {
    "bullet_list_open": "<ul>", "bullet_list_close": "</ul>", "list_item_open": "<li>", "list_item_close": "</li>",
    "ordered_list_open": "<ol>", "ordered_list_close": "</ol>",
}  # fmt: skip


@dataclass
class Block:
    """One block of a body; its value is as stored, except for references."""

    type: str
    value: Any
    line: int


class MarkdownReader:
    """Reads one body. `problems` collects everything that is wrong with it."""

    def __init__(self, file: str, first_line: int) -> None:
        self.file = file
        self.first_line = first_line
        self.problems: list[Problem] = []
        self._blocks: list[Block] = []
        self._inline = InlineReader(first_line, self._problem)
        # The heading above the text being read. It is used as the caption of a table, since Markdown has none.
        self._heading = ""

    def read(self, text: str) -> list[Block]:
        environment: dict[str, Any] = {}
        tokens = _PARSER.parse(text, environment)
        self._report(reference_problems(environment), self.first_line)
        index = 0
        while index < len(tokens):
            end = _end_of(tokens, index)
            self._read_element(tokens[index : end + 1])
            index = end + 1
        return self._blocks

    def _read_element(self, tokens: list[Token]) -> None:
        first = tokens[0]
        line = self.first_line + (first.map[0] if first.map else 0)
        match first.type:
            case "heading_open":
                self._read_heading(tokens, line)
            case "paragraph_open":
                self._read_paragraph(tokens[1], line)
            case "bullet_list_open" | "ordered_list_open":
                self._add_rich_text(self._list_html(tokens, line), line)
            case "blockquote_open":
                self._read_quote(tokens, line)
            case "table_open":
                self._read_table(tokens, line)
            case "fence":
                self._read_fence(first, line)
            case _:
                self._problem(line, element_problem(first.type))

    def _read_heading(self, tokens: list[Token], line: int) -> None:
        level = tokens[0].tag[1]
        if level not in "23":
            self._problem(line, "write headings with ## or ###; the title in the front matter is the only first level")
            return
        text = " ".join(self._inline.plain_text(tokens[1], line, "a heading").split("\n")).strip()
        if not text or len(text) > 160:
            self._problem(line, "a heading has 1 to 160 characters")
        self._heading = text
        self._add("heading", {"text": text, "level": level}, line)

    def _read_paragraph(self, inline: Token, line: int) -> None:
        children = inline.children or []
        if len(children) == 1 and children[0].type == "image":
            image = children[0]
            try:
                alt = self._inline.plain_text(image, line, "the description of a picture").replace("\n", " ")
                value = image_value(str(image.attrs["src"]), alt, str(image.attrs.get("title", "")))
            except ValueError as error:
                self._problem(line, str(error))
            else:
                self._add("image", value, line)
        else:
            self._add_rich_text(f"<p>{self._inline.html(inline, line)}</p>", line)

    def _read_quote(self, tokens: list[Token], line: int) -> None:
        inside = {token.type for token in tokens[1:-1]} - {"paragraph_open", "inline", "paragraph_close"}
        if inside:
            self._problem(line, "only paragraphs can stand in a quote; close it before headings, lists and tables")
            return
        paragraphs = [self._inline.plain_text(token, line, "a quote") for token in tokens if token.type == "inline"]
        self._add("quote", {"text": "\n\n".join(paragraphs), "attribution": ""}, line)

    def _read_table(self, tokens: list[Token], line: int) -> None:
        rows: list[list[str]] = []
        for token in tokens:
            if token.type == "tr_open":
                rows.append([])
            elif token.type == "inline":
                rows[-1].append(self._inline.plain_text(token, line, "a table").strip())
        if len(rows) < 2:
            self._problem(line, "a table needs at least one row below its header")
            return
        caption = assumed_caption(self._heading, rows[0])
        self._add("table", table_value(rows, has_header=True, caption=caption), line)

    def _read_fence(self, token: Token, line: int) -> None:
        name = token.info.strip()
        if name not in FENCES:
            self._problem(line, f"“{name}” is not a block; the blocks are: {', '.join(FENCES)}")
            return
        block_type, model = FENCES[name]
        source = YamlSource(None, {(): line})
        try:
            source = read_yaml(token.content, line + 1)
            value = model.model_validate(source.data).block_value(  # type: ignore[attr-defined]
                lambda text: self._rich_text(text, line)
            )
        except YamlProblem as error:
            self._problem(error.line, f"the block “{name}” is not valid YAML: {error}")
        except ValidationError as error:
            self.problems += [
                Problem(self.file, source.line_of(detail["loc"]), f"the block “{name}”: {explain(detail)}")
                for detail in error.errors()
            ]
        except ValueError as error:
            self._problem(line, f"the block “{name}”: {error}")
        else:
            self._add(block_type, value, line)

    def _rich_text(self, text: str, line: int) -> str:
        """Return the HTML of paragraphs and lists inside a fenced block."""
        reader = MarkdownReader(self.file, line)
        blocks = reader.read(text)
        self.problems += reader.problems
        if any(block.type != "rich_text" for block in blocks):
            self._problem(line, "only paragraphs and lists can stand in the text of a block")
        return "".join(block.value for block in blocks if block.type == "rich_text")

    def _list_html(self, tokens: list[Token], line: int) -> str:
        html = ""
        depth = 0
        if tokens[0].attrs.get("start", 1) != 1:
            self._problem(line, "a numbered list begins with 1; write 1. before its first item")
        for token in tokens:
            depth += token.type in ("bullet_list_open", "ordered_list_open")
            depth -= token.type in ("bullet_list_close", "ordered_list_close")
            if token.type.endswith("_list_open") and token.type != tokens[0].type:
                self._problem(line, "a list inside a list has its kind here: numbers in numbers, or bullets in bullets")
                return ""
            if depth > DEEPEST_LIST:
                self._problem(line, f"lists go {DEEPEST_LIST} levels deep here; write fewer")
                return ""
            if token.type == "inline":
                html += self._inline.html(token, line)
            elif token.type in _LIST_TAGS:
                html += _LIST_TAGS[token.type]
            elif token.type not in ("paragraph_open", "paragraph_close"):
                self._problem(line, "only text can stand in a list")
                return ""
        return html

    def _add(self, block_type: str, value: Any, line: int) -> None:
        self._blocks.append(Block(block_type, value, line))

    def _add_rich_text(self, html: str, line: int) -> None:
        """Add paragraphs and lists; consecutive ones form one block, as an editor would write them."""
        if self._blocks and self._blocks[-1].type == "rich_text":
            self._blocks[-1].value += html
        else:
            self._add("rich_text", html, line)

    def _report(self, problems: Iterable[tuple[int, str]], first_line: int) -> None:
        """Collect problems whose line numbers count from 0, where 0 is `first_line` of the file."""
        for line, message in problems:
            self._problem(first_line + line, message)

    def _problem(self, line: int, message: str) -> None:
        self.problems.append(Problem(self.file, line, message))


def _end_of(tokens: list[Token], start: int) -> int:
    """Return the index of the token that closes the element opened by `tokens[start]`."""
    depth = 0
    for index in range(start, len(tokens)):
        depth += tokens[index].nesting
        if depth == 0:
            return index
    return len(tokens) - 1

"""Markdown that bundles do not support is refused with its position and a correct alternative."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bundles.markdown_reader import MarkdownReader
from bundles.markdown_writer import MarkdownWriter
from bundles.problems import BundleError
from bundles.reader import read_bundle
from config.services import BASE_DIR
from core.text.hidden_characters import without_hidden

REFUSED = {
    '<p align="center">Centred <b>bold</b></p>': "HTML is not understood",
    "Words <b>bold</b>": "HTML is not understood",
    "<!-- more -->": "HTML is not understood",
    "Words <!-- a note -->": "HTML is not understood",
    '<iframe src="https://example.org"></iframe>': "HTML is not understood",
    "A claim.[^1]": "footnotes",
    "A claim.\n\n[^1]: The source.": "footnotes",
    "[^1]: https://example.org": "write [words](https://…)",
    "[words][1]\n\n[1]: https://example.org": "write [words](https://…)",
    "[words][nowhere]": "write the address beside the words",
    "[words][]": "write the address beside the words",
    "~~old~~ new": "~",
    "^^twice^^": "^",
    "## 12 km^2^": "raised text cannot stand in a heading",
    "| CO~2~ | b |\n|---|---|\n| 1 | 2 |": "lowered text cannot stand in a table",
    "==marked==": "==",
    "`code`": "backticks",
    "    indented": "four spaces",
    "***": "a rule",
    "{{< gallery >}}": "braces",
    "{% include x %}": "braces",
    "Words {.lead}": "braces",
    "[[Another page]]": "[[…]]",
    "- [ ] to do": "boxes to tick",
    "3. three\n4. four": "begins with 1",
    '[words](https://example.org "a title")': "title of a link",
    "# First": "## or ###",
    "## A [link](https://example.org)": "a link cannot stand in a heading",
    "## **Bold**": "bold cannot stand in a heading",
    "> **bold**": "bold cannot stand in a quote",
    "> - one": "only paragraphs can stand in a quote",
    "> > twice": "only paragraphs can stand in a quote",
    "> | a | b |\n> |---|---|\n> | 1 | 2 |": "only paragraphs can stand in a quote",
    "| a | b |\n|---|---|\n| **1** | 2 |": "bold cannot stand in a table",
    "| a | b |\n|---|---|\n| [1](https://example.org) | 2 |": "a link cannot stand in a table",
    "1. one\n   - two": "has its kind here",
    "- 1\n  - 2\n    - 3\n      - 4\n        - 5\n          - 6": "5 levels deep",
    "- | a |\n  |---|\n  | 1 |": "only text can stand in a list",
    "```notice\ntext: |\n  | a |\n  |---|\n  | 1 |\n```": "only paragraphs and lists",
    "```notice\ntext: Words <b>x</b>\n```": "HTML is not understood",
    "Words ![a picture](images/x.png)": "paragraph of its own",
    "![**bold**](images/x.png)": "description of a picture",
    "![a][b]\n\n[b]: images/x.png": "write [words](https://…)",
    "mi&shy;gration": "U+00AD soft hyphen",
    "a&#8203;b": "U+200B zero width space",
    '```quote\ntext: "a\\u202Eb"\n```': "U+202E",
}
ORDINARY = {
    "2 < 3 & 4 > 1": "<p>2 &lt; 3 &amp; 4 &gt; 1</p>",
    "\\<b>": "<p>&lt;b&gt;</p>",
    "\\[^1\\] \\~~ \\{\\{ \\[ \\]": "<p>[^1] ~~ {{ [ ]</p>",
    "H~2~O, 12 km^2^ and **5^e^**": "<p>H<sub>2</sub>O, 12 km<sup>2</sup> and <b>5<sup>e</sup></b></p>",
    "a^\\^b^, 1^<&^": "<p>a<sup>^b</sup>, 1<sup>&lt;&amp;</sup></p>",
    "10^6 and 10^7, ^ x ^": "<p>10^6 and 10^7, ^ x ^</p>",
    "~5 km, x = y, 10^6, {a}": "<p>~5 km, x = y, 10^6, {a}</p>",
    "[1] and [sic]": "<p>[1] and [sic]</p>",
    "&copy; IOM": "<p>© IOM</p>",
    "1. a\n   1. b\n2. c": "<ol><li>a<ol><li>b</li></ol></li><li>c</li></ol>",
    "- one\n- two": "<ul><li>one</li><li>two</li></ul>",
    "كلمة\u200cكلمة \u200f(أ)": "<p>كلمة\u200cكلمة \u200f(أ)</p>",
}


def read(text: str) -> tuple[list[Any], list[str]]:
    reader = MarkdownReader("news/a.en.md", 5)
    blocks = reader.read(text)
    return blocks, [str(problem) for problem in reader.problems]


@pytest.mark.parametrize("text", REFUSED)
def test_what_is_not_understood_is_refused_with_what_to_write(text: str) -> None:
    _, problems = read(text)
    assert any(REFUSED[text] in problem for problem in problems), problems


@pytest.mark.parametrize("text", ORDINARY)
def test_ordinary_signs_and_those_behind_a_backslash_are_text(text: str) -> None:
    blocks, problems = read(text)
    assert problems == []
    assert blocks[0].value == ORDINARY[text]


def test_every_problem_is_told_with_its_line() -> None:
    _, problems = read("One\ntwo <b>three</b>\nfour ~~five~~\n\n## [x](https://example.org)\n\n[r]: https://a.org")
    assert [problem.split(": ")[0] for problem in sorted(set(problems))] == [
        "news/a.en.md:11",
        "news/a.en.md:6",
        "news/a.en.md:7",
        "news/a.en.md:9",
    ]


@pytest.mark.parametrize("where", ["title: One{}two", 'title: T\nsummary: "One{}two"', "title: T\n---\nOne{}two"])
@pytest.mark.parametrize("hidden", ["\u200b", "\u2060", "\ufeff", "\u00ad", "\u202e", "\u2067", "\x07", "\x00", "\x9f"])
def test_hidden_characters_are_refused_by_name_and_line(tmp_path: Path, where: str, hidden: str) -> None:
    file = tmp_path / "pages" / "a.en.md"
    file.parent.mkdir()
    text = where.format(hidden)
    file.write_text(f"---\n{text}\n---\nBody.\n" if "---" not in text else f"---\n{text}\n", encoding="utf-8")
    with pytest.raises(BundleError) as refused:
        read_bundle(tmp_path)
    [problem] = refused.value.problems
    line = 2 + text[: text.index(hidden)].count("\n")
    assert (problem.file, problem.line) == ("pages/a.en.md", line)
    assert (f"U+{ord(hidden):04X}" if hidden != "\x00" else "binary") in problem.message


@pytest.mark.django_db
@pytest.mark.parametrize("bundle", ["starter", "sample"])
def test_content_of_the_site_holds_nothing_that_is_refused(bundle: str) -> None:
    read_bundle(BASE_DIR / "home" / "content" / bundle)


@pytest.mark.parametrize(
    "html",
    [
        "<p>A [^1] ~~x~~ [a][b] [[w]] &lt;b&gt;x&lt;/b&gt; {{x}} {%y%}</p>",
        "<p>&lt;!-- c --&gt; ==z=== H~2~O x^2^ `code` \\~</p>",
        "<ul><li>[ ] one</li><li>[x] two</li></ul><p>[^1]: https://example.org</p><p>3. three</p><p>***</p>",
        '<p><a href="https://example.org/~a?b==c">~link~ <b>{.bold}</b></a></p>',
        "<p>&lt;p&gt; &amp;shy; | a | &gt; quote # no heading</p>",
    ],
)
def test_what_an_editor_typed_is_written_so_that_it_is_read_back(html: str) -> None:
    body: list[dict[str, Any]] = [
        {"type": "rich_text", "value": html},
        {"type": "heading", "value": {"level": "2", "text": "~~A~~ {.b} [^1]"}},
    ]
    blocks, problems = read(MarkdownWriter(lambda reference, number: None).write(body))
    assert problems == []
    assert [block.value for block in blocks] == [item["value"] for item in body]


def test_hidden_characters_are_not_exported() -> None:
    body: list[dict[str, Any]] = [
        {"type": "rich_text", "value": "<p>a\u00adb\u200bc</p>"},
        {"type": "quote", "value": {"text": "a\u202eb", "attribution": "\ufeffc"}},
    ]
    text = MarkdownWriter(lambda reference, number: None).write(body)
    assert text == without_hidden(text)
    assert "\\u" not in text.lower()
    assert read(text)[1] == []


@pytest.mark.parametrize(
    "html",
    [
        "<p>H<sub>2</sub>O km<sup>2</sup> &lt;sup&gt;x&lt;/sup&gt;</p>",
        "<p><b>a<sup>b</sup></b> <sup>(a*b)</sup>, 10<sup>-6~^</sup></p>",
        '<p><a href="https://example.org/">l<sup>1</sup></a></p>',
        "<ul><li>a<ul><li>b<ul><li>c</li></ul></li></ul></li><li>d</li></ul>",
    ],
)
def test_rich_text_comes_back(html: str) -> None:
    markdown = MarkdownWriter(lambda reference, number: None).write([{"type": "rich_text", "value": html}])
    blocks, problems = read(markdown)
    assert problems == []
    assert blocks[0].value == html

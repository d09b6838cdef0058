"""The style sheet is joined in order, in names that older engines know, and stays small.

That it names no physical side and does not break Arabic letters is checked by stylelint (deploy/css).
"""

from __future__ import annotations

import gzip
from pathlib import Path

from core.design.older_engines import for_older_engines
from core.design.stylesheet import FIRST, LAST, compressed, source_files, style_sheet

ROOT = Path(__file__).resolve().parents[2]
# Not served to readers.
OF_THE_ADMIN = (
    "desk",
    "direction",
    "passkeys",
    "paste",
)


def test_what_components_build_on_comes_first_and_what_overrules_them_last() -> None:
    names = [path.stem for path in source_files()]
    assert names[: len(FIRST)] == list(FIRST)
    assert names[-len(LAST) :] == list(LAST)
    assert "card" in names


def test_sources_are_sent_in_names_that_older_engines_know() -> None:
    css = """.a:is(.b, .c > :is(d, e)) { block-size: 1px; gap: 1px 2px; inset: 0 }
    .a { margin-block: 0 auto; max-inline-size: 3px }
    .f { border-block-end-color: red; margin-inline: 1px; padding-inline: 0 calc(1px + 2px); position: sticky }
    @media print { .g { inset-inline-end: 1px } }"""
    assert for_older_engines(compressed(css)) == (
        ".a.b,.a.c>d,.a.c>e{height:1px;grid-gap:1px 2px;top:0;right:0;bottom:0;left:0}"
        ".a{margin-top:0;margin-bottom:auto;max-width:3px}"
        ".f{border-bottom-color:red;margin-left:1px;margin-right:1px;-webkit-padding-start:0;padding-inline-start:0;"
        "-webkit-padding-end:calc(1px + 2px);padding-inline-end:calc(1px + 2px);"
        "position:-webkit-sticky;position:sticky}"
        "@media print{.g{right:1px}[dir=rtl] .g{right:auto;left:1px}}"
    )


def test_the_style_sheet_is_small() -> None:
    assert len(gzip.compress(style_sheet().encode())) <= 10 * 1024


def test_compressing_keeps_what_means_something() -> None:
    css = "/* a */ .a > .b, .c { color: red; margin: calc(\n1px + 2px\n) ; }\n.d :is(e) { content: ' x' }"
    assert compressed(css) == ".a>.b,.c{color:red;margin:calc(1px + 2px)}.d :is(e){content:' x'}"


def test_the_scripts_of_a_page_are_small() -> None:
    """Every page suggests and shares; the inquiry form computes its proof; some pages can be left at once;
    events add the reader's own time.
    """
    scripts = {path.stem: path.read_bytes() for path in sorted((ROOT / "static").rglob("*.js"))}
    assert set(scripts) == {"page", "proof", "exit", "moment", *OF_THE_ADMIN}
    for other in ("proof", "exit", "moment"):
        assert len(gzip.compress(scripts["page"] + scripts[other])) <= 2.5 * 1024

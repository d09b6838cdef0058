"""Text copied from a word processor becomes blocks; text that was deleted there never comes back."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils.translation import override

from core.blocks.rich_text import RICH_TEXT_FEATURES
from core.pasting import clipboard
from core.pasting.clipboard import ClipboardRefused
from core.pasting.converter import read_as_text, read_clipboard
from tests import clipboards
from tests.clipboards import word, word_item


def blocks_of(html: str, language: str = "en") -> list[tuple[str, Any]]:
    """Return the types and values of the blocks, reduced to what readers see."""
    found = []
    for block in read_clipboard(html, language).blocks:
        value = block["value"]
        if block["type"] == "table":
            value = (value["table_caption"], value["table_header_choice"], value["data"])
        elif block["type"] == "heading":
            value = (value["level"], value["text"])
        elif block["type"] == "quote":
            value = value["text"]
        found.append((block["type"], value))
    return found


def remarks_of(html: str) -> list[str]:
    return read_clipboard(html, "en").remarks


def text_of(html: str) -> str:
    """Return the text of the only block; fail unless it is rich text."""
    [(name, value)] = blocks_of(html)
    assert name == "rich_text"
    return str(value)


def test_arabic_release_of_word_comes_in_as_blocks() -> None:
    assert blocks_of(clipboards.WORD_ARABIC, "ar") == [
        ("heading", ("2", "دعم المهاجرين العائدين")),
        ("heading", ("2", "الخلفية")),
        ("rich_text", "<p>عاد <b>1,250</b> شخصاً إلى ديارهم<sup>1</sup>، بدعم من مكتب IOM في القاهرة.</p>"),
        ("heading", ("3", "الخطوات")),
        ("rich_text", "<ol><li>التسجيل</li><li>السفر<ol><li>الوصول</li></ol></li></ol>"),
        ("table", ("الجدول 1: العائدون", "row", [["بلد", "2026"], ["مصر", "100"]])),
        ("heading", ("2", "الحواشي")),
        ("rich_text", "<ol><li>المنظمة الدولية للهجرة، <i>تقرير الهجرة</i>، 2026.</li></ol>"),
    ]
    assert remarks_of(clipboards.WORD_ARABIC) == [
        "1 note stands in a list at the end; its number stays in the text.",
        "The document’s title came in as a heading: delete it if the page has it already.",
        "A list inside a list of the other kind took its kind, numbers or bullets.",
    ]


def test_deleted_and_hidden_text_and_comments_of_word_never_return() -> None:
    assert text_of(clipboards.WORD_TRACKED) == "<p>The office reached forty families in Cairo.</p>"
    assert remarks_of(clipboards.WORD_TRACKED) == [
        "Text deleted in tracked changes was left out.",
        "Comments were left out.",
        "Hidden text was left out.",
    ]


def test_french_of_word_online() -> None:
    assert blocks_of(clipboards.WORD_ONLINE) == [
        ("heading", ("2", "Contexte")),
        (
            "rich_text",
            (
                "<p><b>Depuis 2019</b>, le bureau agit\xa0: 5<sup>e</sup> année.</p>"
                "<ul><li>Un<ul><li>Deux</li></ul></li></ul>"
            ),
        ),
    ]
    assert remarks_of(clipboards.WORD_ONLINE) == [
        "Text deleted in tracked changes was left out.",
        "1 picture was left out: upload it and add an image block.",
    ]


def test_french_of_libreoffice() -> None:
    assert blocks_of(clipboards.LIBREOFFICE, "fr") == [
        ("heading", ("2", "Méthode")),
        ("rich_text", "<p>L’enquête<sup>1</sup> couvre 12 km<sup>2</sup>.</p>"),
        ("quote", "«\xa0Nous avons marché trois jours.\xa0»"),
        ("rich_text", "<ol><li>Trois<ol><li>Sous</li></ol></li><li>Quatre</li></ol>"),
        ("table", ("Personnes par pays", "row", [["Pays", "2026"], ["Maroc", "40"]])),
        ("heading", ("2", "Notes")),
        ("rich_text", "<ol><li>Menée en mai.</li></ol>"),
    ]
    assert "A numbered list that did not begin with 1 now does." in remarks_of(clipboards.LIBREOFFICE)


def test_arabic_of_google_docs() -> None:
    assert blocks_of(clipboards.GOOGLE_DOCS, "ar") == [
        ("heading", ("2", "الأهداف")),
        (
            "rich_text",
            (
                '<p>قرأ <b>كل مهاجر</b> على <a href="https://example.org/a?b=1">الموقع</a><sub>2</sub><sup>1</sup></p>'
                "<ol><li>أولاً<ol><li>فرع</li></ol></li><li>ثانياً</li></ol>"
            ),
        ),
        ("table", ("الأهداف", "row", [["المجموع", ""], ["عمّان", "7"]])),
        ("heading", ("2", "الحواشي")),
        ("rich_text", "<ol><li>المصدر: المكتب.</li></ol>"),
    ]
    assert remarks_of(clipboards.GOOGLE_DOCS) == [
        "Text that was struck through was left out.",
        "Comments were left out.",
        "1 picture was left out: upload it and add an image block.",
        "1 note stands in a list at the end; its number stays in the text.",
        "A table had no caption and got one from the words near it: check it.",
        "The first row of a table was taken as its header: change that if it is not one.",
        "Merged cells of a table were divided; their text stands in the first of them.",
    ]


def test_english_of_pages() -> None:
    html = text_of(clipboards.PAGES)
    assert html == "<p><b>A finding</b> of the 3<sup>rd</sup> round.</p><ul><li>One</li><li>Two</li></ul>"


@pytest.mark.parametrize(
    "deleted",
    [
        "<del>secret</del>",
        "<s>secret</s>",
        "<strike>secret</strike>",
        "<span class=msoDel>secret</span>",
        '<span style="color:red; TEXT-DECORATION : underline line-through">secret</span>',
        '<span style="text-decoration-line:line-through">secret</span>',
        '<ins><del><span style="text-decoration:none">secret</span></del></ins>',
        '<span style="display: none">secret</span>',
        '<span style="display:none !important">secret</span>',
        '<span style="mso-hide:all">secret</span>',
        "<span hidden>secret</span>",
        "<del><p>secret</p><table><tr><td>secret<td>secret</table></del>",
        "<style>.gone{text-decoration:line-through}</style><span class=gone>secret</span>",
    ],
)
def test_what_was_deleted_is_left_out_and_told(deleted: str) -> None:
    html = f"<p>before</p>{deleted}<p>after</p>"
    assert "secret" not in str(read_clipboard(html, "en"))
    assert "secret" not in str(read_as_text(html))
    assert text_of(html) == "<p>before</p><p>after</p>"
    assert len(remarks_of(html)) == 1


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "<style>p{}</style>",
        '<iframe src="https://example.org">alert</iframe>',
        '<svg onload="alert(1)"><script>alert(1)</script></svg>',
        '<object data="x">alert</object>',
        '<a href="javascript:alert(1)">words</a>',
        '<a href="java&#10;script:alert(1)">words</a>',
        '<a href="data:text/html,alert">words</a>',
        '<a href="https://example.org/&quot; onclick=&quot;alert(1)">words</a>',
        '<b onclick="alert(1)" style="background:url(javascript:alert(1))">words</b>',
        "<p title='alert'>words</p>",
        "<!--[if gte mso 9]><xml>alert</xml><![endif]-->",
    ],
)
def test_nothing_that_runs_comes_in(hostile: str) -> None:
    found = str(read_clipboard(f"<p>a</p>{hostile}", "en").blocks)
    assert "alert" not in found
    assert "javascript" not in found


def test_text_that_looks_like_html_stays_text() -> None:
    assert text_of("<p>&lt;script&gt; &amp; &lt;b&gt;</p>") == "<p>&lt;script&gt; &amp; &lt;b&gt;</p>"


def test_links_are_kept_where_they_lead_to_the_web() -> None:
    kept = '<a href="https://a.org/?x=1&amp;y=2">web</a> <a href="mailto:a@b.org">mail</a>'
    html = f'<p>{kept} <a href="file:///C:/a.doc">file</a> '
    html += '<a href="../a.doc">path</a> <a href="#_Toc1">mark</a> <a name="here">anchor</a></p>'
    assert text_of(html) == f"<p>{kept} file path mark anchor</p>"
    assert remarks_of(html) == ["3 links that lead nowhere on the web were removed; their words stay."]


def test_hidden_characters_are_dropped_and_those_that_arabic_needs_stay() -> None:
    assert text_of("<p>a\u202eb\u2067c\u200bd&#xFEFF;e&shy;f كلمة&zwnj;كلمة \u200f(أ)</p>") == (
        "<p>abcdef كلمة\u200cكلمة \u200f(أ)</p>"
    )


@pytest.mark.parametrize(
    ("levels", "expected"),
    [
        ((1, 2, 3), "233"),
        ((1, 2, 1, 2), "2323"),
        ((1, 1), "22"),
        ((2, 2), "22"),
        ((3, 3), "33"),
        ((2, 3, 4, 2), "2332"),
    ],
)
def test_levels_of_headings_become_the_two_of_a_body(levels: tuple[int, ...], expected: str) -> None:
    html = "<p>First.</p>" + "".join(f"<h{level}>Heading</h{level}>" for level in levels)
    assert "".join(value[0] for name, value in blocks_of(html) if name == "heading") == expected


def test_first_heading_above_all_others_is_told_to_be_the_title() -> None:
    html = "<h1>Title</h1><h2>Section</h2><h3>Part</h3><h2>Section</h2>"
    assert "".join(value[0] for _name, value in blocks_of(html)) == "2232"
    assert "title" in remarks_of(html)[0]


def test_heading_that_is_too_long_for_one_becomes_a_bold_paragraph() -> None:
    assert text_of(f"<h2>{'a' * 161}</h2>") == f"<p><b>{'a' * 161}</b></p>"
    assert "160" in remarks_of(f"<h2>{'a' * 161}</h2>")[0]


def test_number_of_a_heading_of_word_stays() -> None:
    html = word(
        "<h1 style='mso-list:l1 level1 lfo2'><span style='mso-list:Ignore'>2.<span>&nbsp; </span></span>Aims</h1>"
    )
    assert blocks_of(html) == [("heading", ("2", "2. Aims"))]


@pytest.mark.parametrize("mark", ["1.", "(1)", "a)", "iv.", "أ-", "١.", "2.1"])
def test_marks_of_word_that_number(mark: str) -> None:
    assert text_of(word(word_item("one", mark))).startswith("<ol><li>one")


@pytest.mark.parametrize("mark", ["·", "o", "§", "-", "•", "\uf0b7", "ü"])
def test_marks_of_word_that_do_not_number(mark: str) -> None:
    assert text_of(word(word_item("one", mark))) == "<ul><li>one</li></ul>"


def test_lists_nest_as_deep_as_rich_text_has_it() -> None:
    html = "".join(word_item(str(level), "·", level) for level in range(1, 8))
    assert text_of(word(html)) == "<ul><li>1" + "".join(f"<ul><li>{level}" for level in range(2, 6)) + (
        "</li><li>6</li><li>7</li></ul></li>" + "</ul></li>" * 3 + "</ul>"
    )
    assert len(remarks_of(word(html))) == 1


def test_item_of_several_paragraphs_stays_one_item() -> None:
    assert (
        text_of("<ul><li><p>One</p><p>more</p></li><li>Two</li></ul>") == "<ul><li>One<br/>more</li><li>Two</li></ul>"
    )


def test_header_of_a_table_is_found_by_what_stands_out() -> None:
    bold = "<table><tr><td><b>A</b><td><b>B</b><tr><td>1<td>2</table>"
    column = "<table><tr><th>A<th>B<tr><th>x<td>2</table>"
    assert blocks_of(bold) == [("table", ("A, B", "row", [["A", "B"], ["1", "2"]]))]
    assert blocks_of(column)[0][1][1] == "both"


def test_frame_around_text_is_no_table() -> None:
    assert blocks_of("<table><tr><td><h2>Box</h2><p>Words</p></table>") == [
        ("heading", ("2", "Box")),
        ("rich_text", "<p>Words</p>"),
    ]


def test_raised_figures_stay_where_only_words_can_stand() -> None:
    assert blocks_of("<h2>12 km<sup>2</sup>, CO<sub>2</sub></h2>") == [("heading", ("2", "12 km², CO₂"))]


def test_where_only_text_can_stand_it_becomes_paragraphs() -> None:
    html = "<h2>One</h2><table><tr><th>A<th>B<tr><td>1<td>2</table><blockquote>Said</blockquote><ul><li>x</ul>"
    pasted = read_as_text(html)
    assert [block["value"] for block in pasted.blocks] == [
        "<p><b>One</b></p><p>A | B</p><p>1 | 2</p><p>Said</p><ul><li>x</li></ul>"
    ]
    assert "became paragraphs" in pasted.remarks[-1]


@pytest.mark.parametrize("html", ["", " ", "<!-- -->", "<p>&nbsp;</p>", "<html></html>", "<table></table>", "\0"])
def test_nothing_makes_no_block(html: str) -> None:
    assert blocks_of(html) == []


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 100_000,
        "x" * (clipboard.LARGEST_CLIPBOARD + 1),
        "<br>" * clipboard.MOST_ELEMENTS,
        "<table>" + "<tr>" + "<td colspan=100>x" * 300 + "</table>",
    ],
)
def test_what_is_too_large_is_refused_in_words(html: str) -> None:
    with pytest.raises(ClipboardRefused, match=r"\w+ \w+"):
        read_clipboard(html, "en")


@pytest.mark.parametrize(
    "html",
    [
        "<" * 4_000_000,
        "<!--" * 1_000_000,
        "&nbsp;" * 800_000,
        "<a " + "x=1 " * 1_000_000 + ">",
        "<style>" + ".b," * 1_500_000 + "{display:none}</style>",
        "<table><tr><td>" * 80 + "x",
        "<div>" * 250 + "x",
        "<p>" + "".join(f"<a name=a{n} href=#b{n}>r</a><a name=b{n} href=#a{n}>n</a>" for n in range(10_000)),
        "<table><tr><td rowspan=99999 colspan=100>a<td>b</table>" * 5_000,
        f'<p style="font-weight:{"9" * 10_000}">x</p>',
    ],
)
def test_no_clipboard_is_too_much_for_the_reader(html: str) -> None:
    assert read_clipboard(html, "en")


def test_every_remark_is_told_in_three_languages() -> None:
    told = {}
    for language in ("ar", "en", "fr"):
        with override(language):
            told[language] = remarks_of(clipboards.GOOGLE_DOCS)
    assert not set(told["ar"]) & set(told["en"])
    assert not set(told["fr"]) & set(told["en"])


def test_rich_text_may_hold_what_is_kept() -> None:
    assert {"bold", "italic", "link", "ol", "ul", "superscript", "subscript"} <= set(RICH_TEXT_FEATURES)

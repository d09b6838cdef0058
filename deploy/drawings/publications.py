"""`python -m deploy.drawings.publications`: make the PDF files of the sample publications, one for each language.

They are made from the Markdown of the publications with two open fonts, by default those of Debian's fonts-noto-core
and fonts-hosny-amiri. The same Markdown, pictures and fonts give the same bytes. Lengths are in millimetres, text
sizes in points.
"""

import argparse
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any, NamedTuple, cast

import yaml
from fpdf import FPDF, ViewerPreferences
from fpdf.enums import Align, MethodReturnValue
from PIL import Image

LATIN = [f"/usr/share/fonts/truetype/noto/NotoSans-{style}.ttf" for style in ("Regular", "Bold")]
ARABIC = [f"/usr/share/fonts/opentype/fonts-hosny-amiri/Amiri-{style}.ttf" for style in ("Regular", "Bold")]
A5, MARGIN, INDENT, LEADING, POINT = (148, 210), 16.0, 7.0, 1.45, 0.3528
ARABIC_SCALE = 1.2  # Arabic letters are smaller than Latin ones of the same size
INK, ACCENT = (23, 35, 48), (23, 63, 87)


class Block(NamedTuple):
    """A piece of text with its tag in the PDF structure and, for a list item, its marker."""

    tag: str
    text: str
    marker: str = ""


def blocks(body: str) -> Iterator[Block]:
    """Yield the headings, paragraphs and list items of a text; table rows become items, other fences are skipped."""
    for part in re.split(r"(^```.*?^```$)", body, flags=re.MULTILINE | re.DOTALL):
        if part.startswith("```table\n"):
            table = yaml.safe_load(part.removeprefix("```table\n").removesuffix("```"))
            yield Block("H2", table["caption"])
            for row in table["rows"]:
                cells = (f"**{name}:** {cell}" for name, cell in zip(table["header"], row, strict=True))
                yield Block("P", "\n".join(cells), "•")
        elif not part.startswith("```"):
            for line in filter(None, part.splitlines()):
                if item := re.match(r"(-|\d+\.) (.*)", line):
                    yield Block("P", item[2], item[1].replace("-", "•"))
                else:
                    yield Block("H2" if line.startswith("## ") else "P", line.removeprefix("## "))


class Leaflet(FPDF):
    """A tagged document in one language, aligned to the side where lines of that language begin."""

    def __init__(self, language: str, facts: dict[str, Any], fonts: list[str]) -> None:
        super().__init__(format=A5)
        self._facts = facts
        self._arabic, self._side = (True, Align.R) if language == "ar" else (False, Align.L)
        for style, font in zip(("", "B"), fonts, strict=True):
            self.add_font("text", style, font)
        self.set_text_shaping(direction="rtl" if self._arabic else "ltr")
        self.set_margin(MARGIN)
        self.set_auto_page_break(True, MARGIN + 6)
        self.set_lang(language)
        self.set_title(facts["title"])
        self.set_subject(facts["summary"])
        self.set_author(facts["authors"])
        self.set_creation_date(datetime.combine(facts["date"], time(), UTC))
        self.viewer_preferences = ViewerPreferences(display_doc_title=True)

    def footer(self) -> None:
        self._out("/Artifact BMC")
        self.set_y(-MARGIN)
        self.set_font("text", size=8)
        self.set_text_color(*INK)
        self.multi_cell(0, text=f"{self._facts['title']}  |  {self.page_no()}", align=Align.C)
        self._out("EMC")

    def write_block(self, block: Block, size: float, style: str = "", space: float = 2) -> None:
        """Write a block without a page break inside it, with space after it; a heading stays with the text below it."""
        size *= ARABIC_SCALE if self._arabic else 1
        self.set_font("text", style, size)
        self.set_text_color(*(INK if block.tag == "P" else ACCENT))
        line, indent = size * POINT * LEADING, INDENT if block.marker else 0.0
        height = cast(float, self._paragraph(block, line, measure=True))
        if self.will_page_break(height + (0 if block.tag == "P" else 4 * line)):
            self.add_page()
        top = self.get_y()
        with self._tagged(block.tag):
            if block.marker:
                self.set_x(self.w - self.r_margin - indent if self._arabic else self.l_margin)
                self.cell(indent, line, block.marker, align=self._side)
            self.set_xy(self.l_margin + (0 if self._arabic else indent), top)
            self._paragraph(block, line)
        self.set_xy(self.l_margin, top + height + space)

    def _paragraph(self, block: Block, line: float, *, measure: bool = False) -> object:
        width, want = self.epw - bool(block.marker) * INDENT, MethodReturnValue.HEIGHT
        text, side = block.text, self._side
        return self.multi_cell(width, line, text, 0, side, markdown=True, dry_run=measure, output=want)

    @contextmanager
    def _tagged(self, tag: str) -> Iterator[None]:
        """Mark everything drawn in this context as one element of the structure that screen readers follow."""
        mark = self.struct_builder.next_mcid_for_page(self.page)
        self._add_marked_content(struct_type=f"/{tag}", mcid=mark)
        self._out(f"/{tag} <</MCID {mark}>> BDC")
        yield
        self._out("EMC")


def draw(source: Path, bundle: Path, fonts: list[str]) -> Path:
    """Write the PDF of one Markdown file, a cover and then the text, and return its path."""
    _, front, body = source.read_text(encoding="utf-8").split("---\n", 2)
    facts = yaml.safe_load(front)
    leaflet = Leaflet(source.stem.rpartition(".")[2], facts, fonts)
    leaflet.add_page()
    with Image.open(bundle / facts["image"]) as picture:
        cover = picture.convert("RGB").resize((720, 405)).quantize(palette=picture, dither=Image.Dither.NONE)
    leaflet.image(cover, 0, 0, leaflet.w, alt_text=facts["image_alt"])
    leaflet.set_y(leaflet.w * cover.height / cover.width + 10)
    leaflet.write_block(Block("P", facts["series"]), 10)
    leaflet.write_block(Block("H1", facts["title"]), 19, "B", 5)
    leaflet.write_block(Block("P", facts["summary"]), 11, space=8)
    numbers = [f"{name.upper()} {facts[name]}" for name in ("isbn", "doi") if name in facts]
    for line in (*facts["authors"], str(facts["date"].year), *numbers):
        leaflet.write_block(Block("P", line), 9, space=0.5)
    leaflet.add_page()
    for block in blocks(body):
        leaflet.write_block(block, *((13, "B") if block.tag == "H2" else (10,)))
    target = bundle / "files" / source.with_suffix(".pdf").name
    leaflet.output(str(target))
    return target


def main() -> None:
    parser = argparse.ArgumentParser(description="Draw the PDF files of the sample publications.")
    parser.add_argument("bundle", type=Path, help="the folder of the sample content")
    for option, default in (("--font-latin", LATIN), ("--font-arabic", ARABIC)):
        parser.add_argument(option, nargs=2, metavar=("REGULAR", "BOLD"), default=default, help="font files")
    options = parser.parse_args()
    (options.bundle / "files").mkdir(exist_ok=True)
    for source in sorted((options.bundle / "publications").glob("*.md")):
        fonts = options.font_arabic if source.stem.endswith(".ar") else options.font_latin
        print(draw(source, options.bundle, fonts))


if __name__ == "__main__":
    main()

"""`python -m deploy.social_font`: build the font of the pictures for social networks from subsets of two open fonts.

Needs Debian's fonts-noto-core. Noto Sans and Noto Sans Arabic are under the SIL Open Font License without a reserved
name, so the result may keep their name. It covers Arabic (with all joining features), English and French in one file.
"""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from tempfile import TemporaryDirectory

from fontTools import subset
from fontTools.merge import Merger

SOURCE = Path("/usr/share/fonts/truetype/noto")
TARGET = Path(__file__).resolve().parents[1] / "site/core/social/fonts/NotoSans-ArabicLatin-Bold.ttf"
LATIN = [*range(0x20, 0x7F), *range(0xA0, 0x180), *range(0x2010, 0x2027), 0x202F, 0x2030, 0x2039, 0x203A, 0x20AC]
ARABIC = [*range(0x600, 0x700), 0x200C, 0x200D, 0x200E, 0x200F, *range(0x2066, 0x206A), 0xFD3E, 0xFD3F]


def main() -> None:
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--source", type=Path, default=SOURCE, help="folder of the fonts (default: %(default)s)")
    source = parser.parse_args().source
    with TemporaryDirectory() as folder:
        parts = [
            _cut(source / "NotoSansArabic-Bold.ttf", ARABIC, Path(folder) / "arabic.ttf"),
            _cut(source / "NotoSans-Bold.ttf", LATIN, Path(folder) / "latin.ttf"),
        ]
        font = Merger().merge(parts)
        TARGET.parent.mkdir(exist_ok=True)
        font.save(TARGET)
    print(f"{TARGET.name}: {TARGET.stat().st_size} bytes")


def _cut(source: Path, characters: list[int], target: Path) -> str:
    options = subset.Options(layout_features=["*"], hinting=False, notdef_outline=True)
    font = subset.load_font(str(source), options)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=characters)
    subsetter.subset(font)
    subset.save_font(font, str(target), options)
    return str(target)


if __name__ == "__main__":
    main()

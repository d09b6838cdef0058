"""Draw the picture that social networks and messengers show with a link: the page's title on its lead picture.

The letters are joined and ordered as the title's script requires, which takes Pillow with Raqm.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import IO, Literal

from PIL import Image, ImageDraw, ImageFont, ImageOps, features

from core.languages.declared import languages_written_in

# The size that Open Graph readers show uncropped; both in pixels.
WIDTH, HEIGHT = 1200, 630
FONT = Path(__file__).parent / "fonts/NotoSans-ArabicLatin-Bold.ttf"
MARGIN = 72
COLUMN = 700
# Where the solid ground behind the text ends, and the width over which it fades into the picture.
SOLID, FADING = 820, 160
TITLE_HEIGHT = 400
TITLE_SIZES = range(72, 35, -4)
OFFICE_SIZE = 26
SEA, AMBER, WHITE, QUIET = (14, 52, 71), (238, 177, 85), (255, 255, 255), (201, 219, 227)


@dataclass(frozen=True)
class SocialText:
    """The text of the picture. `language` is that of the text, `direction` its direction."""

    title: str
    office: str
    language: str
    direction: Literal["ltr", "rtl"]


def can_draw() -> bool:
    """Return whether this machine can join and order letters; otherwise Arabic would be unjoined and reversed."""
    return bool(features.check("raqm") and features.check("fribidi"))


def draw(text: SocialText, picture: IO[bytes] | None) -> bytes:
    """Return a JPEG of WIDTH by HEIGHT. `picture`: an image file of any size, cropped to its centre; None for a plain
    ground.
    """
    ground = _ground(picture)
    ground.paste(SEA, mask=_shade(text.direction, 255 if picture is None else 48))
    pen = ImageDraw.Draw(ground)
    font, lines = _fitted(text)
    step = _line_height(font, text.language)
    top = MARGIN
    for line in lines:
        _write(pen, text, line, font, top, WHITE)
        top += step
    edge = MARGIN if text.direction == "ltr" else WIDTH - MARGIN - 96
    pen.rectangle((edge, HEIGHT - 140, edge + 96, HEIGHT - 133), fill=AMBER)
    _write(pen, text, text.office, _font(OFFICE_SIZE), HEIGHT - 112, QUIET)
    file = BytesIO()
    ground.save(file, "JPEG", quality=82, optimize=True, progressive=True)
    return file.getvalue()


def _ground(picture: IO[bytes] | None) -> Image.Image:
    if picture is None:
        return Image.new("RGB", (WIDTH, HEIGHT), SEA)
    with Image.open(picture) as image:
        return ImageOps.fit(image.convert("RGB"), (WIDTH, HEIGHT))


def _shade(direction: str, least: int) -> Image.Image:
    """Return how much of the sea colour covers each point (0 to 255): all behind the text, `least` at the far edge."""
    row = bytes(255 - max(0, min(255 - least, round((x - SOLID) / FADING * (255 - least)))) for x in range(WIDTH))
    shade = Image.frombytes("L", (WIDTH, 1), row).resize((WIDTH, HEIGHT))
    return ImageOps.mirror(shade) if direction == "rtl" else shade


def _fitted(text: SocialText) -> tuple[ImageFont.FreeTypeFont, list[str]]:
    """Return the largest font in which the title fits its column, and its lines; in the smallest, those that fit."""
    for size in TITLE_SIZES:
        font = _font(size)
        lines = _lines(text, font)
        most = TITLE_HEIGHT // _line_height(font, text.language)
        if len(lines) <= most and all(_length(text, line, font) <= COLUMN for line in lines):
            return font, lines
    if len(lines) > most:
        lines = [*lines[: most - 1], f"{lines[most - 1]} …"]
    return font, lines


def _lines(text: SocialText, font: ImageFont.FreeTypeFont) -> list[str]:
    lines: list[str] = []
    for word in text.title.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and _length(text, longer, font) <= COLUMN:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _length(text: SocialText, line: str, font: ImageFont.FreeTypeFont) -> float:
    return font.getlength(line, direction=text.direction, language=text.language)


def _line_height(font: ImageFont.FreeTypeFont, language: str) -> int:
    return round(font.size * (1.5 if language in languages_written_in("Arab") else 1.2))


def _write(
    pen: ImageDraw.ImageDraw,
    text: SocialText,
    line: str,
    font: ImageFont.FreeTypeFont,
    top: float,
    colour: tuple[int, int, int],
) -> None:
    right = text.direction == "rtl"
    place = (WIDTH - MARGIN if right else MARGIN, top)
    pen.text(place, line, colour, font, "ra" if right else "la", direction=text.direction, language=text.language)


@cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(FONT, size, layout_engine=ImageFont.Layout.RAQM)

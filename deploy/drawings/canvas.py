"""A surface to draw flat shapes on, in the tones of a palette."""

import math

from PIL import Image, ImageColor, ImageDraw

WIDTH, HEIGHT, OVERSAMPLING = 1600, 900, 3

# Five tones from the background to the strongest shape, and two warm accents.
TONES = ("ground", "pale", "soft", "mid", "deep", "warm", "clay")
PALETTES = {
    "sand": ("#f4eee2", "#e6ddca", "#a9c7cd", "#4c8798", "#173f57", "#e3a44c", "#c2653f"),
    "sea": ("#dcebec", "#c6dfe2", "#8fbcc6", "#367a92", "#12384f", "#eab766", "#c96f4a"),
    "dusk": ("#173f57", "#1f4e68", "#2f6f88", "#7fb0bb", "#f4eee2", "#e3a44c", "#c2653f"),
    "dawn": ("#f6e7d4", "#f1d6b8", "#b4c9c8", "#558a96", "#1c4257", "#dd8f4a", "#b9573c"),
}

Point = tuple[float, float]


class Canvas:
    """A drawing surface whose colours are named by tone; `alpha` is an opacity from 0 to 1."""

    def __init__(self, palette: str) -> None:
        self._colours = dict(zip(TONES, PALETTES[palette], strict=True))
        size = (WIDTH * OVERSAMPLING, HEIGHT * OVERSAMPLING)
        self._image = Image.new("RGB", size, self._colours["ground"])
        self._draw = ImageDraw.Draw(self._image, "RGBA")

    def disc(self, centre: Point, radius: float, tone: str, alpha: float = 1) -> None:
        self._draw.ellipse(_square(centre, radius), self._fill(tone, alpha))

    def arc(self, centre: Point, radius: float, width: float, tone: str, turn: Point = (0, 360)) -> None:
        """Draw a band inside the radius; `turn` is its start and end in degrees, clockwise from the right."""
        self._draw.arc(_square(centre, radius), *turn, self._fill(tone), round(width * OVERSAMPLING))

    def polygon(self, points: list[Point], tone: str) -> None:
        self._draw.polygon(_enlarged(points), self._fill(tone))

    def box(self, corner: Point, width: float, height: float, tone: str, radius: float = 0) -> None:
        corners = _enlarged([corner, (corner[0] + width, corner[1] + height)])
        self._draw.rounded_rectangle(corners, radius * OVERSAMPLING, self._fill(tone))

    def line(self, points: list[Point], width: float, tone: str) -> None:
        """Draw a line of constant width with round joints and ends."""
        self._draw.line(_enlarged(points), self._fill(tone), round(width * OVERSAMPLING), "curve")
        for end in (points[0], points[-1]):
            self.disc(end, width / 2, tone)

    def dune(self, level: float, swell: float, phase: float, tone: str) -> None:
        """Fill everything below a gently waving horizon."""
        crest: list[Point] = []
        for x in range(0, WIDTH + 10, 10):
            wave = math.sin(x / 260 + phase) + 0.45 * math.sin(x / 117 + 2.1 * phase)
            crest.append((x, level + swell * wave))
        self.polygon([*crest, (WIDTH, HEIGHT), (0, HEIGHT)], tone)

    def finished(self) -> Image.Image:
        return self._image.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)

    def _fill(self, tone: str, alpha: float = 1) -> tuple[int, ...]:
        return (*ImageColor.getrgb(self._colours[tone]), round(255 * alpha))


def _enlarged(points: list[Point]) -> list[Point]:
    return [(x * OVERSAMPLING, y * OVERSAMPLING) for x, y in points]


def _square(centre: Point, radius: float) -> list[Point]:
    x, y = centre
    return _enlarged([(x - radius, y - radius), (x + radius, y + radius)])

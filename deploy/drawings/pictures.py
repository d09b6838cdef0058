"""`python -m deploy.drawings.pictures`: draw the pictures of the starter content.

They are flat geometric scenes without text, faces, flags or logos. A scene is a motif drawn with a palette and a seed,
so the same call always gives the same picture. Lengths are pixels of the finished picture; the canvas draws at three
times that size and scales down, for smooth edges.
"""

import argparse
import itertools
import math
from collections.abc import Callable
from pathlib import Path
from random import Random

from PIL import Image

from deploy.drawings.canvas import HEIGHT, WIDTH, Canvas, Point

FLAT_COLOURS = 12


def _way(start: Point, end: Point) -> list[Point]:
    """Return eighty-one points of a path that starts level and ends level."""
    (x, y), across, down = start, end[0] - start[0], end[1] - start[1]
    return [(x + across * t, y + down * t * t * (3 - 2 * t)) for t in (step / 80 for step in range(81))]


def crossing_paths(canvas: Canvas, rng: Random) -> None:
    """Draw roads that come from both sides, cross over dunes and carry travellers, shown as rings."""
    canvas.disc((rng.uniform(980, 1240), 320), 215, "warm")
    for level, tone in ((420, "pale"), (560, "soft"), (720, "mid")):
        canvas.dune(level, rng.uniform(26, 44), rng.uniform(0, 6), tone)
    ends = rng.choice(((440, 770, 600, 820), (440, 610, 770, 820), (600, 440, 770, 820)))
    lanes = zip(("deep", "clay", "warm", "ground"), (840, 560, 430, 690), ends, (34, 24, 34, 24), strict=True)
    roads = [(tone, _way((-80, start), (1680, end)), width) for tone, start, end, width in lanes]
    for tone, road, width in roads:
        canvas.line(road, width, tone)
    for index, (tone, road, _) in enumerate(roads):
        stop = road[16 + 15 * index + rng.randrange(7)]
        canvas.disc(stop, 44, tone)
        canvas.disc(stop, 22, "ground" if tone in {"deep", "clay"} else "deep")


def ripples(canvas: Canvas, rng: Random) -> None:
    """Draw rings that spread from two places and meet, like a message and its answer."""
    level = rng.uniform(760, 900)
    left, right = (rng.uniform(270, 380), level), (rng.uniform(1180, 1300), level)
    for centre, tones in ((left, ("deep", "soft", "mid")), (right, ("clay", "pale", "warm"))):
        for step in range(7, 0, -1):
            canvas.disc(centre, 104 * step, "ground")
            canvas.arc(centre, 104 * step, rng.choice((30, 44, 58)), tones[step % 3])
        canvas.disc(centre, 50, "deep")


def dot_field(canvas: Canvas, rng: Random) -> None:
    """Draw a field of dots whose sizes rise and fall like a wave, crossed by a line of measurements."""
    phase = rng.uniform(0, 6)
    for x, y in itertools.product(range(40, WIDTH, 80), range(10, HEIGHT, 80)):
        height = math.sin(x / 300 + y / 240 + phase) + 0.6 * math.sin(x / 520 - y / 180 + phase)
        level = min(5, max(0, round(1.7 * (height + 1.6))))
        canvas.disc((x, y), 7 + 5 * level, ("soft", "soft", "soft", "mid", "mid", "deep")[level])
    rise = rng.choice((-80, 80))
    nodes = [(120.0 + 272 * n, 450 - rise * (n - 2.5) + rng.choice((-130, -60, 60, 130))) for n in range(6)]
    canvas.line(nodes, 14, "clay")
    for node in nodes:
        canvas.disc(node, 40, "clay")
        canvas.disc(node, 24, "ground")


def gathering(canvas: Canvas, rng: Random) -> None:
    """Draw scattered dots that follow curved paths into sheltering rings."""
    home = (rng.uniform(1080, 1180), rng.uniform(430, 470))
    for radius, tone in ((640, "pale"), (470, "soft"), (310, "mid"), (190, "ground")):
        canvas.disc(home, radius, tone)
    canvas.arc(home, 216, 26, "deep", (-145, 145))
    for step in range(9):
        way = _way((-60, -240 + 172.0 * step), (home[0] - 130, home[1]))
        canvas.line(way, 6, "deep")
        canvas.disc(way[24 + rng.randrange(32)], rng.choice((22, 28, 34)), ("clay", "warm", "deep")[step % 3])
    for turn in range(-2, 3):
        angle = math.radians(62 * turn)
        place = (home[0] + 104 * math.cos(angle), home[1] + 104 * math.sin(angle))
        canvas.disc(place, 34, "clay" if turn % 2 else "warm")


def clasped_arcs(canvas: Canvas, rng: Random) -> None:
    """Draw two fans of arcs, one from above and one from below, that close on each other like hands."""
    width, shift = rng.uniform(42, 56), rng.randrange(3)
    above, below = (615, (180, 360), ("deep", "mid", "soft")), (985, (0, 180), ("clay", "warm", "pale"))
    for x, turn, tones in (above, below):
        for ring in range(7, 0, -1):
            canvas.arc((x, 450), 74 * ring + width / 2, width, tones[(ring + shift) % 3], turn)


def towers(canvas: Canvas, rng: Random) -> None:
    """Draw blocks that rise like a skyline or a staircase next to a sun."""
    canvas.disc((rng.uniform(330, 440), 330), 190, "warm")
    canvas.dune(640, 30, rng.uniform(0, 6), "pale")
    for index in range(12):
        left, top = 8 + index * 133, 750 - 50 * index + rng.uniform(-60, 90)
        tone = ("mid", "deep", "soft", "clay", "mid", "deep", "soft")[(index * 5 + rng.randrange(2)) % 7]
        canvas.box((left, top), 120, HEIGHT, tone, 14)
        for row, column in itertools.product(range(int((HEIGHT - top) // 76) + 1), (22, 66)):
            light = "warm" if rng.random() < 0.25 else "ground"
            canvas.box((left + column, top + 28 + row * 76), 32, 40, light, 8)


def bridge(canvas: Canvas, rng: Random) -> None:
    """Draw a bridge with round arches that still water reflects, and travellers who cross it."""
    canvas.disc((rng.uniform(1060, 1240), 270), 170, "warm")
    canvas.dune(420, 44, rng.uniform(0, 6), "pale")
    canvas.dune(520, 30, rng.uniform(0, 6), "soft")
    canvas.box((0, 640), WIDTH, 260, "mid")
    for x in range(2, WIDTH + 160, 266):
        canvas.arc((x, 640), 160, 56, "deep", (180, 360))
        canvas.arc((x, 640), 160, 56, "soft", (0, 180))
        canvas.box((x - 14, 440), 28, 70, "deep")
    canvas.box((-20, 430), WIDTH + 40, 40, "deep")
    for step, tone in enumerate(("clay", "warm", "mid", "clay")):
        canvas.disc((200 + 390 * step + rng.uniform(-120, 120), 402), 28, tone)
    for level in range(690, 880, 26):
        left, tone = rng.uniform(-80, 1400), "mid" if level < 790 else "soft"
        canvas.line([(left, level), (left + rng.uniform(140, 320), level)], 8, tone)


def pulse(canvas: Canvas, rng: Random) -> None:
    """Draw a heart-rate curve across soft overlapping discs."""
    for x, tone in ((340, "soft"), (800, "warm"), (1260, "soft")):
        canvas.disc((x, 450 + rng.uniform(-50, 50)), rng.uniform(310, 350), tone, 0.5)
    start = rng.uniform(-140, -40)
    beat = ((-150, 40, 46), (-34, 18, -70), (0, 22, 330), (38, 20, -150), (190, 58, 80))
    waves = [(start + 560 * n + place, width, height) for n in range(3) for place, width, height in beat]
    points: list[Point] = []
    for x in range(-40, WIDTH + 44, 4):
        points.append((x, 450 - sum(h * math.exp(-(((x - place) / w) ** 2)) for place, w, h in waves)))
    canvas.line(points, 26, "deep")
    canvas.disc(points[385], 58, "clay")
    canvas.disc(points[385], 28, "ground")


def roofs(canvas: Canvas, rng: Random) -> None:
    """Draw rows of shelter roofs, each with a front and a long side, in front of a low sun."""
    canvas.disc((rng.uniform(620, 980), 400), 250, "warm")
    rows = ((470, 130, "pale soft pale"), (650, 170, "soft mid soft"), (860, 240, "clay deep mid"))
    for level, size, tones in rows:
        front, side, earth = tones.split()
        canvas.box((0, level - 2), WIDTH, HEIGHT, earth)
        shift = rng.uniform(-size, 0)
        for step in range(int(WIDTH / (size * 2.6)) + 2):
            x, top, door = shift + step * size * 2.6, level - size, size * 0.2
            canvas.polygon([(x, top), (x + size, top), (x + size * 1.8, level), (x, level)], side)
            canvas.polygon([(x - size * 0.8, level), (x, top), (x + size * 0.8, level)], front)
            canvas.polygon([(x - door, level), (x, top + 1.9 * door), (x + door, level)], "ground")


Motif = Callable[[Canvas, Random], None]

SCENES: dict[str, tuple[Motif, int, str]] = {
    "home": (crossing_paths, 33, "sand"),
    "public-information": (ripples, 3, "sea"),
    "research": (dot_field, 5, "dawn"),
    "migrant-assistance": (gathering, 2, "sea"),
    "migration-governance": (clasped_arcs, 1, "sand"),
    "labour-and-human-development": (towers, 4, "dawn"),
    "border-management": (bridge, 6, "sea"),
    "migration-health": (pulse, 8, "sand"),
    "emergency-response": (roofs, 9, "dusk"),
}


def draw(name: str, folder: Path) -> Path:
    """Write the named picture of `SCENES` into the folder as a PNG file, and return its path."""
    return save(_scene(*SCENES[name]), folder / f"{name}.png")


def save(scene: Image.Image, path: Path) -> Path:
    """Write a small PNG file with a palette of the flat colours and the blends that smooth their edges."""
    counted = sorted(scene.getcolors(WIDTH * HEIGHT) or [], reverse=True)
    flat = [colour for _, colour in counted[:FLAT_COLOURS] if isinstance(colour, tuple)]
    pairs = itertools.product(itertools.combinations(flat, 2), (0.25, 0.5, 0.75))
    blends = [[round(a + (b - a) * part) for a, b in zip(*pair, strict=True)] for pair, part in pairs]
    table = Image.new("P", (1, 1))
    table.putpalette(list(itertools.chain.from_iterable([*flat, *blends])))
    path.parent.mkdir(parents=True, exist_ok=True)
    scene.quantize(palette=table, dither=Image.Dither.NONE).save(path, optimize=True)
    return path


def _scene(motif: Motif, seed: int, palette: str) -> Image.Image:
    canvas = Canvas(palette)
    motif(canvas, Random(seed))
    return canvas.finished()


def main() -> None:
    parser = argparse.ArgumentParser(description="Draw the pictures of the starter content.")
    parser.add_argument("folder", type=Path, help="where the PNG files go")
    parser.add_argument("names", nargs="*", metavar="name", help=f"default: all of {', '.join(SCENES)}")
    arguments = parser.parse_args()
    for name in arguments.names or SCENES:
        print(draw(name, arguments.folder))


if __name__ == "__main__":
    main()

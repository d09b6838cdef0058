"""Pictures as pages show them: in AVIF if the browser reads it, in the size that it needs, otherwise in JPEG."""

from __future__ import annotations

from dataclasses import dataclass
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from wagtail.images.models import SourceImageIOError

from core.pictures.renditions import CARD, IN_TEXT, LEAD

if TYPE_CHECKING:
    from core.models import ContentImage


@dataclass(frozen=True)
class Shape:
    """The sizes that a picture is offered in, and how wide the page shows it (the `sizes` of HTML)."""

    sizes: tuple[str, ...]
    shown: str


SHAPES = {
    "card": Shape(CARD, "(min-width: 56rem) 22rem, 100vw"),
    "lead": Shape(LEAD, "(min-width: 56rem) 50vw, 100vw"),
    "text": Shape(IN_TEXT, "(min-width: 50rem) 46rem, 100vw"),
}


@dataclass(frozen=True)
class Picture:
    """What the `<picture>` element needs: the smallest JPEG for `src`; the largest for its dimensions, and for readers
    who load pictures only on request; and the candidates as `srcset`.
    """

    smallest: Any
    largest: Any
    jpeg: str
    avif: str
    shown: str

    @property
    def bytes(self) -> int | None:
        """The size of the largest's file; None if it is lost. That of a stored card has no file."""
        try:
            return int(self.largest.file.size)
        except OSError:
            return None


def picture_of(image: ContentImage, shape: str) -> Picture | None:
    """Return the picture in a shape of SHAPES; None if its file is lost."""
    wanted = SHAPES[shape]
    names = [f"{size}|format-{kind}" for kind in ("jpeg", "avif") for size in wanted.sizes]
    try:
        renditions = image.get_renditions(*names)
    except SourceImageIOError:
        return None
    jpeg, avif = ([renditions[f"{size}|format-{kind}"] for size in wanted.sizes] for kind in ("jpeg", "avif"))
    return Picture(jpeg[0], jpeg[-1], _candidates(jpeg), _candidates(avif), wanted.shown)


def card_picture_of(image: ContentImage) -> dict[str, Any] | None:
    """Return the picture as a card shows it, to be stored with the card's text; None if its file is lost."""
    picture = picture_of(image, "card")
    if picture is None:
        return None
    size = {name: getattr(picture.smallest, name) for name in ("url", "width", "height")}
    return {**size, "jpeg": picture.jpeg, "avif": picture.avif, "average": image.average_colour}


def stored_card_picture(stored: dict[str, Any]) -> Picture:
    """Return the picture of a card from what `card_picture_of` returned. A card has one size."""
    size = SimpleNamespace(url=stored["url"], width=stored["width"], height=stored["height"])
    return Picture(size, size, stored["jpeg"], stored["avif"], SHAPES["card"].shown)


def _candidates(renditions: list[Any]) -> str:
    """Return a `srcset` with each size once, even if a small original gives the same for two."""
    by_width = {rendition.width: rendition.url for rendition in renditions}
    return ", ".join(f"{url} {width}w" for width, url in sorted(by_width.items()))

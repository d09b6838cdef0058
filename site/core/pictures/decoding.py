"""Decode a picture once for all its renditions; Wagtail decodes it for each."""

from __future__ import annotations

from typing import Any

import willow


class DecodedPicture:
    """The operations that Wagtail's filters begin with. Each size is cropped and scaled once, whatever the number of
    formats.
    """

    def __init__(self, file: Any) -> None:
        picture = willow.Image.open(file)
        self.format_name: str = picture.format_name
        self._upright = picture.auto_orient()
        self._upright.image.load()
        self._scaled: dict[tuple[Any, Any], Any] = {}

    @property
    def image(self) -> Any:
        return self._upright.image

    def auto_orient(self) -> DecodedPicture:
        return self

    def crop(self, rectangle: Any) -> _Cut:
        return _Cut(self, tuple(rectangle))

    def scaled(self, rectangle: tuple[int, ...], size: tuple[int, int]) -> Any:
        """Return the scaled picture. Two threads may both make one at the same time: either result is right."""
        key = (rectangle, tuple(size))
        if key not in self._scaled:
            self._scaled[key] = self._upright.crop(rectangle).resize(size)
        return self._scaled[key]


class _Cut:
    def __init__(self, picture: DecodedPicture, rectangle: tuple[int, ...]) -> None:
        self._picture = picture
        self._rectangle = rectangle

    def resize(self, size: tuple[int, int]) -> Any:
        return self._picture.scaled(self._rectangle, size)

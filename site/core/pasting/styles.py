"""Read the styles of elements that matter here: weight, slant, vertical position, Word lists."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

# The properties that are read; all others are colour, font and spacing.
_PROPERTIES = frozenset({
    "display", "visibility", "font-weight", "font-style", "text-decoration", "text-decoration-line", "vertical-align",
    "mso-element", "mso-hide", "mso-list", "mso-special-character",
})  # fmt: skip
_HEAVY = 600
_BOLD = ("b", "strong")
_ITALIC = ("i", "em", "cite")
_SCRIPTS = {"super": "sup", "sub": "sub"}


@dataclass(frozen=True)
class Look:
    """The formatting of a run of text, as far as rich text can show it. `script`: sup, sub or empty."""

    bold: bool = False
    italic: bool = False
    script: str = ""
    link: str = ""


class Styles:
    """The style of each element: that of its classes, overridden by its own."""

    def __init__(self, sheet: dict[str, dict[str, str]]) -> None:
        self._sheet = sheet

    def classes(self, element: Any) -> set[str]:
        told = element.get("class")
        return set(told.lower().split()) if told else set()

    def of(self, element: Any) -> dict[str, str]:
        style: dict[str, str] = {}
        for name in self.classes(element) & self._sheet.keys() if self._sheet else ():
            style |= self._sheet[name]
        own = element.get("style")
        return style | declarations(own) if own else style

    def look(self, element: Any, outer: Look) -> Look:
        """Return the look of text in an element whose surrounding text has the look `outer`."""
        style = self.of(element)
        look = outer
        if element.tag in _BOLD:
            look = replace(look, bold=True)
        if element.tag in _ITALIC:
            look = replace(look, italic=True)
        if element.tag in ("sup", "sub"):
            look = replace(look, script=element.tag)
        if not style:
            return look
        weight, slant = style.get("font-weight", ""), style.get("font-style", "")
        if weight:
            look = replace(look, bold=_is_bold(weight))
        if slant:
            look = replace(look, italic=slant in ("italic", "oblique"))
        script = _SCRIPTS.get(style.get("vertical-align", ""))
        return replace(look, script=script) if script else look


def declarations(css: str) -> dict[str, str]:
    """Return the declarations of a style that are read, in lower case."""
    found: dict[str, str] = {}
    for part in css.lower().split(";"):
        name, _, value = part.partition(":")
        if name.strip() in _PROPERTIES:
            found[name.strip()] = value.replace("!important", "").strip()
    return found


def style_sheet(elements: Iterable[Any]) -> dict[str, dict[str, str]]:
    """Return the declarations of each class in the style sheets. Only selectors of a single class are read."""
    sheet: dict[str, dict[str, str]] = {}
    for element in elements:
        for rule in (element.text or "").split("}"):
            selectors, _, body = rule.partition("{")
            found = declarations(body)
            for selector in selectors.split(",") if found else ():
                tag, dot, name = selector.strip().lower().rpartition(".")
                if dot and (not tag or tag.isalnum()) and name.replace("-", "").replace("_", "").isalnum():
                    sheet.setdefault(name, {}).update(found)
    return sheet


def _is_bold(weight: str) -> bool:
    if weight.isdecimal():
        return len(weight) < 5 and int(weight) >= _HEAVY
    return weight in ("bold", "bolder")

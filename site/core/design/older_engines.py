"""Rewrite CSS for browser engines of 2017, which old telephones still have.

The sources use logical sides and `:is()`. Lines of text are horizontal on this site, so a block axis has a physical
name that every engine knows, and so does an inline axis whose two sides are equal. A single inline side gets the name
that WebKit and Blink had for it before the standard, or, if there is none, a rule for each direction of the page.
"""

from __future__ import annotations

import re
from itertools import product

_BLOCK = re.compile(r"([^{}]*)\{([^{}]*)\}")
# The names of gaps used to begin with “grid-”; every engine still knows those, for every layout that has gaps.
_OTHER_NAMES = {
    **{name: f"grid-{name}" for name in ("gap", "row-gap", "column-gap")},
    **{f"{bound}block-size": f"{bound}height" for bound in ("", "min-", "max-")},
    **{f"{bound}inline-size": f"{bound}width" for bound in ("", "min-", "max-")},
}
_AXIS = re.compile(r"(margin|padding|border|inset|scroll-margin|scroll-padding)-(block|inline)")
_BLOCK_SIDE = re.compile(r"(margin|padding|border|inset|scroll-margin|scroll-padding)-block-(start|end)(-[a-z]+)?")
_INLINE_SIDE = re.compile(r"(margin|padding|border)-inline-(start|end)(-[a-z]+)?")
_INSET = re.compile(r"inset-inline-(start|end)")
_SIDES = {"block": ("top", "bottom"), "inline": ("left", "right")}


def for_older_engines(css: str) -> str:
    """Return a compressed style sheet (core.design.stylesheet) with names that older engines know too."""
    return _BLOCK.sub(lambda found: _rule(found[1], found[2]), css)


def _rule(prelude: str, block: str) -> str:
    declarations: list[str] = []
    mirrored: list[str] = []
    for declaration in _split(block, ";"):
        name, _, value = declaration.partition(":")
        inset = _INSET.fullmatch(name)
        if inset:
            side, other = ("left", "right") if inset[1] == "start" else ("right", "left")
            declarations.append(f"{side}:{value}")
            mirrored += [f"{side}:auto", f"{other}:{value}"]
        else:
            declarations += _declaration(name, value)
    if prelude.startswith("@") or not prelude:
        return f"{prelude}{{{';'.join(declarations)}}}"
    selectors = [plain for selector in _split(prelude, ",") for plain in _without_is(selector)]
    rule = f"{','.join(selectors)}{{{';'.join(declarations)}}}"
    if not mirrored:
        return rule
    return f"{rule}{','.join(f'[dir=rtl] {selector}' for selector in selectors)}{{{';'.join(mirrored)}}}"


def _declaration(name: str, value: str) -> list[str]:
    """Return a declaration in older names: one or more, of which an engine uses the last that it knows."""
    if name == "inset":
        return [f"{side}:{value}" for side in ("top", "right", "bottom", "left")]
    if (name, value) == ("position", "sticky"):
        return ["position:-webkit-sticky", "position:sticky"]
    if axis := _AXIS.fullmatch(name):
        return _both_sides(axis[1], axis[2], value)
    if side := _INLINE_SIDE.fullmatch(name):
        return [f"-webkit-{side[1]}-{side[2]}{side[3] or ''}:{value}", f"{name}:{value}"]
    return [f"{_older_name(name)}:{value}"]


def _older_name(name: str) -> str:
    """Return the name that every engine knows for a property that means the same in all languages of the site."""
    if side := _BLOCK_SIDE.fullmatch(name):
        return f"{_physical(side[1], _SIDES['block'][side[2] == 'end'])}{side[3] or ''}"
    return _OTHER_NAMES.get(name, name)


def _both_sides(kind: str, axis: str, value: str) -> list[str]:
    """Return the declarations of both sides that a shorthand for an axis stands for."""
    values = [value] if kind == "border" else _split(value, " ")
    first, last = values[0], values[-1]
    if axis == "block" or first == last:
        before, after = _SIDES[axis]
        return [f"{_physical(kind, before)}:{first}", f"{_physical(kind, after)}:{last}"]
    return [*_declaration(f"{kind}-inline-start", first), *_declaration(f"{kind}-inline-end", last)]


def _physical(kind: str, side: str) -> str:
    return side if kind == "inset" else f"{kind}-{side}"


def _without_is(selector: str) -> list[str]:
    """Return the selectors that one with `:is()` stands for."""
    before, found, rest = selector.partition(":is(")
    if not found:
        return [selector]
    end = _closing(rest)
    choices = [plain for choice in _split(rest[:end], ",") for plain in _without_is(choice)]
    return [f"{before}{choice}{after}" for choice, after in product(choices, _without_is(rest[end + 1 :]))]


def _closing(text: str) -> int:
    """Return the index of the bracket in `text` that closes the one opened before it."""
    depth = 1
    for index, letter in enumerate(text):
        depth += (letter == "(") - (letter == ")")
        if depth == 0:
            return index
    raise ValueError(f"A bracket is not closed: {text}")


def _split(text: str, separator: str) -> list[str]:
    """Return the parts between separators that are in no bracket and no string."""
    parts = re.split(rf"""{re.escape(separator)}(?=(?:[^"']|"[^"]*"|'[^']*')*$)""", text)
    whole: list[str] = []
    for part in parts:
        if whole and whole[-1].count("(") > whole[-1].count(")"):
            whole[-1] += separator + part
        else:
            whole.append(part)
    return [part for part in whole if part]

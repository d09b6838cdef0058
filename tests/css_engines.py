"""The CSS support of the oldest browser engines that the site supports, and the style sheet as such an engine reads it.

Versions come from MDN's data (https://github.com/mdn/browser-compat-data); for Opera Mini's extreme mode, whose server
renders pages with Opera's own engine of 2012, from https://caniuse.com/?compare=op_mini+all. A feature that no table
lists is unknown: look it up and add it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

CHROME, IOS, OPERA_MINI = "Chrome 60", "iOS 11", "Opera Mini"
ENGINES = (CHROME, IOS, OPERA_MINI)


class Since(NamedTuple):
    """The first Chrome and iOS that support a feature (0 if they always did), and whether Opera Mini does."""

    chrome: float
    ios: float
    opera_mini: bool = False


NEVER = 999
# Properties that all three support.
BASIC = frozenset(
    re.split(
        r"\s+",
        """background background-color border border-bottom border-bottom-color border-collapse border-color border-left
    border-right border-top border-width bottom box-sizing color content cursor display flex flex-direction
    font font-family font-size font-style font-weight height justify-content left line-height list-style margin
    margin-bottom margin-left margin-right margin-top max-height max-width min-height min-width object-fit
    opacity order outline outline-color outline-offset overflow overflow-wrap overflow-x overflow-y padding
    padding-bottom padding-left padding-right padding-top position right text-align text-decoration top
    unicode-bidi vertical-align visibility white-space width z-index align-items align-self flex-wrap fill stroke
    break-inside columns""",
    )
)
PROPERTIES = {
    "-webkit-border-start": Since(2, 3),
    "-webkit-margin-end": Since(2, 3),
    "-webkit-margin-start": Since(2, 3),
    "-webkit-padding-end": Since(2, 3),
    "-webkit-padding-start": Since(2, 3),
    "-webkit-text-size-adjust": Since(54, 1),
    "align-content": Since(29, 9),
    "aspect-ratio": Since(88, 15),
    "border-inline-start": Since(69, 12.2),
    "border-radius": Since(4, 4.2),
    "border-start-end-radius": Since(89, 15),
    "box-shadow": Since(10, 5),
    "break-after": Since(50, 10),
    "clip-path": Since(55, 9.3),
    "color-scheme": Since(81, 13),
    "content-visibility": Since(85, 18),
    "grid-column": Since(57, 10.3),
    "grid-column-gap": Since(57, 10.3),
    "grid-gap": Since(57, 10.3),
    "grid-row": Since(57, 10.3),
    "grid-row-gap": Since(57, 10.3),
    "grid-template-columns": Since(57, 10.3),
    "grid-template-rows": Since(57, 10.3),
    "justify-self": Since(57, 10.3),
    "margin-inline-end": Since(69, 12.2),
    "margin-inline-start": Since(69, 12.2),
    "navigation": Since(126, 18.2),
    "padding-inline-end": Since(69, 12.2),
    "padding-inline-start": Since(69, 12.2),
    "scroll-margin-top": Since(69, 14.5),
    "scroll-padding-top": Since(69, 14.5),
    "text-decoration-color": Since(57, 12.2),
    "text-decoration-skip-ink": Since(64, 15.4),
    "text-decoration-thickness": Since(89, 12.2),
    "text-size-adjust": Since(54, NEVER),
    "text-underline-offset": Since(87, 12.2),
    "text-wrap": Since(114, 17.4),
    "transition": Since(26, 9),
    "user-select": Since(54, NEVER),
    "word-break": Since(1, 2),
}
# Features by name, each with a pattern that matches the declarations that use it.
VALUES = {
    "anywhere": (r"overflow-wrap:anywhere$", Since(80, 15.4)),
    "sticky": (r"position:sticky$", Since(56, 13)),
    "-webkit-sticky": (r"position:-webkit-sticky$", Since(NEVER, 7)),
    "isolate": (r"unicode-bidi:isolate$", Since(48, 11)),
    "grid": (r"display:(?:inline-)?grid$", Since(57, 10.3)),
    "contents": (r"display:contents$", Since(65, 11.3)),
    "flow-root": (r"display:flow-root$", Since(58, 13)),
    "fit-content": (r":(?:fit|min|max)-content$", Since(46, 11)),
    "stretch": (r"(?:width|height):stretch$", Since(138, 27)),
    "alternative text": (r"content:.*\" / \"", Since(77, 17.4)),
    "hex with alpha": (r"#(?:[\da-f]{4}|[\da-f]{8})\b", Since(62, 9.3)),
    "spaces in rgb()": (r"rgba?\([\d.]+ ", Since(65, 12.2)),
    "stop with two places": (r"gradient\([^;]*[,(](?:#\w+|[a-z]+|[a-z-]+\([^)]*\)) [\d.]+\w* [\d.]", Since(71, 12.2)),
    "var()": (r"var\(", Since(49, 9.3)),
    "typed attr()": (r"attr\([\w-]+[ ,]", Since(133, 27.3)),
    "calc()": (r"calc\(", Since(26, 7)),
    "clamp()": (r"clamp\(", Since(79, 13.4)),
    "max()": (r"(?<![\w-])max\(", Since(79, 11.3)),
    "min()": (r"(?<![\w-])min\(", Since(79, 11.3)),
    "gradient": (r"gradient\(", Since(26, 7)),
    "viewport unit": (r"(?<![\w#-])[\d.]+v[wh]\b", Since(20, 6)),
    "inset()": (r"(?<![\w-])inset\(", Since(55, 9.3)),
}
FUNCTIONS = frozenset(
    (
        "attr",
        "calc",
        "clamp",
        "inset",
        "max",
        "min",
        "minmax",
        "repeat",
        "repeating-radial-gradient",
        "rgba",
        "type",
        "var",
    )
)
UNITS = frozenset(("px", "rem", "em", "%", "vw", "vh", "s", "ms", "deg", "fr", "pt", "ch"))
SELECTORS = {
    "::-webkit-details-marker": Since(12, 6),
    "::details-content": Since(131, 18.4),
    "::marker": Since(86, 11.3),
    ":dir": Since(120, 16.4),
    ":focus-visible": Since(86, 15.4),
    ":focus-within": Since(60, 10.3),
    ":has": Since(105, 15.4),
    ":is": Since(88, 14),
    ":where": Since(88, 14),
}
BASIC_SELECTORS = frozenset(
    (
        "::after",
        "::before",
        ":first-child",
        ":focus",
        ":hover",
        ":lang",
        ":last-child",
        ":not",
        ":root",
        ":target",
        ":nth-child",
    )
)
CONDITIONS = {
    "@media (forced-colors: active)": Since(89, 16),
    "@media (hover: none)": Since(38, 9),
    "@media (prefers-color-scheme: dark)": Since(76, 13),
    "@media (prefers-contrast: more)": Since(96, 14.5),
    "@media (prefers-reduced-motion: no-preference)": Since(74, 10.3),
    "@supports (color: attr(data-average type(<color>),red))": Since(133, 27.3),
    "@supports (inline-size: clamp(0px,1px,1px))": Since(79, 13.4),
    "@supports selector(::details-content)": Since(131, 18.4),
    "@view-transition": Since(126, 18.2),
}
# Conditions that are true if the engine lacks the feature.
WITHOUT = {"@supports not (inset: 0)": Since(87, 14.5), "@supports not (display: grid)": Since(57, 10.3)}
BASIC_CONDITION = re.compile(r"@media (?:print|\((?:min|max)-width: [\d.]+rem\))")


@dataclass(frozen=True)
class Rule:
    """One rule: the conditions around it, its selectors and its declarations."""

    conditions: tuple[str, ...]
    selectors: tuple[str, ...]
    declarations: tuple[tuple[str, str], ...]


def knows(engine: str, since: Since) -> bool:
    """Return whether an engine supports a feature that was introduced in these versions."""
    return {CHROME: since.chrome <= 60, IOS: since.ios <= 11, OPERA_MINI: since.opera_mini}[engine]


def rules_of(css: str) -> list[Rule]:
    """Return the rules of a compressed style sheet, in order. Raise ValueError if one is nested in another."""
    rules: list[Rule] = []
    conditions: list[str] = []
    for before, bracket in re.findall(r"([^{}]*)([{}])", css):
        if bracket == "{":
            conditions.append(before)
        elif before or (conditions and not conditions[-1].startswith(("@media", "@supports"))):
            prelude = conditions.pop()
            if any(not condition.startswith("@") for condition in conditions):
                raise ValueError(f"A rule stands in another: {prelude}")
            rules.append(_rule(tuple(conditions), prelude, before))
        else:
            conditions.pop()
    return rules


def _rule(conditions: tuple[str, ...], prelude: str, block: str) -> Rule:
    pairs = tuple((name, value) for name, _, value in (part.partition(":") for part in split(block, ";")))
    if prelude.startswith("@"):
        return Rule((*conditions, prelude), (), pairs)
    return Rule(conditions, tuple(split(prelude, ",")), pairs)


def split(text: str, separator: str) -> list[str]:
    """Split a text at the separators that are not inside brackets or strings; leave empty parts out."""
    parts, depth, quote = [""], 0, ""
    for letter in text:
        if quote:
            quote = "" if letter == quote else quote
        elif letter in "\"'":
            quote = letter
        else:
            depth += (letter in "([") - (letter in ")]")
        if letter == separator and not depth and not quote:
            parts.append("")
        else:
            parts[-1] += letter
    return [part for part in parts if part]


def lacks(engine: str, name: str, value: str) -> list[str]:
    """Return the features of a declaration that an engine lacks. Raise KeyError for a property that no table lists."""
    if name.startswith("--"):
        since = VALUES["var()"][1]
    else:
        since = PROPERTIES[name] if name not in BASIC else Since(0, 0, opera_mini=True)
    missing = [] if knows(engine, since) else [name]
    declaration = f"{name}:{value}"
    found = [(feature, known) for feature, (pattern, known) in VALUES.items() if re.search(pattern, declaration)]
    return missing + [feature for feature, known in found if not knows(engine, known)]


def lacks_of_selector(engine: str, selector: str) -> list[str]:
    """Return the pseudo-classes and pseudo-elements that an engine lacks. Raise KeyError for one not in a table."""
    names = [name for name in re.findall(r"::?[a-z-]+", selector) if name not in BASIC_SELECTORS]
    lists = [":not with a list"] if re.search(r":not\([^)]*,", selector) else []
    return [name for name in names if not knows(engine, SELECTORS[name])] + lists


def holds(engine: str, condition: str) -> bool | None:
    """Return whether an engine reads the rules in a condition; None if that depends on the window.

    Raise KeyError for a condition that no table lists.
    """
    if BASIC_CONDITION.fullmatch(condition):
        return None
    if condition in WITHOUT:
        return not knows(engine, WITHOUT[condition])
    return knows(engine, CONDITIONS[condition])


def as_read_by(engine: str, css: str) -> str:
    """Return the style sheet without the parts that an engine drops, for use in a modern browser.

    A declaration that contains `var()` is not dropped when it is parsed: if the engine does not support the rest of it,
    the property is reset when it is used (https://www.w3.org/TR/css-variables-1/#invalid-at-computed-value-time).
    """
    kept: list[str] = []
    for rule in rules_of(css):
        verdicts = [holds(engine, condition) for condition in rule.conditions]
        dropped = any(lacks_of_selector(engine, selector) for selector in rule.selectors)
        if False in verdicts or dropped or not rule.selectors:
            continue
        declarations = [read for pair in rule.declarations if (read := _read(engine, *pair))]
        open_conditions = [c for c, verdict in zip(rule.conditions, verdicts, strict=True) if verdict is None]
        text = f"{','.join(rule.selectors)}{{{';'.join(declarations)}}}"
        kept.append("".join(f"{c}{{" for c in open_conditions) + text + "}" * len(open_conditions))
    return "".join(kept)


def _read(engine: str, name: str, value: str) -> str:
    missing = lacks(engine, name, value)
    if not missing:
        return f"{name}:{value}"
    if "var()" in missing or name in missing:
        return ""
    if name.startswith("--"):
        return f"{name}:unknown({value})"
    return f"{name}:unset" if "var(" in value else ""

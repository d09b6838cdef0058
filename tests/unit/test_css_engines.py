"""The style sheet in the oldest engines: each feature that they lack has a fallback, or is not needed."""

from __future__ import annotations

import re

import pytest

from core.design.stylesheet import PRINTED, style_sheet
from tests.css_engines import (
    BASIC,
    CHROME,
    ENGINES,
    FUNCTIONS,
    IOS,
    OPERA_MINI,
    PROPERTIES,
    UNITS,
    Rule,
    as_read_by,
    holds,
    lacks,
    lacks_of_selector,
    rules_of,
)

# Features that a page can do without, and the reason why it is still readable.
NOT_MISSED = {
    "aspect-ratio": "every picture says its width and height, and is cut to its shape on the server",
    "border-start-end-radius": "a corner is square",
    "box-shadow": "a border is there too",
    "break-after": "a heading may be printed at the end of a page",
    "color-scheme": "the scheme is light",
    "content-visibility": "every picture is drawn at once",
    "scroll-margin-top": "a place that is jumped to stands at the edge of the window",
    "scroll-padding-top": "the button that leaves a page may lie over what was jumped to",
    "text-decoration-color": "a line has the colour of its text",
    "text-decoration-skip-ink": "a line may touch the dots of letters",
    "text-decoration-thickness": "a line has the browser's thickness",
    "text-size-adjust": "is said with its prefix too",
    "-webkit-text-size-adjust": "only engines that need it know it",
    "text-underline-offset": "a line stands where the browser puts it",
    "text-wrap": "lines are filled one after another",
    "transition": "colours change at once",
    "user-select": "an address is selected as any text",
    "min()": "a list has one column",
    "::marker": "the mark has the colour of the text",
    ":focus-visible": "what has the focus has the browser's own ring",
    ":focus-within": "what has the focus has its ring all the same",
    ":has": "used for the last touch alone",
    "::details-content": "is asked for with @supports",
    "::-webkit-details-marker": "the browser draws its own mark, or none",
}
# Features that only Opera Mini's extreme mode does without: it shows the browser's own colours and sizes in one column.
NOT_MISSED_THERE = {
    "var()": "colours and sizes are the browser's own, text and ground alike, so that nothing is unreadable",
    "grid": "parts stand below one another",
    **dict.fromkeys(
        ("grid-column", "grid-row", "grid-gap", "grid-row-gap", "grid-column-gap", "justify-self", "align-content"),
        "says nothing where there is no grid",
    ),
    **dict.fromkeys(("grid-template-columns", "grid-template-rows"), "says nothing where there is no grid"),
    "border-radius": "corners are square",
    "clip-path": "what is hidden is one pixel wide",
    "sticky": "what sticks stands at its place",
    "-webkit-sticky": "what sticks stands at its place",
    "viewport unit": "a page may be shorter than the window",
    "word-break": "`overflow-wrap` is known",
    "anywhere": "its windows are narrow, and its server breaks words to their width",
    "isolate": "print only",
    "fit-content": "a block is as wide as its column",
    "inset()": "what is hidden is one pixel wide",
    "calc()": "always with var()",
    "gradient": "always with var()",
    **dict.fromkeys(
        (
            "-webkit-border-start",
            "-webkit-margin-start",
            "-webkit-margin-end",
            "-webkit-padding-start",
            "-webkit-padding-end",
            "border-inline-start",
            "margin-inline-start",
            "margin-inline-end",
            "padding-inline-start",
            "padding-inline-end",
        ),
        "sides have the browser's own space",
    ),
}
RULES = rules_of(style_sheet() + style_sheet(PRINTED))


def _is_read(rule: Rule, engine: str) -> bool:
    """Return whether an engine reads the declarations of a rule, given its conditions."""
    return all(holds(engine, condition) is not False for condition in rule.conditions)


def _not_missed(feature: str, engine: str) -> bool:
    if engine == OPERA_MINI and (feature in NOT_MISSED_THERE or feature.startswith("--")):
        return True
    return feature in NOT_MISSED


def _stand_ins(name: str) -> set[str]:
    """Return the properties that mean the same to an engine that does not support this one."""
    return {name, f"-webkit-{name}", f"-webkit-{name.replace('inline-', '')}"}


def faults(rules: list[Rule], engine: str) -> list[str]:
    """Return the features that an engine drops, or even resets, without a fallback in the same rule."""
    wrong: list[str] = []
    for rule in rules:
        if not _is_read(rule, engine):
            continue
        missing = [item for selector in rule.selectors for item in lacks_of_selector(engine, selector)]
        wrong += [f"{rule.selectors}: {item}" for item in missing if not _not_missed(item, engine)]
        known = {name for name, value in rule.declarations if not lacks(engine, name, value)}
        wrong += [fault for name, value in rule.declarations for fault in _fault(engine, name, value, known)]
    return wrong


def _fault(engine: str, name: str, value: str, known: set[str]) -> list[str]:
    missing = lacks(engine, name, value)
    whole = [item for item in missing if item in (name, "var()")]
    if missing and not whole and (name.startswith("--") or "var(" in value):
        return [f"{name}: {value} is reset, not dropped: {missing}"]
    if not missing or _stand_ins(name) & known or all(_not_missed(item, engine) for item in whole or missing):
        return []
    return [f"{name}: {value}: {missing}"]


@pytest.mark.parametrize("engine", ENGINES)
def test_what_the_oldest_engines_lack_has_a_stand_in(engine: str) -> None:
    assert RULES
    assert faults(RULES, engine) == []


def test_no_function_or_unit_is_used_whose_support_nobody_looked_up() -> None:
    values = [value for rule in RULES for _, value in rule.declarations]
    used = {name for value in values for name in re.findall(r"(?<![\w-])([a-zA-Z-]+)\(", value)}
    assert used <= FUNCTIONS
    numbers = [re.sub(r"#\w+|\"[^\"]*\"|'[^']*'", "", value) for value in values]
    assert {unit for value in numbers for unit in re.findall(r"(?<![\w-])[\d.]+([a-z%]+)", value)} <= UNITS


def test_the_tables_hold_nothing_that_is_not_used() -> None:
    used = {name for rule in RULES for name, _ in rule.declarations}
    assert set(PROPERTIES) <= used
    assert used - set(PROPERTIES) <= BASIC | {name for name in used if name.startswith("--")}


def test_a_colour_is_never_fixed_where_its_ground_is_a_variable() -> None:
    """Without support for variables both are the browser's own; fixing only one of them could hide the text."""
    fixed = [
        rule.selectors
        for rule in RULES
        for name, value in rule.declarations
        if name in ("color", "background", "background-color")
        and re.search(r"#[\da-f]{3,8}\b|\bwhite\b|\bblack\b", value)
    ]
    assert fixed == []


@pytest.mark.parametrize(
    ("css", "engine"),
    [
        ("a{width:clamp(1px,2px,3px)}", IOS),
        ("a{width:2px;padding:max(var(--a),1px)}", CHROME),
        (":root{--a:clamp(1px,2px,3px)}", CHROME),
        (".a:is(b,c){color:red}", IOS),
        ("a:not(b,c){color:red}", CHROME),
        ("a{background:repeating-radial-gradient(circle,transparent 0 1rem,var(--a) 1rem) var(--b)}", IOS),
        ("a{margin-inline-start:1px}", CHROME),
        ("a{color:rgb(1 2 3 / 4%)}", CHROME),
        ("a{color:#11223344}", CHROME),
        ("a{display:contents}", CHROME),
        ("a{position:sticky}", IOS),
        ("a{color:#11223344}", OPERA_MINI),
    ],
)
def test_the_check_itself_sees_what_an_engine_lacks(css: str, engine: str) -> None:
    assert faults(rules_of(css), engine)


def test_what_no_table_names_is_unknown() -> None:
    for css in ("a{inset:0}", "a:has-slotted{color:red}", "@container (width > 1px){a{color:red}}"):
        with pytest.raises(KeyError):
            faults(rules_of(css), CHROME)
    with pytest.raises(ValueError, match="stands in another"):
        rules_of("a{b{color:red}}")


def test_a_stand_in_is_what_an_old_engine_reads() -> None:
    css = (
        "a{width:2px;width:clamp(1px,2px,3px);-webkit-margin-start:1px;margin-inline-start:1px}"
        "@supports not (inset: 0){b{color:red}}"
    )
    assert as_read_by(CHROME, css) == "a{width:2px;-webkit-margin-start:1px}b{color:red}"
    assert as_read_by(OPERA_MINI, css) == "a{width:2px}b{color:red}"
    assert as_read_by(IOS, "a{padding:max(var(--a),1px)}") == "a{padding:unset}"

"""Refuse parameters that are each valid but contradict each other: an empty list would look like a result."""

from __future__ import annotations

from collections.abc import Iterator

from .problems import Culprit, Problem
from .query import FACETS, choice_of
from .schemas import LookupParameters, Parameters

_SPANS = (("published_from", "published_to"), ("updated_from", "updated_to"))

_NOT_WITH_IDS = {*FACETS, *(name for span in _SPANS for name in span), "sort", "limit", "cursor", "facets"}


def check_contradictions(parameters: Parameters, *, in_body: bool = False) -> None:
    """Raise Problem with every contradiction. `in_body`: the parameters are in a JSON body, not in the address."""
    found = list(_contradictions(parameters))
    if not found:
        return
    errors = [
        Culprit("contradiction", detail, **({"pointer": f"/{name}"} if in_body else {"parameter": name}))
        for name, detail in found
    ]
    names = ", ".join(dict.fromkeys(name for name, _ in found))
    raise Problem("contradicting-parameters", f"Correct or leave out: {names}.", errors)


def _contradictions(parameters: Parameters) -> Iterator[tuple[str, str]]:
    """Yield pairs of a parameter and what it contradicts. Only those sent are checked, as most requests have few."""
    given = parameters.model_fields_set
    for first, last in _SPANS:
        if {first, last} <= given:
            start, end = getattr(parameters, first), getattr(parameters, last)
            if start and end and start > end:
                yield last, f"It is before {first}."
    for name in (name for name in FACETS if name in given):
        choice = choice_of(getattr(parameters, name) or [])
        both = sorted({*choice.wanted} & {*choice.rejected})
        if both:
            yield name, f"“{both[0]}” is wanted and rejected."
    if "cursor" in given and getattr(parameters, "limit", None) == 0 and getattr(parameters, "cursor", None):
        yield "cursor", "With limit=0 there is no page that it could lead to."
    yield from _of_forms(parameters)


def _of_forms(parameters: Parameters) -> Iterator[tuple[str, str]]:
    """Yield the parameters that cannot be combined with exact ids, with CSV, or in a look-up."""
    given = parameters.model_fields_set
    if "ids" in given:
        yield from ((name, "`ids` are exactly what is wanted.") for name in sorted(given & _NOT_WITH_IDS))
    if getattr(parameters, "format", None) == "csv":
        yield from ((name, "CSV has none.") for name in ("facets",) if getattr(parameters, name, None))
        yield from ((name, "CSV has no texts.") for name in ("view",) if getattr(parameters, name, "card") == "full")
    if isinstance(parameters, LookupParameters):
        yield from ((name, "Look for one thing at a time.") for name in sorted(given)[1:])

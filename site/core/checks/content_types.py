"""System checks of content types: an incomplete declaration would fail readers later, so it is refused here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any, get_args

from django.core.checks import CheckMessage, Error, register

from core.checks.pages import page_types
from core.content_types.registry import ContentType, content_types
from core.content_types.schemas.content import Card, Full


def faults_of(declared: ContentType) -> Iterator[str]:
    """Yield what a declaration leaves out or contradicts, as sentences without their subject."""
    if not declared.plural:
        yield "does not say what several of it are called"
    if declared.model.document_type != declared.name:
        yield f"names {declared.model.__name__}, whose document_type is “{declared.model.document_type}”"
    yield from _faults_of_shape(declared)
    if not declared.linked_data.type:
        yield "has no schema.org type"
    if not (declared.bundle.folder and declared.bundle.parent):
        yield "does not say where it stands in a bundle"
    if declared.has_feed and not declared.date_key:
        yield "has feeds, whose entries need a date; set date_key"


def _faults_of_shape(declared: ContentType) -> Iterator[str]:
    for part, schema, base in (("card", declared.card, Card), ("item", declared.item, Full)):
        if not issubclass(schema, base):
            yield f"has a {part} that is no {base.__name__}"
        elif get_args(getattr(schema.model_fields.get("type"), "annotation", None)) != (declared.name,):
            yield f'has a {part} whose type is not Literal["{declared.name}"]'
    if not issubclass(declared.item, declared.card):
        yield "has an item that lacks what its card has; derive the item from the card"
    keys = [*([declared.date_key] if declared.date_key else []), *declared.search.identifiers]
    yield from (f"names “{key}”, which its card does not have" for key in keys if key not in declared.card.model_fields)


def _shared(declared: Iterable[ContentType]) -> Iterator[str]:
    """Yield a sentence for each value that two types both claim."""
    for part in ("position", "path"):
        counts = Counter(getattr(each, part) for each in declared)
        yield from (
            f"Two types of content have the {part} {value!r}." for value, number in counts.items() if number > 1
        )
    folders = Counter(each.bundle.folder for each in declared)
    yield from (f"Two types of content have the folder {name}." for name, number in folders.items() if number > 1)


def problems_of_types(models: Iterable[Any], declared: list[ContentType]) -> Iterator[CheckMessage]:
    """Yield errors for page types without a declared type, and for incomplete declarations."""
    names = {each.name for each in declared}
    for model in models:
        if model.document_type not in names:
            message = f"{model.__name__} is of the type “{model.document_type}”, which no app declares."
            yield Error(message, hint="Declare it in the app's content_types.py.", obj=model, id="core.E010")
    for each in declared:
        for fault in faults_of(each):
            yield Error(f"The content type “{each.name}” {fault}.", obj=each.model, id="core.E011")
    yield from (Error(message, id="core.E012") for message in _shared(declared))


@register("pages")
def check_content_types(**kwargs: Any) -> list[CheckMessage]:
    return list(problems_of_types(page_types(), content_types()))

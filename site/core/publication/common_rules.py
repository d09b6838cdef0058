"""The rules of publication that apply to every page type: it is complete and valid, and the user may publish it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from modelcluster.models import get_all_child_relations
from wagtail.fields import StreamField

from core.publication.rules import Refusal, Version, rules


def complete(version: Version) -> Iterator[Refusal]:
    """Yield a refusal for every field that lacks what its page type requires, also within blocks and lists. A draft may
    lack anything but its title.
    """
    page = version.page
    try:
        page.full_clean()
    except ValidationError as error:
        for field, messages in _by_field(error).items():
            yield from (Refusal(page, message, field) for message in messages)
    yield from _problems_of_texts(page)
    yield from _problems_of_lists(page)


def permitted(version: Version) -> Iterator[Refusal]:
    """Yield a refusal if the user lacks the right to publish in the page's part of the tree, and so in its language."""
    user = version.user
    if user is not None and not version.page.permissions_for_user(user).can_publish():
        yield Refusal(version.page, _("you do not have the right to publish it."))


def _by_field(error: ValidationError) -> dict[str, list[str]]:
    if not hasattr(error, "error_dict"):
        return {"": error.messages}
    return {"" if field == NON_FIELD_ERRORS else field: messages for field, messages in error.message_dict.items()}


def _problems_of_texts(page: Any) -> Iterator[Refusal]:
    """Yield the problems of blocks, which a draft may leave unfilled; the model's validation does not check them."""
    for field in page._meta.concrete_fields:
        if isinstance(field, StreamField):
            try:
                field.stream_block.clean(getattr(page, field.name))
            except ValidationError as error:
                for message in _messages_of_blocks(error):
                    yield Refusal(page, message, field.name)


def _messages_of_blocks(error: ValidationError) -> Iterator[str]:
    """Yield the messages of an error in nested blocks, outermost first."""
    inner = getattr(error, "block_errors", None)
    if inner is None:
        yield from error.messages
        return
    for own in getattr(error, "non_block_errors", []):
        yield str(own)
    for nested in inner.values():
        yield from _messages_of_blocks(nested)


def _problems_of_lists(page: Any) -> Iterator[Refusal]:
    """Yield the problems of rows in lists such as contacts and files, which are models of their own."""
    for relation in get_all_child_relations(page):
        parent, accessor = relation.field.name, relation.get_accessor_name()
        if relation.related_model._meta.app_label.startswith("wagtail"):
            continue
        for number, row in enumerate(getattr(page, accessor).all(), start=1):
            try:
                row.full_clean(exclude=[parent], validate_unique=False, validate_constraints=False)
            except ValidationError as error:
                for field, messages in _by_field(error).items():
                    place = _place(row, number, field)
                    yield from (Refusal(page, f"{place}: {message}", accessor) for message in messages)


def _place(row: Any, number: int, field: str) -> str:
    """Return which row of a list, and which of its fields: “2, Name”."""
    return f"{number}, {capfirst(str(row._meta.get_field(field).verbose_name))}" if field else str(number)


rules += [permitted, complete]

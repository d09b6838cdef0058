"""The documents of every type of content: unions of what the apps declare."""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, create_model
from typing_extensions import TypeAliasType

from core.content_types.registry import content_types

# Simplest first.
_TYPES = sorted(content_types(), key=lambda declared: (len(declared.own_fields), declared.name))
_CARDS: list[Any] = [declared.card for declared in _TYPES]
_ITEMS: list[Any] = [declared.item for declared in _TYPES]
# The keys that cards of particular types have in addition to those of every content.
OWN_FIELDS = list(dict.fromkeys(name for declared in _TYPES for name in declared.own_fields))

Card: Any = TypeAliasType("Card", Annotated[reduce(or_, _CARDS), Field(discriminator="type")])
Item: Any = TypeAliasType("Item", Annotated[reduce(or_, _ITEMS), Field(discriminator="type")])


class _Partial(BaseModel):
    """The base of cards that have only the keys requested by `fields` that exist for the item's type."""

    model_config = ConfigDict(extra="forbid")


def _partial(models: list[Any]) -> type[BaseModel]:
    """Return a model that may have any key of these models, with every type that the key has in any of them."""
    kinds: dict[str, Any] = {}
    for model in models:
        for name, field in model.model_fields.items():
            kinds[name] = kinds[name] | field.annotation if name in kinds else field.annotation
    keys: dict[str, Any] = {name: (kind, Field(None)) for name, kind in kinds.items()}
    return create_model("PartialCard", __base__=_Partial, **keys)


PartialCard: Any = _partial(_CARDS)

"""The indices in Elasticsearch: one for each language, versioned, behind aliases.

An index `<prefix>-<language>-<version>-<moment>` is written through its write alias `<index>-write`, so that writing to
a deleted index never creates a new one without a mapping. Searches go through the read alias `<prefix>-<language>`,
which moves to a new index once it is complete, for all languages at once.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings

from core.languages.declared import LANGUAGE_CODES
from search.analysis import rules_of

from .analysis import analysis
from .mapping import mapping, version
from .plurals import plural_rules

if TYPE_CHECKING:
    from elasticsearch import Elasticsearch

# Names of indices have no capital letters.
_CODES = {language.lower(): language for language in LANGUAGE_CODES}
_NAME = re.compile(rf"-(?P<language>{'|'.join(_CODES)})-(?P<version>[0-9a-f]{{8}})-(?P<moment>[0-9]{{20}})\Z")
_MOMENT = "%Y%m%d%H%M%S%f"
# Removals are remembered long enough that no late writer brings a removed document back.
_REMOVALS_REMEMBERED = "12h"


@dataclass(frozen=True)
class Index:
    """An index of one language.

    `uuid`: assigned by Elasticsearch, never reused. `is_read`: whether searches go to it. `moment`: when it was
    created, in microseconds, in a form that sorts as a name.
    """

    name: str
    uuid: str
    language: str
    version: str
    moment: str
    is_read: bool

    @property
    def is_current(self) -> bool:
        """Whether this code would create it in the same way."""
        return self.version == version(self.language)

    @property
    def made_at(self) -> float:
        """When it was created, in seconds since 1970."""
        return datetime.strptime(self.moment, _MOMENT).replace(tzinfo=UTC).timestamp()


def read_alias(language: str) -> str:
    return f"{settings.SEARCH_INDEX_PREFIX}-{language.lower()}"


def write_alias(index: str) -> str:
    return f"{index}-write"


def existing(client: Elasticsearch) -> list[Index]:
    """Return all indices of this site, oldest first."""
    answer = client.indices.get(
        index=[f"{read_alias(language)}-*" for language in LANGUAGE_CODES],
        features="aliases,settings",
        filter_path="*.aliases,*.settings.index.uuid",
        expand_wildcards="open",
        ignore_unavailable=True,
        allow_no_indices=True,
    )
    found = [_index(name, values) for name, values in answer.body.items()]
    return sorted(filter(None, found), key=lambda index: (index.moment, index.language))


def _index(name: str, values: Mapping[str, Any]) -> Index | None:
    match = _NAME.search(name)
    if match is None or not name.startswith(f"{settings.SEARCH_INDEX_PREFIX}-{match['language']}-"):
        return None
    language = _CODES[match["language"]]
    is_read = read_alias(language) in values.get("aliases", {})
    uuid = values["settings"]["index"]["uuid"]
    return Index(name, uuid, language, match["version"], match["moment"], is_read)


def served(indices: Iterable[Index]) -> dict[str, Index]:
    """Return the index that searches go to, by language."""
    return {index.language: index for index in indices if index.is_read}


def unfinished(indices: Iterable[Index]) -> dict[str, Index]:
    """Return by language the newest index of the current version that is not yet searched; all languages or none."""
    found = {index.language: index for index in indices if index.is_current and not index.is_read}
    moments = {index.moment for index in found.values()}
    return found if len(found) == len(LANGUAGE_CODES) and len(moments) == 1 else {}


def create(client: Elasticsearch) -> dict[str, Index]:
    """Create empty indices, one for each language, and return them."""
    moment = datetime.now(UTC).strftime(_MOMENT)
    plurals = plural_rules(client)
    for language in LANGUAGE_CODES:
        name = f"{read_alias(language)}-{version(language)}-{moment}"
        client.indices.create(
            index=name,
            settings={
                "number_of_shards": 1,
                "auto_expand_replicas": "0-1",
                "gc_deletes": _REMOVALS_REMEMBERED,
                "analysis": analysis(language, plurals if rules_of(language) == "ar" else ()),
            },
            mappings=mapping(),
            aliases={write_alias(name): {}},
        )
    return {index.language: index for index in existing(client) if index.moment == moment}


def switch(client: Elasticsearch, indices: Mapping[str, Index]) -> None:
    """Direct searches to these indices, in one step."""
    actions: list[dict[str, Any]] = []
    for language, index in indices.items():
        alias = read_alias(language)
        actions.append({"remove": {"index": f"{alias}-*", "alias": alias, "must_exist": False}})
        actions.append({"add": {"index": index.name, "alias": alias}})
    client.indices.update_aliases(actions=actions)


def remove(client: Elasticsearch, indices: Iterable[Index]) -> None:
    for index in indices:
        client.indices.delete(index=index.name, ignore_unavailable=True)

"""Rules for Arabic plurals that are formed inside the word, in the format of Elasticsearch's stemmer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from search.analysis.data import broken_plurals

from .analysis import ARABIC_STEMS, normalised

if TYPE_CHECKING:
    from elasticsearch import Elasticsearch


def plural_rules(client: Elasticsearch) -> list[str]:
    """Return broken plurals and their singulars as Elasticsearch's stemmer leaves them. Leave out rules whose plural
    becomes too short to tell apart from other words, or equal to its singular.
    """
    pairs = [(normalised(plural), normalised(singular)) for plural, singular in broken_plurals()]
    answer = client.indices.analyze(
        tokenizer="whitespace",
        filter=["arabic_normalization", *ARABIC_STEMS.values()],
        text=[word for pair in pairs for word in pair],
    )
    stems = [token["token"] for token in answer["tokens"]]
    rules = dict(zip(stems[::2], stems[1::2], strict=True))
    return [f"{plural} => {singular}" for plural, singular in rules.items() if len(plural) > 2 and plural != singular]

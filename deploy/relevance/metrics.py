"""Measures of a ranked list.

Grades: 3 is what the reader wants, 2 is helpful, 1 is marginally relevant, 0 is irrelevant or was not judged.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice
from math import log2

DEPTH = 10


def ndcg(found: Sequence[int], judged: Iterable[int], depth: int = DEPTH) -> float:
    """Return the normalized discounted cumulative gain (Järvelin and Kekäläinen 2002), from 0 to 1.

    The gain is 2^grade - 1 as in Burges et al. 2005. `found` are the grades of the results, best first; `judged` are
    all grades of the query, from which the ideal order is made. The value is 0 if nothing was judged relevant.
    """
    best = _cumulative_gain(sorted(judged, reverse=True), depth)
    return _cumulative_gain(found, depth) / best if best else 0.0


def _cumulative_gain(grades: Sequence[int], depth: int) -> float:
    return float(sum((2**grade - 1) / log2(rank + 1) for rank, grade in enumerate(islice(grades, depth), start=1)))


def reciprocal_rank(found: Sequence[int], depth: int = DEPTH) -> float:
    """Return one divided by the rank of the first relevant result, or 0 if there is none."""
    return next((1 / rank for rank, grade in enumerate(islice(found, depth), start=1) if grade > 0), 0.0)


def success_at_1(found: Sequence[int]) -> float:
    """Return 1 if the first result is relevant, otherwise 0."""
    return float(bool(found) and found[0] > 0)


def mean(values: Iterable[float]) -> float:
    """Return the mean, or 0 if there are no values."""
    kept = list(values)
    return sum(kept) / len(kept) if kept else 0.0

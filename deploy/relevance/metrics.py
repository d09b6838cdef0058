"""Measures of a ranked list. Grades: 3 is what the reader wants, 2 helps, 1 touches it, 0 does not (nor does whatever
nobody judged).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice
from math import log2

DEPTH = 10


def ndcg(found: Sequence[int], judged: Iterable[int], depth: int = DEPTH) -> float:
    """Normalized discounted cumulative gain (Järvelin and Kekäläinen 2002; gain 2^grade - 1 as in Burges et al. 2005).

    `found`: grades of what was found, best first; `judged`: all grades that were given, of which the best order is
    made. 0 to 1; 0 where nothing was judged relevant.
    """
    best = _cumulative_gain(sorted(judged, reverse=True), depth)
    return _cumulative_gain(found, depth) / best if best else 0.0


def _cumulative_gain(grades: Sequence[int], depth: int) -> float:
    return float(sum((2**grade - 1) / log2(rank + 1) for rank, grade in enumerate(islice(grades, depth), start=1)))


def reciprocal_rank(found: Sequence[int], depth: int = DEPTH) -> float:
    """One divided by the rank of the first relevant result; 0 where there is none."""
    return next((1 / rank for rank, grade in enumerate(islice(found, depth), start=1) if grade > 0), 0.0)


def success_at_1(found: Sequence[int]) -> float:
    """1 where the first result is relevant."""
    return float(bool(found) and found[0] > 0)


def mean(values: Iterable[float]) -> float:
    """0 of no values."""
    kept = list(values)
    return sum(kept) / len(kept) if kept else 0.0

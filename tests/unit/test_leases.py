"""Retries of the work that workers share."""

from datetime import timedelta

import pytest

from core.processing.leases import JITTER, Backoff

BACKOFF = Backoff((timedelta(seconds=5), timedelta(minutes=1), timedelta(hours=2)))


@pytest.mark.parametrize(("failures", "least"), [(1, 5), (2, 60), (3, 7200), (4, 7200), (400, 7200)])
def test_waits_grow_and_the_last_one_repeats(failures: int, least: int) -> None:
    waits = [BACKOFF.after(failures).total_seconds() for _ in range(50)]
    assert all(least <= wait <= least * (1 + JITTER) for wait in waits)


def test_what_failed_together_does_not_come_back_together() -> None:
    assert len({BACKOFF.after(2) for _ in range(50)}) > 40

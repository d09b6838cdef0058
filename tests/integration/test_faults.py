"""The whole site is harmed while people use it: nothing is lost or doubled, and readers hardly notice."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytest_django import DjangoDbBlocker

from tests.faults import site as faults
from tests.faults.clients import Read
from tests.faults.site import whole_site
from tests.faults.trial import Harm, Size, trial

LEAST_SHARE = 0.999
SIZE = Size(readers=6, editors=1, journalists=2)
HARMS = [
    Harm(faults.a_web_process_is_killed, 2),
    Harm(faults.the_worker_is_killed, 6),
    Harm(faults.the_mail_server_is_away, 5),
    Harm(faults.the_database_is_stopped, 10),
]


def share_of_good(reads: list[Read]) -> float:
    return sum(read.is_good for read in reads) / len(reads)


@pytest.mark.postgresql
@pytest.mark.django_db
@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_nothing_is_lost_or_doubled_while_the_site_is_harmed(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path: Path
) -> None:
    with (
        django_db_blocker.unblock(),
        whole_site(tmp_path) as site,
        trial(site, SIZE) as people,
    ):
        readings = people.run(HARMS)
        people.settle()
        losses = people.losses()
        told = sum(is_told for editor in people.editors for _, is_told in editor.said)
        confirmed = sum(len(sender.confirmed) for sender in people.journalists)
    print("\n".join(["", *(said_of(name, reads) for name, reads in readings.items())]))  # noqa: T201
    print(f"{told} publications, {confirmed} inquiries; lost or doubled: {losses}")  # noqa: T201
    assert losses == []
    assert share_of_good([read for reads in readings.values() for read in reads]) >= LEAST_SHARE
    assert told
    assert confirmed


def said_of(name: str, reads: list[Read]) -> str:
    bad = [(read.address, read.status, round(read.seconds, 1)) for read in reads if not read.is_good]
    slowest = max(read.seconds for read in reads)
    return f"{name}: {len(reads)} pages read, {share_of_good(reads):.3%} good, slowest {slowest:.1f} s {bad[:5]}"

"""Counts of all processes of a machine are exact, end, and are made without their file too."""

from __future__ import annotations

import logging
import os
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from core.security.shared_counts import SharedCounts

ROOT = Path(__file__).resolve().parents[2]
ENDS = 1_800_000_000
COUNTING = """
import sys
from pathlib import Path
from core.security.shared_counts import SharedCounts
counts = SharedCounts(Path(sys.argv[1]))
print(*(counts.add("a", 1, 1_800_000_000) for _ in range(500)))
"""

# In a process of its own, since one with threads, as that of the tests, should not fork.
FORKING = """
import os, sys
from pathlib import Path
from core.security.shared_counts import SharedCounts
counts = SharedCounts(Path(sys.argv[1]))
counts.add("a", 1, 1_800_000_000)
ours = counts._shared
if os.fork() == 0:
    print(counts.add("a", 1, 1_800_000_000), counts._shared is not ours, flush=True)
    os._exit(0)
os.wait()
print(counts.add("a", 1, 1_800_000_000))
"""
ENVIRONMENT = os.environ | {"PYTHONPATH": str(ROOT / "site")}


def test_processes_that_count_at_once_count_each_number_once(tmp_path: Path) -> None:
    command = [sys.executable, "-c", COUNTING, str(tmp_path / "counts")]
    processes = [
        subprocess.Popen(command, env=ENVIRONMENT, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        for _ in range(4)
    ]
    said = [process.communicate(timeout=120) for process in processes]
    assert [error for _, error in said] == [""] * 4
    assert sorted(int(number) for numbers, _ in said for number in numbers.split()) == list(range(1, 2001))


def test_each_key_counts_for_itself_and_what_is_given_back_is_taken_off(tmp_path: Path) -> None:
    counts = SharedCounts(tmp_path / "counts")
    assert [counts.add("a", 10, ENDS), counts.add("b", 1, ENDS), counts.add("a", -9, ENDS)] == [10, 1, 1]


def test_what_has_ended_is_deleted_and_cannot_be_read_from_the_file(tmp_path: Path) -> None:
    counts = SharedCounts(tmp_path / "counts")
    counts.add("something-long-ago", 1, ENDS)
    counts.add("a", 1, ENDS + 60)
    assert counts.add("something-long-ago", 1, ENDS) == 2, "given back late"
    counts.add("a", 1, ENDS + 180)
    with closing(sqlite3.connect(tmp_path / "counts")) as connection:
        assert [key for (key,) in connection.execute("SELECT key FROM counts")] == ["a"]
    assert not any(b"something-long-ago" in file.read_bytes() for file in tmp_path.iterdir())
    assert {oct(file.stat().st_mode & 0o777) for file in tmp_path.iterdir()} == {"0o600"}


def test_process_that_is_forked_opens_the_file_for_itself(tmp_path: Path) -> None:
    command = [sys.executable, "-c", FORKING, str(tmp_path / "counts")]
    done = subprocess.run(command, env=ENVIRONMENT, capture_output=True, text=True, check=False)
    assert (done.stdout.split(), done.stderr) == (["2", "True", "3"], "")


@pytest.mark.parametrize("is_there", [True, False])
def test_without_a_file_each_process_counts_for_itself_and_says_so_once_a_window(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, *, is_there: bool
) -> None:
    path = tmp_path / "counts" if is_there else tmp_path / "nowhere" / "counts"
    if is_there:
        path.write_bytes(b"no database, and long enough to be taken for one" * 100)
    counts = SharedCounts(path)
    begun = time.monotonic()
    with caplog.at_level(logging.WARNING):
        assert [counts.add("a", 1, ENDS) for _ in range(3)] == [1, 2, 3]
    assert time.monotonic() - begun < 1
    assert len(caplog.records) == 1
    path.parent.mkdir(exist_ok=True)
    path.unlink(missing_ok=True)
    counts.add("a", 1, ENDS)
    assert path.exists(), "used again as soon as it can be"

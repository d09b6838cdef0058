"""One password at a time is hashed, also where the disk takes no lock (signing_in.turnstile)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from signing_in.turnstile import Crowded, one_at_a_time


@pytest.mark.parametrize("folder", ["", "missing"])
def test_the_second_is_told_to_come_back(folder: str, tmp_path: Path, settings: Any) -> None:
    settings.TURNSTILE_FILE = tmp_path / folder / "lock"
    with one_at_a_time(), pytest.raises(Crowded), one_at_a_time():
        pass
    with one_at_a_time():
        pass

"""Read the locked requirements, as `make lock` writes them and pip reads them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from packaging.markers import Marker
from packaging.requirements import InvalidRequirement, Requirement
from packaging.utils import NormalizedName, canonicalize_name
from packaging.version import InvalidVersion, Version

from .errors import DependencyError

ROOT = Path(__file__).resolve().parents[2]
RUNTIME = Path("requirements/base.txt")
# Not scan.txt: the scanner has an environment of its own, pins old versions and only ever asks this machine.
ALL = (RUNTIME, Path("requirements/test.txt"), Path("requirements/uv.txt"))


@dataclass(frozen=True)
class Locked:
    """One requirement: `hashes` are the SHA-256 of each file that pip may install for it, in hexadecimal; `marker`
    tells on which Pythons and systems it is installed, None for all.
    """

    name: NormalizedName
    version: Version
    hashes: tuple[str, ...]
    marker: Marker | None

    @property
    def is_for_this_python(self) -> bool:
        return self.marker is None or self.marker.evaluate()


def locked(path: Path) -> list[Locked]:
    """Return the requirements of a file in its order. Raise DependencyError unless each is pinned to one version."""
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise DependencyError(f"{path} cannot be read: {error.strerror}.") from error
    lines = [line.strip() for line in text.replace("\\\n", " ").splitlines()]
    return [_requirement(line, path) for line in lines if line and not line.startswith("#")]


def _requirement(line: str, path: Path) -> Locked:
    stated, *hashes = re.split(r"\s+--hash=sha256:", line)
    try:
        requirement = Requirement(stated)
        [pin] = requirement.specifier
        if pin.operator != "==":
            raise ValueError(pin.operator)
        version = Version(pin.version)
    except (InvalidRequirement, InvalidVersion, ValueError):
        raise DependencyError(f"{path}: “{stated}” is not pinned to one version with ==.") from None
    return Locked(canonicalize_name(requirement.name), version, tuple(hashes), requirement.marker)

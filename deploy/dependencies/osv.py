"""Advisories in the OSV format (https://ossf.github.io/osv-schema/), as far as they concern packages of PyPI."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Annotated, TypeVar

from packaging.utils import NormalizedName, canonicalize_name
from packaging.version import InvalidVersion, Version
from pydantic import AwareDatetime, BaseModel, BeforeValidator

Item = TypeVar("Item")
# The schema lets a list be null.
Many = Annotated[list[Item], BeforeValidator(lambda value: [] if value is None else value)]
LOWEST = Version("0.dev0")


class Event(BaseModel):
    """Where a range begins or ends; exactly one of these is set."""

    introduced: str | None = None
    fixed: str | None = None
    last_affected: str | None = None


class Range(BaseModel):
    """Versions in the order of PEP 440, or commits (type GIT), which are not compared: `versions` lists theirs."""

    type: str
    events: list[Event]

    def covers(self, version: Version) -> bool:
        """Evaluate the events in their order, as the specification of the format does."""
        covered = False
        for at, event in sorted(self._points()):
            if event == "introduced" and version >= at:
                covered = True
            elif (event == "fixed" and version >= at) or (event == "last_affected" and version > at):
                covered = False
        return covered

    def fixes(self) -> list[Version]:
        return [at for at, event in self._points() if event == "fixed"]

    def _points(self) -> Iterator[tuple[Version, str]]:
        """Yield versions with what happens at them. What is no version covers too much rather than too little: it
        begins before all others, and ends nothing. “0” is before all others by the specification.
        """
        for event in self.events if self.type != "GIT" else []:
            for name, text in event.model_dump(exclude_none=True).items():
                at = _version(text)
                if name == "introduced":
                    yield (LOWEST if at is None or text == "0" else at), name
                elif at is not None:
                    yield at, name


class Package(BaseModel):
    ecosystem: str
    name: str


class Affected(BaseModel):
    package: Package | None = None
    versions: Many[str] = []
    ranges: Many[Range] = []

    @property
    def name(self) -> NormalizedName | None:
        """The normalized name of a package of PyPI; None if it is another ecosystem's."""
        return canonicalize_name(self.package.name) if self.package and self.package.ecosystem == "PyPI" else None

    def covers(self, version: Version) -> bool:
        return any(_version(listed) == version for listed in self.versions) or any(
            one.covers(version) for one in self.ranges
        )


class Advisory(BaseModel):
    id: str
    modified: AwareDatetime
    withdrawn: AwareDatetime | None = None
    aliases: Many[str] = []
    summary: str = ""
    details: str = ""
    affected: Many[Affected] = []

    @cached_property
    def packages(self) -> set[NormalizedName]:
        """The packages of PyPI that it is about."""
        return {affected.name for affected in self.affected if affected.name}

    @property
    def names(self) -> set[str]:
        """Every name that it goes by, such as a CVE's."""
        return {self.id, *self.aliases}

    def concerns(self, name: NormalizedName, version: Version) -> bool:
        return any(affected.name == name and affected.covers(version) for affected in self.affected)

    def fixed_in(self, name: NormalizedName, version: Version) -> Version | None:
        """Return the first later version that mends it; None if none is known."""
        ranges = [one for affected in self.affected if affected.name == name for one in affected.ranges]
        return min((at for one in ranges for at in one.fixes() if at > version), default=None)


def _version(text: str) -> Version | None:
    """Return a version of PEP 440; None if it is none, as a few from before 2014 are not."""
    try:
        return Version(text)
    except InvalidVersion:
        return None

"""`make audit`: compare the locked requirements with an advisory database that is given as a file; ask no address.

Ends with 0 if no advisory concerns them, 1 if one does or a note in pyproject.toml no longer holds, and 2 if nothing
was compared (make itself ends with 2 for both).
"""

from __future__ import annotations

import sys
import tomllib
from argparse import ArgumentParser
from datetime import UTC, date, datetime
from pathlib import Path
from textwrap import shorten
from typing import Annotated, NamedTuple

from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError

from .database import advisories_of
from .errors import DependencyError
from .locked import ALL, ROOT, Locked, locked
from .osv import Advisory

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
MOST_CHARACTERS = 160


class Note(BaseModel):
    """An advisory that was judged not to concern the site, by its id or one of its aliases; holds through `until`."""

    model_config = ConfigDict(extra="forbid")

    id: Text
    reason: Text
    until: date


class _Notes(BaseModel):
    """The table `[tool.audit]` of pyproject.toml."""

    model_config = ConfigDict(extra="forbid")

    notes: list[Note] = []


class Hit(NamedTuple):
    """A requirement that an advisory concerns."""

    requirement: Locked
    advisory: Advisory

    def __str__(self) -> str:
        name, version = self.requirement.name, self.requirement.version
        aliases = f" ({', '.join(self.advisory.aliases)})" if self.advisory.aliases else ""
        told = shorten(self.advisory.summary or self.advisory.details, MOST_CHARACTERS, placeholder=" …")
        fixed = self.advisory.fixed_in(name, version)
        mended = f"fixed in {fixed}" if fixed else "no fix is known"
        line = f"{name} {version}: {self.advisory.id}{aliases}: {mended}: {told or 'no summary'}"
        return "".join(character for character in line if character.isprintable())


def main(arguments: list[str] | None = None, *, root: Path = ROOT) -> int:
    parser = ArgumentParser(prog="python -m deploy.dependencies.audit", description="Audit the locked requirements.")
    parser.add_argument("advisories", help="a zip, a folder or a file of advisories in the OSV format")
    path = parser.parse_args(arguments).advisories
    try:
        if not path:
            raise DependencyError("Say which advisory database: ADVISORIES=<file>.")
        return _audit(Path(path), root)
    except DependencyError as error:
        print(f"Nothing was compared. {error}", file=sys.stderr)
        return 2


def hits_of(advisories: list[Advisory], requirements: list[Locked]) -> list[Hit]:
    """Return what concerns the requirements, by their names."""
    found = [
        Hit(requirement, advisory)
        for advisory in advisories
        for requirement in requirements
        if requirement.name in advisory.packages and advisory.concerns(requirement.name, requirement.version)
    ]
    return sorted(found, key=lambda hit: (hit.requirement.name, hit.requirement.version, hit.advisory.id))


def faults_of(hits: list[Hit], notes: list[Note], *, today: date) -> list[str]:
    """Return a line for each hit without a note that holds, and for each note that is expired or has no hit."""
    holding = {note.id for note in notes if note.until >= today}
    named = {name for hit in hits for name in hit.advisory.names}
    return [
        *(str(hit) for hit in hits if not hit.advisory.names & holding),
        *(f"The note on {note.id} held until {note.until}: judge it anew." for note in notes if note.until < today),
        *(
            f"The note on {note.id} has no hit: take it out of pyproject.toml."
            for note in notes
            if note.id not in named
        ),
    ]


def _audit(path: Path, root: Path) -> int:
    requirements = _requirements(root)
    notes = _notes(root)
    now = datetime.now(UTC)
    print(f"Read {path} …", flush=True)
    advisories = advisories_of(path, now=now)
    hits = hits_of(advisories, requirements)
    faults = faults_of(hits, notes, today=now.date())
    for fault in faults:
        print(fault)
    print(
        f"{len(advisories)} advisories were compared with {len(requirements)} packages: "
        f"{len(hits)} hits, {len(notes)} notes, {len(faults)} to mend."
    )
    return 1 if faults else 0


def _requirements(root: Path) -> list[Locked]:
    """Return the requirements of all locks, each once."""
    found = [requirement for path in ALL for requirement in locked(root / path)]
    return list({(requirement.name, requirement.version): requirement for requirement in found}.values())


def _notes(root: Path) -> list[Note]:
    with (root / "pyproject.toml").open("rb") as file:
        table = tomllib.load(file)["tool"].get("audit", {})
    try:
        return _Notes.model_validate(table).notes
    except ValidationError as error:
        raise DependencyError(
            "Each of the notes in [tool.audit] of pyproject.toml has an id, a reason and a day until which it holds: "
            f"{error.errors()[0]['msg']} ({'.'.join(map(str, error.errors()[0]['loc']))})."
        ) from None


if __name__ == "__main__":
    sys.exit(main())

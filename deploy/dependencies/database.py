"""Read an advisory database: a zip of JSON files as osv.dev offers for PyPI, a folder of such files, or one file."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from pydantic import ValidationError

from .errors import DependencyError
from .osv import Advisory

OLDEST = timedelta(days=30)


def advisories_of(path: Path, *, now: datetime) -> list[Advisory]:
    """Return the advisories on packages of PyPI, without those that were withdrawn. Raise DependencyError if there is
    none, if one cannot be read, or if the newest is older than 30 days: such a database finds nothing new.
    """
    found = [advisory for advisory in _all(path) if advisory.packages]
    if not found:
        raise DependencyError(f"{path} holds no advisory on a package of PyPI in the OSV format.")
    newest = max(advisory.modified for advisory in found)
    if now - newest > OLDEST:
        raise DependencyError(
            f"{path} is too old: its newest advisory is of {newest:%Y-%m-%d}, and what was found in the "
            f"{(now - newest).days} days since is not in it. Get it anew."
        )
    return [advisory for advisory in found if advisory.withdrawn is None]


def _all(path: Path) -> Iterator[Advisory]:
    try:
        for name, content in _files(path):
            try:
                yield Advisory.model_validate_json(content)
            except ValidationError:
                raise DependencyError(f"{path}: {name} is not one advisory in the OSV format.") from None
    except FileNotFoundError:
        raise DependencyError(f"{path} is missing.") from None
    # What a damaged or encrypted zip raises.
    except (OSError, EOFError, NotImplementedError, RuntimeError, zipfile.BadZipFile, zlib.error) as error:
        raise DependencyError(f"{path} cannot be read: {error}.") from error


def _files(path: Path) -> Iterator[tuple[str, bytes]]:
    """Yield the JSON files of a database with their names; nothing is unpacked onto the disk."""
    if path.is_dir():
        for file in sorted(path.rglob("*.json")):
            yield str(file.relative_to(path)), file.read_bytes()
    elif zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            for name in archive.namelist():
                if name.endswith(".json"):
                    yield name, archive.read(name)
    else:
        yield path.name, path.read_bytes()

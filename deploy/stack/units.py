"""The units of systemd: written with this machine's values, and read by the runner of machines without systemd."""

from __future__ import annotations

import hashlib
import shlex
from dataclasses import dataclass
from pathlib import Path

from .environment_file import read
from .errors import StackError
from .files import make_folder, put
from .places import SHIPPED, Places
from .wishes import Wishes


def write_units(places: Places, wishes: Wishes, group: str) -> str:
    """Write the units and the command website-manage; return what tells these units from others."""
    make_folder(places.units)
    make_folder(places.commands)
    digest = hashlib.sha256()
    for shipped in sorted((SHIPPED / "systemd").iterdir()):
        text = rendered(shipped.read_text(encoding="utf-8"), places, wishes, group)
        put(places.units / shipped.name, text, 0o644)
        digest.update(text.encode())
    command = rendered((SHIPPED / "website-manage").read_text(encoding="utf-8"), places, wishes, group)
    put(places.commands / "website-manage", command, 0o755)
    return digest.hexdigest()[:16]


def rendered(text: str, places: Places, wishes: Wishes, group: str) -> str:
    for written, here in {
        "User=website\n": f"User={wishes.account}\n",
        "Group=website\n": f"Group={group}\n",
        "ListenStream=127.0.0.1:8000\n": f"ListenStream={wishes.application}\n",
        "--reuid=website --regid=website": f"--reuid={wishes.account} --regid={group}",
    }.items():
        text = text.replace(written, here)
    return places.within(text)


@dataclass(frozen=True)
class Unit:
    """A unit file. Each setting has the values of all its lines, in order."""

    name: str
    settings: dict[tuple[str, str], list[str]]

    def all(self, section: str, name: str) -> list[str]:
        return self.settings.get((section, name), [])

    def one(self, section: str, name: str, default: str = "") -> str:
        return (self.all(section, name) or [default])[-1]

    def seconds(self, name: str, default: float) -> float:
        """Return a time of [Service]; only those in seconds are understood."""
        return float(self.one("Service", name, str(default)))

    def command(self) -> list[str]:
        return shlex.split(self.one("Service", "ExecStart"))

    def environment(self) -> dict[str, str]:
        """Return the variables that it sets; files come after and win, as in systemd."""
        pairs = [pair for line in self.all("Service", "Environment") for pair in shlex.split(line)]
        variables = {name: value for name, _, value in (pair.partition("=") for pair in pairs)}
        for file in self.all("Service", "EnvironmentFile"):
            variables |= read(Path(file))
        return variables


def read_unit(folder: Path, name: str) -> Unit:
    """Return a unit, or an instance of a template (`website-web@1.service`). Raise StackError if it is no unit."""
    stem, at, instance = name.rpartition(".")[0].partition("@")
    kind = name.rpartition(".")[2]
    settings: dict[tuple[str, str], list[str]] = {}
    section = ""
    for line in (folder / f"{stem}{at}.{kind}").read_text(encoding="utf-8").splitlines():
        if not line or line.startswith(("#", ";")):
            continue
        if line.startswith("["):
            section = line.strip("[]")
            continue
        setting, equals, value = line.partition("=")
        if not equals:
            raise StackError(f"{name} has a line that is no setting: {line}")
        settings.setdefault((section, setting), []).append(value.replace("%i", instance))
    return Unit(name, settings)

"""Where everything lies on the machine, or below a folder that stands for it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

SHIPPED = Path(__file__).parent
CHECKOUT = SHIPPED.parents[1]
# What the units and scripts name, as it is on a whole machine.
_OURS = ("/opt/website", "/var/lib/website", "/var/backups/website", "/etc/website", "/run/website")
_NAMED = re.compile(rf"(?<![\w./-])({'|'.join(_OURS)})(?![\w-])")


@dataclass(frozen=True)
class Places:
    root: Path

    def _at(self, path: str) -> Path:
        return self.root / path

    @property
    def is_whole_machine(self) -> bool:
        return self.root == Path("/")

    @property
    def code(self) -> Path:
        return self._at("opt/website")

    @property
    def current(self) -> Path:
        """Return the link to the release that runs."""
        return self.code / "current"

    @property
    def home(self) -> Path:
        return self._at("var/lib/website")

    @property
    def data(self) -> Path:
        return self.home / "data"

    @property
    def static(self) -> Path:
        return self.home / "static"

    @property
    def backups(self) -> Path:
        return self._at("var/backups/website")

    @property
    def settings(self) -> Path:
        return self._at("etc/website")

    @property
    def environment(self) -> Path:
        """Return the file with the site's environment, secrets included."""
        return self.settings / "environment"

    @property
    def run(self) -> Path:
        return self._at("run/website")

    @property
    def units(self) -> Path:
        return self._at("etc/systemd/system")

    @property
    def nginx(self) -> Path:
        return self._at("etc/nginx")

    @property
    def nginx_cache(self) -> Path:
        return self._at("var/cache/nginx")

    @property
    def nginx_log(self) -> Path:
        return self._at("var/log/nginx")

    @property
    def commands(self) -> Path:
        return self._at("usr/local/sbin")

    def within(self, text: str) -> str:
        """Return a unit or script with the paths that it has here."""
        return text if self.is_whole_machine else _NAMED.sub(lambda found: f"{self.root}{found[1]}", text)

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]


@dataclass
class Installation:
    """A site with a database and a data folder of its own, as an operator has it; its commands run in processes of
    their own. `variables` are further variables of its environment.
    """

    folder: Path
    database: str
    variables: dict[str, str] = field(default_factory=dict)

    @property
    def media(self) -> Path:
        return self.folder / "media"

    def make(self, command: str, **variables: str) -> subprocess.CompletedProcess[str]:
        """Run `make <command> NAME=value …` for this site."""
        arguments = [f"{name}={value}" for name, value in variables.items()]
        return self._run(["make", "--no-print-directory", "--silent", command, *arguments])

    def answers(self) -> dict[str, list[Any]]:
        """Return what the site answers at every public address."""
        file = self.folder / "answers.json"
        done = self._run([sys.executable, "-m", "tests.backups.answers", str(file)])
        assert done.returncode == 0, done.stderr
        answers: dict[str, list[Any]] = json.loads(file.read_text())
        return answers

    def _run(self, command: list[str]) -> subprocess.CompletedProcess[str]:
        environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "tests.backups.settings",
            "PYTHONPATH": os.pathsep.join([str(ROOT / "site"), str(ROOT)]),
            "DATABASE_URL": self.database,
            "DATA_FOLDER": str(self.folder),
            "ELASTICSEARCH_URL": "",
            **self.variables,
        }
        return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)

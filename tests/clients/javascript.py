"""Runs code that uses the JavaScript client in Node, as a partner does."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

PACKAGE = Path(__file__).resolve().parents[2] / "clients" / "typescript"
COMPILER = PACKAGE / "node_modules" / "typescript" / "bin" / "tsc"
# `waits` are the milliseconds that the client would have waited.
_PROGRAM = """import * as api from "{built}/index.js";
import {{ FolderStore }} from "{built}/folder-store.js";
const waits = [];
const sleep = async (milliseconds) => void waits.push(milliseconds);
const client = new api.Client("{site}", {{ retry: {{ sleep }} }});
async function all(generator) {{
  const found = [];
  for await (const one of generator) found.push(one);
  return found;
}}
async function failure(promise) {{
  try {{
    await promise;
  }} catch (error) {{
    return {{ name: error.name, message: error.message, kind: error.kind, locales: error.availableLocales,
              isOurs: error instanceof api.ClientError }};
  }}
}}
const answer = await (async () => {{
{code}
}})();
console.log(JSON.stringify({{ answer, waits }}));
"""


def build(folder: Path) -> Path:
    """Build the package as it is published (modules and declarations), with the strictest compiler settings."""
    command = ["node", str(COMPILER), "--project", str(PACKAGE), "--outDir", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.stdout + done.stderr == ""
    (folder / "package.json").write_text('{"type": "module"}', encoding="utf-8")
    return folder


class Node:
    """Runs code in Node, in a new process for each call. `built` is the folder that `build` returned."""

    def __init__(self, built: Path, site: str, folder: Path) -> None:
        self._built, self._site, self._folder = built, site, folder
        self.waits: list[float] = []

    def __call__(self, code: str) -> Any:
        """Run code, which may use `api`, `client`, `FolderStore`, `all`, `failure` and `waits`; return its result."""
        program = self._folder / "program.mjs"
        program.write_text(_PROGRAM.format(built=self._built, site=self._site, code=code), encoding="utf-8")
        done = subprocess.run(
            ["node", str(program)], cwd=self._folder, capture_output=True, text=True, timeout=120, check=False
        )
        assert done.returncode == 0, done.stderr
        said = json.loads(done.stdout)
        self.waits = said["waits"]
        return said.get("answer")

"""`make environment-docs`: write the table of environment variables in docs/ from the class that declares them."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TABLE = ROOT / "docs" / "environment.md"
HEAD = """# Environment variables

All configuration comes from the environment. A wrong value stops the start with a message that names the variable;
`config.settings.production` refuses to start where a value would be insecure. Made by `make environment-docs`.

| variable | default | meaning |
|---|---|---|
"""
TAIL = """
Read by the server (`site/gunicorn.conf.py`) and by `make run`: `HOST` (127.0.0.1) and `PORT` (8000), where it listens;
`WEB_WORKERS` (2) and `WEB_THREADS` (2), how many processes, and threads in each; `PROMETHEUS_MULTIPROC_DIR`, a folder
for the counts of `/metrics` that several servers of a machine share (empty: each has its own).
`DJANGO_SETTINGS_MODULE` chooses `config.settings.dev` (the default of `manage.py`) or `config.settings.production`
(the default of `config.wsgi`).
"""


def table() -> str:
    """Return the whole text of docs/environment.md."""
    sys.path.insert(0, str(ROOT / "site"))
    from config.environment import Environment

    rows = []
    for name, field in Environment.model_fields.items():
        default = field.get_default(call_default_factory=True)
        shown = "" if default in ("", []) else f"`{default}`".replace(f"{ROOT}/", "")
        rows.append(f"| `{name.upper()}` | {shown} | {field.description} |\n")
    return HEAD + "".join(rows) + TAIL


if __name__ == "__main__":
    TABLE.write_text(table(), encoding="utf-8")
    print(f"Written: {TABLE.relative_to(ROOT)}")

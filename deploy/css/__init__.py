"""The formatter and the linter of the style sheets, from npm (`make css`); nothing here is needed at run time."""

from __future__ import annotations

from pathlib import Path

FOLDER = Path(__file__).parent
_PROGRAMS = FOLDER / "node_modules" / ".bin"
_SHEETS = str(FOLDER.parents[1] / "static" / "css" / "**" / "*.css")
STYLELINT = [str(_PROGRAMS / "stylelint"), "--config", str(FOLDER / ".stylelintrc.json")]
_PRETTIER = [str(_PROGRAMS / "prettier"), "--config", str(FOLDER / ".prettierrc.json")]
CHECKS = {
    "style sheets (stylelint)": [*STYLELINT, _SHEETS],
    "format of style sheets (prettier)": [*_PRETTIER, "--log-level", "warn", "--check", _SHEETS],
}


def is_installed() -> bool:
    return all(Path(command[0]).exists() for command in CHECKS.values())

"""What the site's own commands do in an installation: tables, static files, starter content, documents."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from deploy.engines.process import Account

from .files import say
from .programs import run

_IS_EMPTY = """
import django
django.setup()
from core.models import OfficeSettings
print("content" if OfficeSettings.objects.exists() else "empty")
"""


class Manage:
    """`manage.py` of a release, run as the site's account."""

    def __init__(self, release: Path, account: Account, variables: Mapping[str, str]) -> None:
        self._release = release
        self._account = account
        self._variables = {**variables, "PYTHONDONTWRITEBYTECODE": "1"}

    def __call__(self, *arguments: str) -> str:
        return self._python("manage.py", *arguments)

    def _python(self, *arguments: str, text: str | None = None, **variables: str) -> str:
        return run(
            self._release / ".venv/bin/python",
            *arguments,
            account=self._account,
            folder=self._release,
            variables={**self._variables, **variables},
            text=text,
        )

    def has_content(self) -> bool:
        path = f"{self._release / 'site'}:{self._release}"
        return self._python("-", text=_IS_EMPTY, PYTHONPATH=path).split()[-1] == "content"


def bring_up_to_date(manage: Manage) -> None:
    """Bring static files and tables to the release. Both leave what the release before it needs."""
    say("Collecting static files")
    manage("collectstatic", "--noinput", "--verbosity=0")
    say("Migrating the database")
    manage("migrate", "--noinput", "--verbosity=0")
    if not manage.has_content():
        say("Loading the starter content")
        manage("load_content", "home/content/starter")

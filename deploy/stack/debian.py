"""A Debian machine with systemd."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from deploy.engines.process import Account

from .errors import StackError
from .files import say
from .machine import WEB, WORKER, account_made, account_named
from .places import Places
from .programs import run
from .wishes import Wishes

_PROXY_ACCOUNT = "www-data"
_STARTED = (
    "website-web.socket", *WEB, WORKER, "website-backup.timer", "website-certificate.timer", "nginx.service",
)  # fmt: skip


def has_systemd() -> bool:
    return Path("/run/systemd/system").is_dir()


class Debian:
    engine: Mapping[str, str] = {}

    def __init__(self, places: Places, wishes: Wishes) -> None:
        self._home = places.home
        self._name = wishes.account

    def account(self) -> Account:
        account = account_made(self._name, self._home)
        if self._name not in run("id", "-nG", _PROXY_ACCOUNT).split():
            # So that nginx reads uploaded files, and nobody else does.
            run("usermod", "--append", "--groups", self._name, _PROXY_ACCOUNT)
            _systemctl("try-restart", "nginx.service")
        return account

    def start_database(self) -> None:
        _systemctl("enable", "--now", "postgresql.service")

    def query(self, sql: str) -> str:
        postgres = account_named("postgres")
        return run("psql", "-XAtq", "-v", "ON_ERROR_STOP=1", "-d", "postgres", account=postgres, text=sql)

    def is_serving(self) -> bool:
        try:
            _systemctl("is-active", "--quiet", WEB[0])
        except StackError:
            return False
        return True

    def start(self) -> None:
        _systemctl("daemon-reload")
        _systemctl("enable", "--now", *_STARTED)

    def restart(self) -> None:
        for unit in (*WEB, WORKER):
            say(f"Restarting {unit}")
            _systemctl("restart", unit)

    def reload_proxy(self) -> None:
        run("nginx", "-t", "-q")
        _systemctl("reload-or-restart", "nginx.service")

    def run_once(self, unit: str) -> None:
        _systemctl("start", unit)


def _systemctl(*arguments: str) -> None:
    run("systemctl", *arguments)

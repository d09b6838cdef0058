"""What the installer asks of a machine, and what both kinds of machine do alike."""

from __future__ import annotations

import grp
import pwd
from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

from deploy.engines.process import Account

from .errors import StackError
from .files import say
from .programs import run

PACKAGES = ("libfribidi0", "make", "nginx-light", "openssl", "postgresql", "python3-venv")
# What other packages of Debian and Ubuntu bring as well.
_INSTEAD = {"nginx-light": ("nginx", "nginx-core", "nginx-full", "nginx-extras")}
WEB = ("website-web@1.service", "website-web@2.service")
WORKER = "website-worker.service"
BACKUP = "website-backup.service"


class Machine(Protocol):
    # Variables with which the database is reached, beside its address.
    engine: Mapping[str, str]

    def account(self) -> Account:
        """Return the site's account, made if it is missing."""

    def start_database(self) -> None: ...

    def query(self, sql: str) -> str:
        """Return what the database's administrator is answered."""

    def is_serving(self) -> bool:
        """Return whether the site runs here already."""

    def start(self) -> None:
        """Start whatever does not run, now and whenever the machine starts."""

    def restart(self) -> None:
        """Restart what runs the site's code, so that no reader waits."""

    def reload_proxy(self) -> None: ...

    def run_once(self, unit: str) -> None: ...


def install_packages() -> None:
    missing = [name for name in PACKAGES if not any(map(_is_installed, (name, *_INSTEAD.get(name, ()))))]
    if missing:
        say(f"Installing {', '.join(missing)}")
        quietly = {"DEBIAN_FRONTEND": "noninteractive"}
        run("apt-get", "update", "-qq", variables=quietly)
        run("apt-get", "install", "-y", "-qq", "--no-install-recommends", *missing, variables=quietly)


def _is_installed(package: str) -> bool:
    try:
        return run("dpkg-query", "-W", "-f", "${db:Status-Status}", package) == "installed"
    except StackError:
        return False


def account_named(name: str) -> Account | None:
    try:
        entry = pwd.getpwnam(name)
    except KeyError:
        return None
    return Account(entry.pw_uid, entry.pw_gid)


def account_made(name: str, home: Path) -> Account:
    """Return an account, made if it is missing."""
    if account := account_named(name):
        return account
    where = ("--home-dir", home, "--no-create-home", "--shell", "/usr/sbin/nologin")
    run("useradd", "--system", "--user-group", *where, name)
    say(f"The account {name} was made")
    return account_made(name, home)


def group_name(account: Account) -> str:
    return grp.getgrgid(account.gid).gr_name


def make_database(machine: Machine, name: str) -> None:
    """Make the site's role and its database, of the account's own name: it signs in as itself, without a password."""
    if name not in machine.query("SELECT rolname FROM pg_roles").split():
        machine.query(f'CREATE ROLE "{name}" LOGIN')
        say(f"The role {name} was made")
    if name not in machine.query("SELECT datname FROM pg_database").split():
        # With a locale that knows the capitals of every script, so that a search finds É as well as é.
        form = "TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8'"
        machine.query(f'CREATE DATABASE "{name}" OWNER "{name}" {form}')
        say(f"The database {name} was made")

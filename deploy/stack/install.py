"""The order of an installation. Whatever is right already is left as it is."""

from __future__ import annotations

from deploy.engines.process import Account

from . import certificate, configuration, proxy, release, units
from .content import Manage, bring_up_to_date
from .files import make_folder, put, say
from .machine import BACKUP, Machine, group_name, install_packages, make_database
from .places import Places
from .wishes import Wishes, keep


def install(places: Places, wishes: Wishes, machine: Machine) -> None:
    """Install the site, or bring it to the release of this checkout; it is served afterwards. Raise StackError."""
    install_packages()
    account = machine.account()
    _make_folders(places, account)
    certificate_changed = certificate.bring(places, wishes)
    variables = configuration.variables(places, wishes, machine.engine)
    keep(places, wishes)
    machine.start_database()
    make_database(machine, wishes.account)
    written_units = units.write_units(places, wishes, group_name(account))
    code = release.prepare(places, wishes.python_env)
    manage = Manage(code, account, variables)
    is_upgrade = places.current.is_symlink()
    if not release.is_current(places, code):
        if is_upgrade:
            say("Making a backup before the upgrade")
            machine.run_once(BACKUP)
        bring_up_to_date(manage)
        release.activate(places, code)
    if proxy.configure(places, wishes) or certificate_changed:
        machine.reload_proxy()
    changed = _serve(places, machine, f"{code.name} {written_units}", manage)
    _say_what_is_next(places, wishes, is_first=not is_upgrade, changed=changed)


def _serve(places: Places, machine: Machine, wanted: str, manage: Manage) -> bool:
    """Let the machine run what is installed; return whether it ran something else.

    What was last brought to run is written down at the end, so that an installation that was stopped is finished.
    """
    served = places.code / "served"
    before = served.read_text(encoding="utf-8") if served.exists() else ""
    was_serving = machine.is_serving()
    machine.start()
    if before != wanted:
        if was_serving:
            machine.restart()
        if before:
            say("Making the documents anew where they differ")
            manage("rebuild_documents")
        put(served, wanted, 0o644)
    return before != wanted


def renew_certificate(places: Places, wishes: Wishes, machine: Machine) -> None:
    """Take over the certificate that was named, now or before; what is named now is kept for the next time."""
    changed = certificate.bring(places, wishes)
    keep(places, wishes)
    if changed:
        machine.reload_proxy()


def _make_folders(places: Places, account: Account) -> None:
    for folder in (places.code, places.settings):
        make_folder(folder)
    for folder in (places.home, places.data, places.data / "media", places.static):
        make_folder(folder, 0o750, account)
    make_folder(places.backups, 0o700, account)


def _say_what_is_next(places: Places, wishes: Wishes, *, is_first: bool, changed: bool) -> None:
    if not is_first:
        say("The site runs this release." if changed else "Everything was right already; nothing was restarted.")
        return
    say(
        f"\nThe site is at https://{wishes.domain}/. Next:\n"
        f"  {places.commands}/website-manage createsuperuser   an administrator\n"
        f"  {places.commands}/website-manage create_editor     somebody who writes\n"
        f"  make backup-keys TO=…   see “Backups” in docs/operations.md; backups are in {places.backups}"
    )

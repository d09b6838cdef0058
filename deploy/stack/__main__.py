"""`make stack` and its parts: `python3 -m deploy.stack install|restart|certificate|serve`."""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from .debian import Debian, has_systemd
from .errors import StackError
from .install import install, renew_certificate
from .machine import Machine
from .places import Places
from .supervised import Supervised
from .wishes import Wishes, wishes


def main() -> int:
    arguments = _arguments()
    try:
        if os.geteuid() != 0:
            raise StackError("Only root installs: sudo make stack …")
        places = Places(Path(arguments.root).resolve())
        _do(arguments, places, wishes(places, os.environ))
    except StackError as error:
        print(f"{error}\nThe action `{arguments.action}` FAILED; whatever ran before it still runs.", file=sys.stderr)
        return 1
    return 0


def _do(arguments: Namespace, places: Places, wanted: Wishes) -> None:
    machine = _machine(places, wanted, supervise=arguments.supervise)
    if arguments.action == "install":
        install(places, wanted, machine)
    elif arguments.action == "restart":
        machine.restart()
    elif arguments.action == "certificate":
        renew_certificate(places, wanted, machine)
    elif isinstance(machine, Supervised):
        machine.serve()
    else:
        raise StackError("systemd serves here: systemctl status 'website-*'")


def _machine(places: Places, wanted: Wishes, *, supervise: bool) -> Machine:
    if supervise or not places.is_whole_machine:
        return Supervised(places, wanted)
    if not has_systemd():
        raise StackError("systemd does not run here. To run the units without it (tests, containers): SUPERVISE=1")
    return Debian(places, wanted)


def _arguments() -> Namespace:
    parser = ArgumentParser(prog="python3 -m deploy.stack", description="Install the whole site on a Debian machine.")
    actions = {
        "install": "install it, or bring it to the release of this checkout",
        "restart": "restart web processes, one after the other, and the worker",
        "certificate": "take over a renewed certificate",
        "serve": "without systemd: run everything until a signal stops it",
    }
    parser.add_argument("action", choices=actions, help="; ".join(f"{name}: {does}" for name, does in actions.items()))
    parser.add_argument("--root", default="/", help="a folder that stands for the machine (implies --supervise)")
    parser.add_argument("--supervise", action="store_true", help="do not use systemd; `serve` runs its units")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())

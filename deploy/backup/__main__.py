"""`make backup`, `make backup-keys` and `make restore`."""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def main() -> int:
    arguments = _arguments()
    sys.path[:0] = [str(ROOT / "site"), str(ROOT)]
    import django
    from django.db import DatabaseError

    django.setup()
    from .errors import BackupError, without_values

    try:
        _do(arguments)
    except BackupError as error:
        print(error, file=sys.stderr)
    except DatabaseError as error:
        print(f"The database: {without_values(str(error))}.", file=sys.stderr)
    except OSError as error:
        print(f"{error.strerror or type(error).__name__}.", file=sys.stderr)
    else:
        return 0
    print(f"`{arguments.action}` FAILED.", file=sys.stderr)
    return 1


def _do(arguments: Namespace) -> None:
    from . import keys, restoring, saving

    if arguments.action != "restore":
        os.umask(0o077)
    if arguments.action == "backup":
        saving.save(_folder(arguments.to, "TO"), keep=_number(arguments.keep))
    elif arguments.action == "backup-keys":
        path = keys.write_keys(_folder(arguments.to, "TO"))
        print(f"The keys are in {path.name}, which only its owner reads. Keep it apart from the backups.")
    else:
        restoring.restore(_folder(arguments.source, "FROM"), without_keys=bool(arguments.without_keys))


def _arguments() -> Namespace:
    parser = ArgumentParser(prog="python -m deploy.backup", description="Back up and restore database, files and keys.")
    actions = parser.add_subparsers(dest="action", required=True)
    backup = actions.add_parser("backup", help="write database and uploaded files into a new folder")
    backup.add_argument("--to", default="", help="the folder that holds the backups")
    backup.add_argument("--keep", default="", help="delete all but this many of the latest; by default none")
    keys = actions.add_parser("backup-keys", help="write SECRET_KEY and ENCRYPTION_KEYS into a file of their own")
    keys.add_argument("--to", default="", help="a folder apart from the backups")
    restore = actions.add_parser("restore", help="restore into an empty database and an empty folder of files")
    restore.add_argument("--from", dest="source", default="", help="the folder of one backup")
    restore.add_argument("--without-keys", default="", help="restore even if ENCRYPTION_KEYS lacks a key")
    return parser.parse_args()


def _folder(text: str, variable: str) -> Path:
    from .errors import BackupError

    if not text:
        raise BackupError(f"Say which folder: {variable}=<folder>.")
    return Path(text).absolute()


def _number(text: str) -> int:
    from .errors import BackupError

    if text and not (text.isascii() and text.isdecimal() and int(text)):
        raise BackupError("KEEP is how many backups to keep: 1 or more.")
    return int(text or 0)


if __name__ == "__main__":
    sys.exit(main())

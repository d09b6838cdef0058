"""Tell a database that cannot be reached from one that refuses a statement."""

from __future__ import annotations

from django.db import InterfaceError, OperationalError

# Seconds after which to ask again.
RETRY_AFTER = 30
# Classes of SQLSTATE (https://www.postgresql.org/docs/current/errcodes-appendix.html): no connection, no such database,
# no resources, shut down by an operator, failure of the system.
_AWAY = ("08", "3D", "53", "57P", "58")
_SQLITE_AWAY = ("SQLITE_CANTOPEN", "SQLITE_IOERR", "SQLITE_NOTADB")


def is_away(error: BaseException | None) -> bool:
    """Return whether an error says that the database cannot be reached. A deadlock or a lock that was waited for too
    long says that it can.
    """
    if isinstance(error, InterfaceError):
        return True
    if not isinstance(error, OperationalError):
        return False
    cause = error.__cause__
    name = getattr(cause, "sqlite_errorname", None)
    if name is not None:
        return str(name).startswith(_SQLITE_AWAY)
    state = getattr(cause, "sqlstate", None)
    return state is None or str(state).startswith(_AWAY)

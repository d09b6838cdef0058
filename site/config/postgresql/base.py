"""Django's PostgreSQL engine, which asks the server whether a kept connection still works only if there is doubt.

With CONN_HEALTH_CHECKS Django sends `SELECT 1` before the first query of a request, a fifth of what a request to the
API costs. A server that ends a connection says so on it: while nothing has arrived on an idle connection, it is open.
"""

from __future__ import annotations

import select

from django.db.backends.postgresql import base
from psycopg.pq import ConnStatus, TransactionStatus


class DatabaseWrapper(base.DatabaseWrapper):
    def is_usable(self) -> bool:
        """Return whether queries can be sent on the connection."""
        return self.connection is not None and (self._is_quiet() or super().is_usable())

    def _is_quiet(self) -> bool:
        """Return whether the connection is idle and nothing has arrived on it since the last answer."""
        link = self.connection.pgconn
        if link.status != ConnStatus.OK or link.transaction_status != TransactionStatus.IDLE:
            return False
        arrivals = select.poll()
        arrivals.register(link.socket, select.POLLIN | select.POLLPRI)
        return not arrivals.poll(0)

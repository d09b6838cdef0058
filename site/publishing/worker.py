"""The worker: delivers webhooks, sends mail and does what is scheduled. Any number of them may run side by side.

One thread talks to the database; the threads that wait for receivers never do. Followers (search follows the change
log, mail its outbox) have a thread each, so that nothing waits for them. A worker that dies leaves nothing half done:
what it had claimed is free again when the claim ends, and a message that was already sent keeps its webhook-id.
"""

from __future__ import annotations

import logging
import time
from contextlib import suppress
from datetime import timedelta
from queue import Empty, SimpleQueue
from threading import Event, Thread

from django.db import DatabaseError, close_old_connections, connection
from django.utils import timezone

from core.content_types.builder import timestamp
from core.processing.background import Follow, followers
from core.processing.leases import Backoff

from .scheduled import Chores
from .webhooks.models import WebhookDelivery
from .webhooks.queue import claim, record
from .webhooks.sending import Outcome, send
from .webhooks.signing import signed_headers

logger = logging.getLogger(__name__)

IDLE_SECONDS = 0.5
# How long a worker that is stopping waits for receivers.
STOP_SECONDS = 5.0
_DATABASE_AWAY_SECONDS = 2.0
_FOLLOWERS_RETRY = Backoff((timedelta(seconds=2),))


class Worker:
    """A worker. `seconds` is the time between two rounds of chores; `receivers` is how many it waits for at a time."""

    def __init__(self, seconds: float = 60.0, receivers: int = 32) -> None:
        self.stopping = False
        self.delivered = self.failed = 0
        self.chores = Chores(seconds)
        self.receivers = receivers
        self._in_flight = 0
        self._stopped = Event()
        self._outcomes: SimpleQueue[tuple[WebhookDelivery, Outcome]] = SimpleQueue()

    def stop(self, *_: object) -> None:
        """Ask the worker to stop. It may be called by a signal handler: it takes no lock."""
        self.stopping = True

    def run(self) -> None:
        """Work until stopped. If the database is away, wait for it."""
        following = [Thread(target=self._follow, args=[follow], daemon=True) for follow in followers]
        for thread in following:
            thread.start()
        next_round = time.monotonic()
        while not self.stopping:
            try:
                if time.monotonic() >= next_round:
                    self.chores.begin()
                    next_round = time.monotonic() + self.chores.seconds
                if not self._turn():
                    self._receive(IDLE_SECONDS)
                    close_old_connections()
            except DatabaseError as error:
                logger.warning("The database does not answer (%s); trying again", type(error).__name__)
                connection.close()
                time.sleep(_DATABASE_AWAY_SECONDS)
        self._stopped.set()
        self._finish()
        for thread in following:
            thread.join(STOP_SECONDS)

    def _follow(self, follow: Follow) -> None:
        """Run a follower again and again in its own thread; retry after a failure, which is logged once."""
        failures = 0
        while not self._stopped.is_set():
            try:
                followed = follow()
                if failures:
                    logger.info("%s works again", follow)
                failures = 0
            except Exception as error:  # noqa: BLE001 -- whatever is away, the worker goes on
                if not failures:
                    logger.warning("%s failed (%s); trying again", follow, error)
                failures, followed = failures + 1, 0
            close_old_connections()
            if not followed:
                self._stopped.wait(_FOLLOWERS_RETRY.after(failures).total_seconds() if failures else IDLE_SECONDS)
        connection.close()

    def _finish(self) -> None:
        """Wait briefly for receivers. What they do not answer is sent again by another worker when the claim ends."""
        deadline = time.monotonic() + STOP_SECONDS
        with suppress(DatabaseError):
            while self._in_flight and time.monotonic() < deadline:
                self._receive(IDLE_SECONDS)

    def run_once(self) -> None:
        """Do everything that is due, then end."""
        self.chores.begin()
        while self._turn() or self._in_flight:
            self._receive(0.01)
        for follow in followers:
            try:
                while follow():
                    pass
            except Exception as error:  # noqa: BLE001 -- as above
                logger.warning("%s failed: %s", follow, error)

    def _turn(self) -> bool:
        """Record one outcome, start one delivery, do one chore; return whether there was any."""
        received = self._receive(0)
        started = self._in_flight < self.receivers and self._start()
        return self.chores.step() or started or received

    def _start(self) -> bool:
        delivery = claim()
        if delivery is None:
            return False
        self._in_flight += 1
        Thread(target=self._send, args=[delivery], daemon=True).start()
        return True

    def _send(self, delivery: WebhookDelivery) -> None:
        """Send a delivery in its own thread, without querying the database."""
        secrets = delivery.subscription.live_secrets
        headers = signed_headers(delivery.webhook_id, timezone.now(), delivery.body, secrets)
        if delivery.subscription.paused_at:
            headers["webhook-paused-since"] = str(timestamp(delivery.subscription.paused_at))
        self._outcomes.put((delivery, send(delivery.subscription.url, headers, delivery.body)))

    def _receive(self, seconds: float) -> bool:
        """Wait up to `seconds` for the outcome of one delivery and record it; return whether there was one."""
        try:
            delivery, outcome = self._outcomes.get(timeout=seconds)
        except Empty:
            return False
        try:
            record(delivery, outcome)
        except DatabaseError:
            self._outcomes.put((delivery, outcome))
            raise
        self._in_flight -= 1
        if outcome.failure:
            self.failed += 1
            logger.warning("%s was not delivered: %s %s", delivery, outcome.failure, outcome.response_code or "")
        else:
            self.delivered += 1
        return True

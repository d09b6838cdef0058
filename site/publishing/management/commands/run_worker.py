from __future__ import annotations

import signal
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from publishing.worker import Worker


class Command(BaseCommand):
    help = (
        "Delivers webhooks, sends mail, publishes and expires pages whose time has come, deletes what is old. "
        "Runs until it is told to stop (SIGTERM, Ctrl+C); several may run side by side."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="do what is due now, then end")
        parser.add_argument(
            "--every", type=float, default=60, metavar="SECONDS", help="how often to look at the schedule (60)"
        )
        parser.add_argument(
            "--receivers", type=int, default=32, metavar="NUMBER", help="how many receivers to wait for at a time (32)"
        )

    def handle(self, *args: Any, once: bool, every: float, receivers: int, **options: Any) -> None:
        worker = Worker(every, receivers)
        if once:
            worker.run_once()
        else:
            signal.signal(signal.SIGTERM, worker.stop)
            signal.signal(signal.SIGINT, worker.stop)
            self.stdout.write("The worker runs. Stop it with Ctrl+C.")
            self.stdout.flush()
            worker.run()
        self.stdout.write(
            self.style.SUCCESS(
                f"Webhooks delivered: {worker.delivered}, attempts that failed: {worker.failed}, "
                f"pages and records brought up to date: {worker.chores.done}."
            )
        )

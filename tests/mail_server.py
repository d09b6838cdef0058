"""A real mail server on this machine, which writes every accepted mail to disk before it answers.

It can also run as a separate process that may be killed at any moment: `python -m tests.mail_server PORT FILE
[ANSWER ...]`, with its answers to the first mails.
"""

from __future__ import annotations

import asyncio
import json
import os
import socket
import sys
import time
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Self, cast

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


class Journal:
    """Writes every accepted mail to a file, one a line.

    It gives the replies in `answers` first, in turn; `delay` is the seconds between writing a mail and answering.
    """

    def __init__(self, path: Path, delay: float = 0.0) -> None:
        self.path = path
        self.answers: list[str] = []
        self.delay = delay

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        if self.answers and not self.answers[0].startswith("2"):
            return self.answers.pop(0)
        content = cast("bytes", envelope.content).decode("utf-8", "surrogateescape")
        line = json.dumps({"to": envelope.rcpt_tos, "content": content})
        with self.path.open("a") as file:
            file.write(line + "\n")
            file.flush()
            os.fsync(file.fileno())
        await asyncio.sleep(self.delay)
        return self.answers.pop(0) if self.answers else "250 accepted"


class MailServer:
    """The server in a thread of the test process."""

    def __init__(self, folder: Path) -> None:
        self.journal = Journal(folder / "mail.jsonl")
        self.port = free_port()
        self.controller = Controller(self.journal, hostname="127.0.0.1", port=self.port)

    def __enter__(self) -> Self:
        self.controller.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.controller.stop()

    @property
    def received(self) -> list[EmailMessage]:
        return mails_in(self.journal.path)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def mails_in(path: Path) -> list[EmailMessage]:
    """Return the mails that a server has accepted, in order; a line cut off by a kill does not count."""
    mails = []
    for line in path.read_text().splitlines() if path.exists() else []:
        try:
            content = json.loads(line)["content"]
        except json.JSONDecodeError:
            continue
        mails.append(message_from_bytes(content.encode("utf-8", "surrogateescape"), policy=policy.default))
    return mails


def main() -> None:
    port, path, *answers = sys.argv[1:]
    journal = Journal(Path(path), delay=0.002)
    journal.answers = answers
    controller = Controller(journal, hostname="127.0.0.1", port=int(port))
    controller.start()
    while True:
        time.sleep(60)


if __name__ == "__main__":
    main()

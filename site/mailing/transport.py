"""Hand one mail to the mail server in two steps, so that it is known until which moment it cannot have arrived.

A mail server accepts a mail when it has read the dot that ends it (RFC 5321, 4.1.1.4). Everything before that may be
repeated; after it, only the server's answer says whether the mail was accepted (RFC 1047).
"""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum
from typing import Any, cast

from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.smtp import EmailBackend as SmtpBackend
from django.core.mail.message import sanitize_address

_READY_FOR_DATA, _PERMANENT = 354, 500


class Outcome(Enum):
    ACCEPTED = "accepted"
    # Certainly not accepted; may be tried again.
    LATER = "later"
    # Certainly not accepted, and never will be.
    REFUSED = "refused"
    # Handed over without an answer.
    UNKNOWN = "unknown"
    # The caller withdrew it before it was handed over.
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class Report:
    """The result of one attempt. `failure`: the server's code or the name of an exception; never a text."""

    outcome: Outcome
    failure: str = ""


class Transport:
    """The mail server of the settings; one connection for many mails."""

    def __init__(self) -> None:
        self._backend: Any = get_connection()

    def deliver(self, email: EmailMultiAlternatives, may_hand_over: Callable[[], bool]) -> Report:
        """Send a mail. `may_hand_over` is called just before the server can accept it; if it returns False, the mail is
        dropped. Raise what `may_hand_over` raises; errors of the network and the server are in the report.
        """
        if not isinstance(self._backend, SmtpBackend):
            # The console, a folder or the tests' memory.
            if not may_hand_over():
                return Report(Outcome.WITHDRAWN)
            self._backend.send_messages([email])
            return Report(Outcome.ACCEPTED)
        try:
            self._backend.open()
            self._smtp.ehlo_or_helo_if_needed()
            refused = self._address(email)
            if refused:
                return refused
            self._send_all_but_the_end(email)
        except (smtplib.SMTPException, ssl.SSLError, OSError) as error:
            self.close()
            return Report(Outcome.LATER, type(error).__name__)
        return self._hand_over(may_hand_over)

    def close(self) -> None:
        connection, self._backend.connection = getattr(self._backend, "connection", None), None
        if connection is not None:
            with suppress(smtplib.SMTPException, OSError):
                connection.close()

    @property
    def _smtp(self) -> smtplib.SMTP:
        return cast("smtplib.SMTP", self._backend.connection)

    def _address(self, email: EmailMultiAlternatives) -> Report | None:
        """Tell the server the sender and the recipient; return its refusal of the recipient, if any. Raise
        SMTPSenderRefused if it refuses the sender, which is a problem of the settings, not of this mail.
        """
        code, _ = self._smtp.mail(sanitize_address(email.from_email, "utf-8"))
        if code >= 300:
            raise smtplib.SMTPSenderRefused(code, b"", "")
        code, _ = self._smtp.rcpt(sanitize_address(email.recipients()[0], "utf-8"))
        if code < 300:
            return None
        if self._smtp.rset()[0] >= 300:
            self.close()
        return _refusal(code)

    def _send_all_but_the_end(self, email: EmailMultiAlternatives) -> None:
        code, _ = self._smtp.docmd("DATA")
        if code != _READY_FOR_DATA:
            raise smtplib.SMTPDataError(code, b"")
        data: bytes = cast("Any", email.message()).as_bytes(linesep="\r\n")
        # RFC 5321, 4.5.2: a line that begins with a dot gets another.
        lines = [b"." + line if line.startswith(b".") else line for line in data.split(b"\r\n")]
        self._smtp.send(b"\r\n".join(lines).removesuffix(b"\r\n") + b"\r\n")

    def _hand_over(self, may_hand_over: Callable[[], bool]) -> Report:
        try:
            allowed = may_hand_over()
        except BaseException:
            self.close()  # the server drops a mail that has no end
            raise
        if not allowed:
            self.close()
            return Report(Outcome.WITHDRAWN)
        try:
            self._smtp.send(b".\r\n")
            code, _ = self._smtp.getreply()
        except (smtplib.SMTPException, ssl.SSLError, OSError) as error:
            self.close()
            return Report(Outcome.UNKNOWN, type(error).__name__)
        return Report(Outcome.ACCEPTED) if 200 <= code < 300 else _refusal(code)


def _refusal(code: int) -> Report:
    return Report(Outcome.REFUSED if code >= _PERMANENT else Outcome.LATER, str(code))

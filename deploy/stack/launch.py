"""Become a command that inherits listening sockets as systemd hands them over (sd_listen_fds): from descriptor 3 on.

`python3 -m deploy.stack.launch DESCRIPTOR… -- COMMAND…`
"""

from __future__ import annotations

import os
import sys

_FIRST = 3


def main(arguments: list[str]) -> None:
    end = arguments.index("--")
    descriptors = [int(number) for number in arguments[:end]]
    # Out of the way first: one may stand where another is to go.
    moved = [os.dup(number) if number < _FIRST + len(descriptors) else number for number in descriptors]
    for place, number in enumerate(moved, start=_FIRST):
        os.dup2(number, place, inheritable=True)
    if descriptors:
        os.environ |= {"LISTEN_FDS": str(len(descriptors)), "LISTEN_PID": str(os.getpid())}
    os.execvp(arguments[end + 1], arguments[end + 1 :])


if __name__ == "__main__":
    main(sys.argv[1:])

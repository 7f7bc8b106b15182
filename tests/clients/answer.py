#!/usr/bin/env python3
"""Runs a command in a terminal and types into it.

usage: answer.py KEYS COMMAND...

KEYS is a list of what to type, separated by commas, each when the output has been quiet for a
moment: `down`, `up`, `enter`, `escape`, `interrupt`, or text. Prints what the terminal showed, and exits
with the exit code of the command. A command that takes longer than a minute is ended.
"""

import os
import pty
import select
import signal
import sys
import time

NAMED = {"down": b"\x1b[B", "up": b"\x1b[A", "enter": b"\r", "escape": b"\x1b", "interrupt": b"\x03"}
QUIET = 0.4
LIMIT = 60


def main():
    keys = [NAMED.get(key, key.encode()) for key in sys.argv[1].split(",") if key]
    child, terminal = pty.fork()
    if child == 0:
        os.environ["TERM"] = "xterm"
        os.execvp(sys.argv[2], sys.argv[2:])
    shown = bytearray()
    begun = time.monotonic()
    while True:
        if time.monotonic() - begun > LIMIT:
            os.kill(child, signal.SIGKILL)
            break
        ready, _, _ = select.select([terminal], [], [], QUIET)
        if ready:
            try:
                chunk = os.read(terminal, 65536)
            except OSError:
                break
            if not chunk:
                break
            shown += chunk
        elif keys:
            os.write(terminal, keys.pop(0))
    _, status = os.waitpid(child, 0)
    sys.stdout.buffer.write(bytes(shown))
    sys.exit(os.waitstatus_to_exitcode(status) if not os.WIFSIGNALED(status) else 128 + os.WTERMSIG(status))


main()

"""Children that do not outlive their parent.

Run as a script by `command_bound_to_us`: it asks the kernel to end this process when its parent is gone
(Linux), then becomes the program. So nothing runs between fork and exec in a process that may have threads.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys
from collections.abc import Sequence
from typing import Final

PR_SET_PDEATHSIG: Final = 1


def command_bound_to_us(program: Sequence[str]) -> list[str]:
    """Return the command that runs `program` as a child that ends when the thread that starts it ends."""
    if not sys.platform.startswith("linux"):
        return list(program)
    return [sys.executable, "-I", "-S", __file__, str(os.getpid()), *program]


def _become(parent: int, program: list[str]) -> None:
    # KILL, not TERM: a program that is just starting may not know yet how to end itself.
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:  # it went before we could ask
        sys.exit(1)
    os.execv(program[0], program)


if __name__ == "__main__":
    _become(int(sys.argv[1]), sys.argv[2:])

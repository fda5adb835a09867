"""Become another program that Linux kills as soon as its parent ends: ``python tie.py PARENT COMMAND ...``.

``PR_SET_PDEATHSIG`` outlives ``exec``. The parent, which is given by its process ID, may have ended before it is set,
so it is looked for once more. Python ignores two signals that other programs expect to end them.
"""

import ctypes
import os
import signal
import sys

ARGUMENT = "--tie"
"""What a frozen LayerSwarm, which is no Python, takes in place of this file's name."""
_PR_SET_PDEATHSIG = 1


def become(parent: int, command: list[str]) -> None:
    """Replace this process; return only where the parent has ended already."""
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    for name in ("SIGPIPE", "SIGXFSZ"):
        signal.signal(getattr(signal, name), signal.SIG_DFL)
    if os.getppid() != parent:
        return
    try:
        os.execvp(command[0], command)
    except OSError as error:
        sys.exit(f"{command[0]} cannot be run: {error.strerror}")


if __name__ == "__main__":
    become(int(sys.argv[1]), sys.argv[2:])

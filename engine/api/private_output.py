"""Reserve the standard output of a process for what it sends to the process that started it."""

import os
import sys
from typing import BinaryIO


def private_stdout() -> BinaryIO:
    """Return the real standard output; everything else that is printed goes to standard error."""
    reserved = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    sys.stdout = sys.stderr
    return reserved

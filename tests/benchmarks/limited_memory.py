"""Run a module in a process of its own whose memory the system limits."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

_GROUPS = {Path("/sys/fs/cgroup/memory"): "memory.limit_in_bytes", Path("/sys/fs/cgroup"): "memory.max"}
"""Folder of the control groups and name of the limit, in the first and in the second version."""


def printed_json(module: str, arguments: Sequence[str], limit: int) -> dict[str, Any]:
    """Run ``python -m module`` and return the JSON that it prints last.

    Args:
        module: Name of the module.
        arguments: Its arguments.
        limit: Bytes of memory that it may use, files that the system caches for it included; 0 means no limit.
    """
    with _group(limit) as group:

        def enter() -> None:
            if group is not None:
                (group / "cgroup.procs").write_text(str(os.getpid()))

        command = [sys.executable, "-m", module, *arguments]
        done = subprocess.run(command, capture_output=True, text=True, check=True, preexec_fn=enter)
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


@contextmanager
def _group(limit: int) -> Iterator[Path | None]:
    """Yield a control group with a memory limit; None without a limit, or where groups cannot be made."""
    made = None
    for root, name in _GROUPS.items():
        with suppress(OSError):
            if limit and made is None and root.is_dir():
                group = root / f"layerswarm-{os.getpid()}"
                group.mkdir()
                (group / name).write_text(str(limit))
                made = group
    try:
        yield made
    finally:
        if made is not None:
            made.rmdir()

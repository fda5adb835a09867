"""Run projects and other jobs in forked processes that meet faults, and print what became of each.

``python -m tests.e2e.fault_runner PLAN``: the plan is a JSON list of ``Chain``. The process runs a project itself
first, so that whatever a run imports is there; each killed run is a fork of it, which costs milliseconds. A point is
counted in changes of the file system and events since the beginning of a stage, and the process dies by SIGKILL right
before it.
"""

import ctypes
import gc
import math
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import time
import traceback
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec

from engine.api.commands import CompareSearches, PruneModel, RunProject
from engine.api.control import Control
from engine.api.editing import with_values
from engine.api.events import Event, RunFinished
from engine.api.project import Project
from engine.api.tied_process import start_tied
from engine.export import child_process
from engine.pipeline.jobs import perform
from tests.e2e.fault_injection import POINTS, Fault, inject
from tests.warm_process import _run

_LIBC = ctypes.CDLL(None)
_SUBREAPER, _DEATH_SIGNAL = 36, 1
"""``PR_SET_CHILD_SUBREAPER``: the tools of a killed engine become children of this process. ``PR_SET_PDEATHSIG``: they
are killed with it, as ``start_tied`` has it."""


Job = PruneModel | CompareSearches


class Chain(msgspec.Struct):
    """One project that meets a fault again and again until it is finished without one."""

    faults: list[Fault]
    """In order. The points of kills, and the multiplications at which a device fails, are drawn."""
    project: str = ""
    """Its folder; for ``PruneModel`` that of the export."""
    job: Job | None = None
    """What is done; None runs the project."""
    cache: str = ""
    formats: str = ""
    """Formats to export; empty for the project's own."""
    seed: int = 0

    @property
    def kind(self) -> str:
        """Return what chains share whose results are equal; empty for whole runs."""
        return self.formats or (type(self.job).__name__ if self.job else "")


class Outcome(msgspec.Struct, frozen=True):
    """How a run with a fault ended."""

    project: str
    fault: Fault
    code: int | None
    """The exit code; None where it was killed."""
    sentence: str


class Report(msgspec.Struct):
    """What became of the chains."""

    outcomes: list[Outcome] = []
    endings: dict[str, tuple[int | None, str]] = {}
    """Exit code and sentence of each project's last run, which meets no fault."""
    unharmed: dict[str, str] = {}
    """What has come without a fault of the same job, or export in the same formats, by ``Chain.kind``."""
    cpu_seconds: float = 0.0
    """CPU time that this process and everything that it has forked took (s)."""


class ForkedTool:
    """A Python tool of an export as a fork; other programs are started as usual."""

    def __init__(
        self, command: Sequence[str], stdin: Any, stdout: Any, stderr: Any, cwd: Any, env: Mapping[str, str]
    ) -> None:
        self.returncode: int | None = None
        self.pid = os.fork()
        if self.pid:
            return
        _LIBC.prctl(_DEATH_SIGNAL, signal.SIGKILL)
        code, kept = 1, (sys.stdin, sys.stdout, sys.stderr)  # they would close the new streams' numbers
        try:
            streams = [os.dup(each.fileno()) for each in (stdin, stdout, stderr)]
            _run(list(command[1:]), dict(env), os.fspath(cwd or os.getcwd()), *streams)
            code = 0
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else int(end.code is not None)
        except BaseException:
            traceback.print_exc()
        for stream in (sys.stdout, sys.stderr, *kept[1:]):
            stream.flush()
        os._exit(code)

    def poll(self) -> int | None:
        if self.returncode is None:
            ended, status = os.waitpid(self.pid, os.WNOHANG)
            self.returncode = os.waitstatus_to_exitcode(status) if ended else None
        return self.returncode

    def terminate(self) -> None:
        os.kill(self.pid, signal.SIGTERM)

    def wait(self, timeout: float = math.inf) -> None:
        end = time.monotonic() + timeout
        while self.poll() is None:
            if time.monotonic() > end:
                raise subprocess.TimeoutExpired(str(self.pid), timeout)
            time.sleep(0.005)


def _start(command: Sequence[str], **options: Any) -> Any:
    return ForkedTool(command, **options) if command[0] == sys.executable else start_tied(command, **options)


def run(chain: Chain, fault: Fault | None = None) -> tuple[int, str]:
    """Run a project to its end, or to the fault."""
    os.environ["LAYERSWARM_CACHE"] = chain.cache
    endings: list[str] = []

    def sink(event: Event) -> None:
        POINTS.event(event)
        if isinstance(event, RunFinished):
            endings.append(event.message)

    if chain.formats:
        project = Project.open(Path(chain.project))
        project.save(with_values(project.settings, {"export.formats": chain.formats}))
    POINTS.begin(fault)
    if fault is not None:
        inject(fault)
    code = perform(chain.job or RunProject(project=chain.project), sink, Control())
    return code, endings[-1]


def forked(chain: Chain, fault: Fault | None = None) -> tuple[int | None, str]:
    """Run a project in a fork; return its exit code, None if it was killed, and its last sentence."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        code, ending = 99, ""
        try:
            code, ending = run(chain, fault)
        except BaseException:
            ending = traceback.format_exc()
        os.write(writing, ending.encode()[:4000])
        os._exit(code)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        _ended, status = os.waitpid(child, 0)
        tools_keep_it_open = os.WIFSIGNALED(status)
        ending = "" if tools_keep_it_open else pipe.read().decode()
    return (None if os.WIFSIGNALED(status) else os.waitstatus_to_exitcode(status)), ending


def wait_for_tools() -> None:
    """Wait for what killed engines have started."""
    try:
        while True:
            os.waitpid(-1, 0)
    except ChildProcessError:
        return


def main() -> None:
    """Run all chains of the plan; the first is not killed, and its points are those of the others."""
    plan = msgspec.json.decode(Path(sys.argv[1]).read_bytes(), type=list[Chain])
    _LIBC.prctl(_SUBREAPER, 1)
    os.fsync = lambda _file: POINTS.tick()  # type: ignore[assignment]
    sys.addaudithook(POINTS.hook)
    child_process.start_tied = _start
    report, (first, *chains) = Report(), plan
    gc.freeze()  # forks would copy what is looked at for garbage
    code, ending = run(first)
    assert code == 0, ending
    points = dict(POINTS.counted)
    gc.collect()
    gc.freeze()
    others: dict[str, dict[str, int]] = {"": points}
    for chain in chains:
        draw = random.Random(chain.seed)
        if chain.formats:
            _copy(first, chain)
        if chain.kind not in others:
            others[chain.kind] = _count_points(chain, first, report)
        for planned in chain.faults:
            most = {"kill": others[chain.kind].get(planned.where, 0), "device": 20}
            drawn = draw.randrange(most[planned.kind]) if planned.kind in most else planned.number
            fault = msgspec.structs.replace(planned, number=drawn)
            report.outcomes.append(Outcome(chain.project, fault, *forked(chain, fault)))
        report.endings[chain.project] = forked(chain)
        wait_for_tools()
    spent = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    report.cpu_seconds = sum(each.ru_utime + each.ru_stime for each in spent)
    sys.__stdout__.buffer.write(msgspec.json.encode(report))  # type: ignore[union-attr]
    sys.__stdout__.flush()  # type: ignore[union-attr]


def _count_points(chain: Chain, first: Chain, report: Report) -> dict[str, int]:
    """Do a chain's job unharmed, on a copy of the first project where it exports that, and return the points."""
    clean = Path(chain.project).parent.with_name(f"unharmed-{len(report.unharmed)}")
    unharmed = msgspec.structs.replace(chain, project=str(clean / "project"), cache=str(clean / "cache"))
    match chain.job:
        case PruneModel():
            if Path(chain.cache).is_dir():
                shutil.copytree(chain.cache, unharmed.cache)
            unharmed.job = msgspec.structs.replace(chain.job, folder=unharmed.project)
        case CompareSearches():
            unharmed.job = msgspec.structs.replace(chain.job, project=unharmed.project)
            Project.create(clean / "project", Project.open(Path(chain.project)).settings)
        case _:
            _copy(first, unharmed)
    report.unharmed[chain.kind] = unharmed.project
    code, ending = run(unharmed)
    assert code == 0, ending
    return dict(POINTS.counted)


def _copy(first: Chain, chain: Chain) -> None:
    """Copy the finished project and its cache, without its export."""
    shutil.copytree(Path(first.project).parent, Path(chain.project).parent)
    shutil.rmtree(Path(chain.project) / "exports")


if __name__ == "__main__":
    main()

"""Make the engine's environment, whole or not at all.

It is made in a folder with a temporary name, tested there, renamed, and only then named by the record of its place. An
interrupted setup leaves no environment; what it has downloaded stays in uv's cache, from which the next one goes on.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from secrets import token_hex

from filelock import FileLock, Timeout

from engine.api.errors import LayerSwarmError
from engine.api.files import make_folder
from engine.api.interpreter import is_frozen, own_python
from engine.api.message import Message, joined, worded
from engine.api.system_errors import refusal
from engine.api.temporary import partial_export
from engine.api.version import VERSION
from engine.environment.builds import CUDA_ON_LINUX
from engine.environment.inspection import Process, inspect_python, self_test
from engine.environment.own_code import code_folder, remove_empty, remove_other_copies
from engine.environment.package_sources import uses_no_index
from engine.environment.parts import pinned, pins_digest, pins_file, requirements
from engine.environment.plan import Plan, check_plan
from engine.environment.program import EngineProgram
from engine.environment.progress import Downloads, Progress, Report
from engine.environment.record import (
    DOWNLOADS,
    ENVIRONMENT,
    LOCK,
    Choice,
    Record,
    environments_in,
    python_in,
    read_record,
    remove_record,
    write_choice,
    write_record,
)
from engine.environment.uv_process import STOPPED, Interrupted, UvFailed, UvProcess, uv_program

_PYTHONS = ">=3.11,<3.15"
"""What uv may choose from, or fetch, where LayerSwarm has no Python that can make environments."""
_CUDA_MARKS = ("nvidia-", "cuda-")
"""Beginnings of the packages that a CUDA build of torch brings."""
_CACHE_MARK = "CACHEDIR.TAG"
"""File with which uv marks the folder of its downloads."""
_NO_SOLUTION = "No solution found"
_TORCHS_INDEX = "download.pytorch.org"
TORCH_INDEX = "LAYERSWARM_TORCH_INDEX"
"""Environment variable with another package index for torch."""


class Setup:
    """One try to make the environment; another one goes on where it was stopped.

    Args:
        plan: What to make.
        report: Receives the progress, in the thread of ``run``.
        fresh: Whether to forget what was downloaded before, which may be damaged.
    """

    def __init__(self, plan: Plan, report: Report, fresh: bool = False) -> None:
        self._plan = plan
        self._report = report
        self._fresh = fresh
        self._uv = UvProcess(uv_program(), plan.place / DOWNLOADS)
        self._testing: Process | None = None
        self._stopped = False

    def stop(self) -> None:
        """Stop soon; called from another thread. What was downloaded stays."""
        self._stopped = True
        self._uv.stop()
        if self._testing is not None:
            self._testing.terminate()

    def run(self) -> Message:
        """Make, test and choose the environment, and return a sentence on it.

        Raises:
            BadInput: The place, the Python or the folder of wheels cannot be used.
            Interrupted: ``stop`` was called.
            LayerSwarmError: It cannot be made; the sentence holds what to do.
        """
        place = self._plan.place
        check_plan(self._plan)
        try:
            make_folder(place)
            with _locked(place):
                if self._fresh:
                    _remove_downloads(place)
                record = self._make()
                write_choice(Choice(place=str(place)))
        except OSError as error:
            raise LayerSwarmError(worded("{0}", refusal(error))) from error
        return worded("The engine is ready: torch {0}.", record.torch)

    def _make(self) -> Record:
        place, before = self._plan.place, read_record(self._plan.place)
        _remove_unnamed(place, before)
        name = f"{ENVIRONMENT}{token_hex(4)}"
        with partial_export(place / name) as partial:
            self._fill(partial)
            packages = inspect_python(python_in(partial)).packages
            program = EngineProgram(python_in(partial), code_folder())
            self._test(program)
            partial.rename(place / name)  # it is relocatable
        record = Record(
            folder=name,
            version=VERSION,
            pins=pins_digest(),
            build=self._plan.build.key,
            parts=self._plan.parts,
            packages=packages,
            wheels=self._plan.wheels,
        )
        write_record(place, record)
        _remove_unnamed(place, record)
        remove_other_copies(code_folder())
        return record

    def _fill(self, folder: Path) -> None:
        """Make a virtual environment and install everything into it."""
        self._report(Progress("python", worded("Making an environment")))
        self._run("venv", "--relocatable", "--python", self._base_python(), str(folder))
        python, common = str(python_in(folder)), self._common()
        self._report(Progress("packages", worded("Looking for the packages")))
        follow = Downloads(self._report).follow
        install = ("pip", "install", "--python", python, *common)
        if index := os.environ.get(TORCH_INDEX, ""):
            self._run(*install, "--default-index", index, pinned("torch"), follow=follow)
            backend: tuple[str, ...] = ()
        else:
            backend = self._backend(python, common)
        wanted = [str(each) for each in requirements(self._plan.parts)]
        self._run(*install, *backend, "--constraint", str(pins_file()), *wanted, follow=follow)

    def _base_python(self) -> str:
        if self._plan.python:
            return self._plan.python
        return _PYTHONS if is_frozen() else str(own_python())

    def _common(self) -> tuple[str, ...]:
        if self._plan.wheels:
            return ("--no-index", "--find-links", str(Path(self._plan.wheels).absolute()))
        return ("--no-index",) if uses_no_index() else ()

    def _backend(self, python: str, common: tuple[str, ...]) -> tuple[str, ...]:
        """Return the option that chooses torch's own index, where the other package sources have another build."""
        build = self._plan.build
        if not build.backend or common:
            return ()
        if build.key == "cpu" and not self._brings_cuda(python, common):
            return ()
        return ("--torch-backend", build.backend)

    def _brings_cuda(self, python: str, common: tuple[str, ...]) -> bool:
        """Return whether torch from the usual package sources comes with CUDA, or not at all."""
        try:
            planned = self._run("pip", "install", "--python", python, *common, "--dry-run", pinned("torch"))
        except UvFailed as error:
            if _NO_SOLUTION in error.output:
                return True
            raise
        return any(line.strip(" +").startswith(_CUDA_MARKS) for line in planned.splitlines())

    def _run(self, *arguments: str, follow: Callable[[str], None] = lambda _line: None) -> str:
        try:
            return self._uv.run(*arguments, follow=follow)
        except UvFailed as error:
            if self._plan.build.key == "cpu" and _TORCHS_INDEX in error.output:
                raise UvFailed(joined(error.sentence, _another_build()), error.output) from error
            raise

    def _test(self, program: EngineProgram) -> None:
        self._report(Progress("test", worded("Testing the engine")))
        try:
            self_test(program, self._watch)
        except LayerSwarmError:
            if self._stopped:
                raise Interrupted(STOPPED) from None
            raise

    def _watch(self, process: Process) -> None:
        self._testing = process
        if self._stopped:
            process.terminate()


def remove_environment(place: Path) -> None:
    """Remove the environment of a place and what was downloaded for it.

    Raises:
        LayerSwarmError: A setup is at work there.
    """
    if not place.is_dir():
        return
    with _locked(place):
        remove_record(place)
        _remove_unnamed(place, None)
        _remove_downloads(place)
    (place / LOCK).unlink(missing_ok=True)
    remove_empty(place)


def _remove_downloads(place: Path) -> None:
    """Remove what uv has downloaded for a place; a folder of that name which uv has not made stays."""
    if (place / DOWNLOADS / _CACHE_MARK).is_file():
        shutil.rmtree(place / DOWNLOADS, ignore_errors=True)


def _remove_unnamed(place: Path, record: Record | None) -> None:
    """Remove the environments that the record does not name: former ones, and those of a setup that was killed."""
    for each in environments_in(place):
        if record is None or each.name != record.folder:
            shutil.rmtree(each, ignore_errors=True)


@contextmanager
def _locked(place: Path) -> Iterator[None]:
    """Keep other setups out of a place inside a ``with`` block.

    Raises:
        LayerSwarmError: One is at work there.
    """
    lock = FileLock(place / LOCK)
    try:
        lock.acquire(timeout=0)
    except Timeout as error:
        raise LayerSwarmError(worded("Another setup is at work in {0}; wait for it.", place)) from error
    try:
        yield
    finally:
        lock.release()


def _another_build() -> Message:
    return worded(
        "torch's own index may be blocked here: the build 'cuda', {1}, comes from the package index and works on the "
        "CPU too, and {0} names another index.",
        TORCH_INDEX,
        CUDA_ON_LINUX.title,
    )

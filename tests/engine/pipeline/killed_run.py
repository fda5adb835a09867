"""A run with other devices that is killed at work.

As a program (``python -m ... PROJECT STAGE``) it prints ``begun`` when the others are in the middle of their work.
"""

import subprocess
import sys

import psutil
import pytest

from engine.api.commands import RunProject
from engine.api.control import Control
from engine.api.events import Event, RecoveryStepped, Stage
from engine.api.project import Project
from engine.pipeline.jobs import perform
from engine.pipeline.workers.cluster_link import ActorLink
from engine.pipeline.workers.process_link import ProcessLink
from tests.engine.pipeline.workers_at_work import begin_together
from tests.warm_process import WarmPopen

_END_SECONDS = 60
_STEPS = 5
_EXCHANGES = 6
"""Requests after which both the model and the windows are there, and a part is done."""


def kill_at_work(project: Project, stage: Stage) -> None:
    """Start a run, and kill it when its workers are in the middle of their work; they must not outlive it."""
    command = [sys.executable, "-m", __name__, str(project.folder), stage]
    with WarmPopen(command, stdout=subprocess.PIPE) as driver:
        assert b"begun\n" in driver.stdout
        processes = psutil.Process(driver.pid).children(recursive=True)
        driver.kill()
    _, alive = psutil.wait_procs(processes, _END_SECONDS)
    assert alive == []


def main() -> None:
    """Work on the project, as a person allows it to."""
    project, stage = sys.argv[1:]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("engine.api.trust.is_trusted", lambda _place: True)
        begin_together(patch)
        for link in (ActorLink, ProcessLink) if stage != "recover" else ():
            _report_exchanges(patch, link)
        perform(RunProject(project=project, until=stage), _report_steps, Control())


def _report_exchanges(patch: pytest.MonkeyPatch, link: type) -> None:
    exchange, asked = link.exchange, []

    def counted(self: object, request: bytes) -> bytes:
        asked.append(request)
        if len(asked) == _EXCHANGES:
            _say_begun()
        return exchange(self, request)

    patch.setattr(link, "exchange", counted)


def _report_steps(event: Event) -> None:
    if isinstance(event, RecoveryStepped) and event.step == _STEPS:
        _say_begun()


def _say_begun() -> None:
    sys.stdout.write("begun\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()

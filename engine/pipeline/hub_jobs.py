"""Jobs on the Hub and on the caches of this computer. They need no model library, so they start at once."""

import time
from collections import deque
from collections.abc import Callable
from typing import Any

from engine.api import commands
from engine.api.control import Control, StopRequested
from engine.api.disk import free_disk
from engine.api.event import progressed
from engine.api.events import Emit, FolderPushed
from engine.api.hub_events import DownloadAdvanced, HubSearched, ModelDownloaded, ModelsListed, TokenKept
from engine.api.locations import given_path
from engine.api.message import joined, worded
from engine.export.push import push_folder
from engine.pipeline.ending import Ending, conclude
from engine.sources.hub.errors import HubAccessRefused, HubUnreachable
from engine.sources.hub.files import hub_cache
from engine.sources.hub.search import search_hub
from engine.sources.hub.snapshot import fetch_from_hub
from engine.sources.hub.token import keep_token, owner_of
from engine.sources.model_cache import delete_model, give_up_download, local_models

_PACE_SECONDS = 8.0
"""Seconds over which the speed of a download is averaged."""
_EVENT_SECONDS = 0.2
"""Shortest time between two progress events."""


def perform(command: commands.HubCommand, emit: Emit, control: Control) -> int:
    """Do a job of this module, emit ``RunFinished`` and return the exit code."""
    ending = conclude(lambda: _JOBS[type(command)](command, emit, control), command)
    emit(ending.event)
    return ending.exit_code


def _search(command: commands.SearchHub, emit: Emit, _control: Control) -> Ending:
    try:
        models = search_hub(command.query, command.sort, command.limit)
    except HubUnreachable as error:
        emit(HubSearched(query=command.query, problem=error.sentence))
        return Ending.finished(joined(error.sentence))
    emit(HubSearched(query=command.query, models=tuple(models)))
    return Ending.finished(worded("{0} models.", len(models)))


def _list(_command: commands.ListModels, emit: Emit, _control: Control) -> Ending:
    models = local_models()
    emit(ModelsListed(models=tuple(models), disk_free=free_disk(hub_cache())))
    return Ending.finished(worded("{0} models on this computer.", len(models)))


def _delete(command: commands.DeleteModel, emit: Emit, control: Control) -> Ending:
    if command.unfinished_only:
        give_up_download(command.source)
        _list(commands.ListModels(), emit, control)
        return Ending.finished(worded("The download of {0} was given up.", command.source))
    gone = delete_model(command.source)
    _list(commands.ListModels(), emit, control)
    return Ending.finished(worded("{0} was deleted; {1:,.1f} MB are free again.", gone.source, gone.bytes / 1e6))


def _download(command: commands.DownloadModel, emit: Emit, control: Control) -> Ending:
    speed = _DownloadSpeed(command.source, emit)

    def report(_message: str, done: float, total: float) -> None:
        control.check()
        speed.update(done, total)

    try:
        folder = fetch_from_hub(command.source, command.revision, report, token=command.token or None)
    except HubAccessRefused as error:
        emit(error.refused)
        raise
    except StopRequested as stop:
        if stop.mode == "discard":
            give_up_download(command.source)
        raise
    emit(ModelDownloaded(source=command.source, revision=command.revision, folder=str(folder)))
    return Ending.finished(worded("{0} is on this computer.", command.source))


def _keep_token(command: commands.KeepToken, emit: Emit, _control: Control) -> Ending:
    token = command.token.strip()
    name = owner_of(token) if token else ""
    kept = keep_token(token)
    emit(TokenKept(name=name, kept=kept))
    return Ending.finished(worded("Done.") if kept else worded("This computer has no keyring to keep the token in."))


def _push(command: commands.PushFolder, emit: Emit, control: Control) -> Ending:
    control.check()
    folder = given_path(command.folder)
    size = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
    emit(progressed("export", worded("Uploading {0:,.1f} MB to {1}", size / 1e6, command.repo), 0, 0))
    address = push_folder(folder, command.repo, command.private)
    emit(FolderPushed(folder=str(folder), repo=command.repo, address=address))
    return Ending.finished(worded("{0} is on the Hub: {1}", folder, address))


class _DownloadSpeed:
    """Emits ``DownloadAdvanced`` with speed and remaining time, a few times a second.

    Args:
        source: The Hub id.
        emit: Receives the events.
    """

    def __init__(self, source: str, emit: Emit) -> None:
        self._source, self._emit = source, emit
        self._seen: deque[tuple[float, float]] = deque()
        self._emitted = -_EVENT_SECONDS

    def update(self, done: float, total: float) -> None:
        """Emit an event, unless the last one is too recent; ``done`` of ``total`` bytes are downloaded."""
        now = time.monotonic()
        if total <= 0 or (now - self._emitted < _EVENT_SECONDS and done < total):
            return
        self._emitted = now
        self._seen.append((now, done))
        while now - self._seen[0][0] > _PACE_SECONDS:
            self._seen.popleft()
        since, before = self._seen[0]
        passed = now - since
        speed = max(done - before, 0.0) / passed if passed > 0 else 0.0
        self._emit(
            DownloadAdvanced(
                source=self._source,
                done=int(done),
                total=int(total),
                bytes_per_second=speed,
                remaining_seconds=(total - done) / speed if speed > 0 else None,
            )
        )


_JOBS: dict[type, Callable[[Any, Emit, Control], Ending]] = {
    commands.SearchHub: _search,
    commands.ListModels: _list,
    commands.DeleteModel: _delete,
    commands.DownloadModel: _download,
    commands.KeepToken: _keep_token,
    commands.PushFolder: _push,
}

"""What runs on the nodes of a cluster: one worker per actor. Ray passes it and returns from it nothing but bytes."""

import os
import shutil
from pathlib import Path

import torch

from engine.api.locations import cache_folder
from engine.api.message import worded
from engine.api.owners import owned_name
from engine.api.system_errors import system_words
from engine.models.devices import device_identity
from engine.models.folder import folder_digest
from engine.pipeline.workers.device_worker import DeviceWorker
from engine.pipeline.workers.messages import encoded_reason

_PLACE = "cluster"


class ClusterActor:
    """A worker, and the copy of its model where the node does not have the run's folder."""

    def __init__(self) -> None:
        self._worker = DeviceWorker()
        self._partial: Path | None = None

    def answer(self, request: bytes) -> bytes:
        """Return the answer to a request, as ``DeviceWorker`` does."""
        return self._worker.answer(request)

    def identity(self) -> str:
        """Return what identifies the GPU that Ray gave it; empty for a CPU."""
        return device_identity("cuda:0") if torch.cuda.is_available() else ""

    def folder(self, shared: str, digest: str) -> str:
        """Return where this node has a model; empty where it does not.

        Args:
            shared: The run's folder, which may be on a disk that all nodes share.
            digest: What ``folder_digest`` must find.
        """
        if Path(shared).joinpath("config.json").is_file():
            return shared  # its digest is checked when it is loaded
        kept = _kept(digest)
        return str(kept) if kept.is_dir() and folder_digest(kept) == digest else ""

    def receive(self, name: str, content: bytes) -> bytes:
        """Append to a file of the model; return what is wrong as ``encoded_reason`` writes it, or nothing."""
        if not name or Path(name).name != name or name.startswith("."):
            return encoded_reason(worded("'{0}' is not the name of a model's file.", name))
        try:
            if self._partial is None:
                place = cache_folder() / _PLACE
                place.mkdir(parents=True, exist_ok=True)
                self._partial = place / owned_name()
                self._partial.mkdir()
            with (self._partial / name).open("ab") as file:
                file.write(content)
        except OSError as error:
            return encoded_reason(worded("the model cannot be kept there ({0}).", system_words(error)))
        return b""

    def keep(self, digest: str) -> str:
        """Keep the received model under its digest, and return its folder."""
        assert self._partial is not None
        kept = _kept(digest)
        if kept.exists():
            shutil.rmtree(kept)
        os.replace(self._partial, kept)
        self._partial = None
        return str(kept)


def _kept(digest: str) -> Path:
    return cache_folder() / _PLACE / digest

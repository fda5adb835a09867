"""Give a node of a cluster the model of a run, where it does not see the run's folder; needs no model library."""

import shutil
from collections.abc import Callable
from pathlib import Path

from engine.api.errors import BadInput
from engine.api.files import move_into_place
from engine.api.leftovers import sweep
from engine.api.locations import cache_folder
from engine.api.message import joined, worded
from engine.api.owners import owned_name
from engine.api.system_errors import system_words
from engine.models.folder import folder_digest
from engine.pipeline.workers.agreement import check_model, check_versions
from engine.pipeline.workers.reasons import encoded_reason


class ModelKeeper:
    """What the run asks of a node before it works there."""

    def __init__(self) -> None:
        self._partial: Path | None = None

    def refusal(self, versions: dict[str, str]) -> bytes:
        """Return why this process cannot work for a run of these versions, as a reason; empty where it can."""
        return _refused(lambda: check_versions(versions))

    def other_model(self, folder: str, digest: str) -> bytes:
        """Return why a folder does not hold the run's model, as a reason; empty where it does."""
        return _refused(lambda: check_model(Path(folder), digest))

    def sees(self, file: str) -> bool:
        """Return whether this node sees a file of the run's machine, whose name is given once only."""
        return Path(file).is_file()

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
        """Append to a file of the model; return what is wrong, as a reason, or nothing."""
        if not name or Path(name).name != name or name.startswith("."):
            return encoded_reason(worded("'{0}' is not the name of a model's file.", name))
        try:
            if self._partial is None:
                place = node_cache()
                place.mkdir(parents=True, exist_ok=True)
                sweep(place)  # no other start of ours may ever do so on this node
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
        move_into_place(self._partial, kept)
        self._partial = None
        return str(kept)


def _refused(check: Callable[[], None]) -> bytes:
    try:
        check()
    except BadInput as refused:
        return encoded_reason(joined(refused.sentence))
    return b""


def node_cache() -> Path:
    """Return the folder in which a node keeps what it is sent."""
    return cache_folder() / "cluster"


def _kept(digest: str) -> Path:
    return node_cache() / digest

"""The one switch under which LayerSwarm opens no internet connection.

It is on where ``LAYERSWARM_OFFLINE`` is set, where a command has ``--offline``, or where the person has switched it on
in the window, which is kept in the configuration folder. ``LAYERSWARM_OFFLINE=0`` overrides the kept choice.
"""

import os
import sys

from engine.api.errors import LayerSwarmError
from engine.api.files import write_atomically
from engine.api.locations import config_folder
from engine.api.message import Message, worded
from engine.api.socket_guard import OFF, VARIABLE, install, is_offline

_FOR_LIBRARIES = ("HF_HUB_OFFLINE", "HF_DATASETS_OFFLINE", "TRANSFORMERS_OFFLINE", "PIP_NO_INDEX")
"""Variables by which the libraries that use the network know it themselves."""
_AT_START = {name: os.environ.get(name) for name in (VARIABLE, *_FOR_LIBRARIES)}
_KEPT = "offline"


class Offline(LayerSwarmError):
    """Something needs the network, and the person has switched it off."""

    def __init__(self, what: Message, instead: Message) -> None:
        super().__init__(offline_words(what, instead))


def offline_words(what: Message, instead: Message) -> Message:
    """Return the sentence of a refusal, such as "offline: org/name is not in the cache; ..."."""
    return worded(
        "offline: {0}; {1}, or leave offline mode (LAYERSWARM_OFFLINE, --offline, View > Work offline).", what, instead
    )


def begin() -> None:
    """Go offline where the environment or the kept choice wants it; called when a process starts."""
    if is_offline() or (not os.environ.get(VARIABLE) and kept_choice()):
        go_offline()


def go_offline() -> None:
    """Open no internet connection from now on, nor in processes started from now on."""
    os.environ.update(dict.fromkeys((VARIABLE, *_FOR_LIBRARIES), "1"))
    install()
    _inform_loaded(True)


def go_online() -> None:
    """Restore the environment of the start."""
    for name, value in _AT_START.items():
        if name == VARIABLE or value is None:
            os.environ.pop(name, None)
        else:
            os.environ[name] = value
    _inform_loaded(bool(_AT_START["HF_HUB_OFFLINE"]))


def is_hub_offline() -> bool:
    """Return whether the Hub is not asked, because of LayerSwarm's own switch or of the Hub library's."""
    return is_offline() or os.environ.get("HF_HUB_OFFLINE", "").strip().lower() in ("1", "true", "yes", "on")


def is_fixed() -> bool:
    """Return whether the environment of the start keeps LayerSwarm offline, whatever the person chooses later."""
    return (_AT_START[VARIABLE] or "").strip().lower() not in OFF


def kept_choice() -> bool:
    """Return whether the person has switched the network off in the window."""
    return (config_folder() / _KEPT).is_file()


def keep_choice(offline: bool) -> None:
    """Remember the person's choice for all windows and commands.

    Raises:
        OSError: The configuration folder cannot be written.
    """
    if offline:
        write_atomically(config_folder() / _KEPT, b"1\n")
    else:
        (config_folder() / _KEPT).unlink(missing_ok=True)


def _inform_loaded(offline: bool) -> None:
    """Set what the libraries have read from the environment when they were imported."""
    for module, names in (
        ("huggingface_hub.constants", ("HF_HUB_OFFLINE",)),
        ("datasets.config", ("HF_HUB_OFFLINE", "HF_DATASETS_OFFLINE")),
    ):
        if module in sys.modules:
            for name in names:
                setattr(sys.modules[module], name, offline)

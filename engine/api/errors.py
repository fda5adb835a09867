"""The errors a user can meet: each message is one clear sentence - what is wrong, where, what to do."""

from pathlib import Path

WITHOUT_A_FILE = "restore it from a copy, or begin a new run (--new-run)"
"""What to do where a run's file cannot be used."""


class LayerSwarmError(Exception):
    """Something failed in a way that we can explain. The command line ends with exit code 1."""


class BadInput(LayerSwarmError):
    """What the user gave cannot be used: a setting, a path, a model. The command line ends with exit code 2."""


def unusable_file(path: Path) -> BadInput:
    """That a file of a run is damaged, or there no longer."""
    return BadInput(f"{path} is {'damaged' if path.exists() else 'missing'}; {WITHOUT_A_FILE}.")

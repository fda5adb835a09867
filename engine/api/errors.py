"""The errors a user can meet: each message is one clear sentence - what is wrong, where, what to do."""


class LayerSwarmError(Exception):
    """Something failed in a way that we can explain. The command line ends with exit code 1."""


class BadInput(LayerSwarmError):
    """What the user gave cannot be used: a setting, a path, a model. The command line ends with exit code 2."""

"""Exit codes of the engine's processes and of the command line."""

FINISHED = 0
FAILED = 1
BAD_INPUT = 2
"""Something that was given cannot be used: a setting, a path, a model."""
STOPPED = 130
"""Stopped by a signal or by the user, or left without a reader: 128 + SIGINT, as shells count."""

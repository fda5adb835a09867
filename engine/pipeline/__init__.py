"""The stages of a run in order, and every other job that the engine does; what is done is not done again."""

import os

# Before any model library is imported: nothing about what is done here leaves this computer.
os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")

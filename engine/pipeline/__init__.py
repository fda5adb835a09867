"""Run the stages of a project in order and do every other job of the engine; finished work is not repeated."""

import os

# Set before any model library is imported: a config may name a kernel on the Hub, which is code that transformers
# would fetch and run.
os.environ.setdefault("USE_HUB_KERNELS", "0")

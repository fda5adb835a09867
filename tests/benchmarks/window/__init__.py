"""How smooth the window is: ``python -m tests.benchmarks.window``."""

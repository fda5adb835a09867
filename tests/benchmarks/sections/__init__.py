"""The sections of docs/benchmarks, one module each; ``SECTION`` in a module is what the driver runs."""

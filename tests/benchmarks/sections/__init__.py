"""The sections of docs/benchmarks, one module each; the driver runs the ``SECTION`` of a module."""

"""Benchmarks: each section answers one question with JSON and Markdown tables (``python -m tests.benchmarks``)."""

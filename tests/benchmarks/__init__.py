"""Benchmarks: scripts that print a table and write JSON, as ratios of two ways measured in the same run."""
